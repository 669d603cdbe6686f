import { z } from 'zod';
import { permanent } from '../text/address.ts';
import type { Atlas } from '../views/atlas.ts';

/** Every document names its schema first. */
export const keeps = {
  $schema: z.string().describe('Address of the JSON Schema that this document keeps.'),
};

/** Links in a document are whole addresses; a site that does not know its own has paths. */
export const link = z
  .string()
  .describe(
    'An address, or a path from the root of the host where the site does not know its own.',
  );

/** Address of a document by its path below `/api/v1/`: `kfuncs/bpf_task_acquire`. */
export function documentAddress(atlas: Pick<Atlas, 'site' | 'to'>, path: string): string {
  return permanent(atlas, atlas.to.data(path));
}

/** Address of the JSON Schema called `name`, which is its `$id` too. */
export function schemaAddress(atlas: Pick<Atlas, 'site' | 'to'>, name: string): string {
  return documentAddress(atlas, `schema/${name}`);
}
