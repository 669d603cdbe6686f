import { z } from 'zod';

/**
 * The JSON Schema (2020-12) of a zod schema, under an address. What has a name (`.meta({ id })`) is in
 * `$defs` under it; the same name is the same in every schema.
 */
export function jsonSchema(schema: z.ZodType, address: string): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12' });
  return { $schema, $id: address, ...rest };
}
