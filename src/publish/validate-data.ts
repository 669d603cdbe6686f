import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { UserError } from '../user-error.ts';
import { visible } from '../views/text.ts';

/** Where a site has its data, and in it the schemas. */
const dataFolder = 'api/v1';
const schemaFolder = 'schema/';

export interface ValidationReport {
  files: number;
  bytes: number;
}

/**
 * Reads back every file that the site in `site` publishes as data, and holds it to the JSON Schema that it
 * names, and schemas to the dialect that they name. The validator has nothing in common with what made the
 * files.
 *
 * @throws UserError for the first file, by path, that does not hold: it names the file and the place in it
 */
export function validateData(site: string): ValidationReport {
  const folder = join(site, dataFolder);
  const files = existsSync(folder) ? filesIn(folder) : [];
  if (files.length === 0) throw wrong(dataFolder, 'holds nothing');
  let bytes = 0;
  const read = (file: string): unknown => {
    const text = readFileSync(join(folder, file), 'utf8');
    bytes += Buffer.byteLength(text);
    try {
      return JSON.parse(text);
    } catch {
      throw wrong(`${dataFolder}/${file}`, 'it is not JSON');
    }
  };

  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  const validators = new Map<unknown, ValidateFunction>();
  for (const file of files.filter((path) => path.startsWith(schemaFolder))) {
    const schema = read(file);
    validators.set(property(schema, '$id'), compile(ajv, schema, `${dataFolder}/${file}`));
  }
  for (const file of files.filter((path) => !path.startsWith(schemaFolder))) {
    const document = read(file);
    const named = property(document, '$schema');
    const validate = validators.get(named);
    if (named === undefined || validate === undefined) {
      throw wrong(
        `${dataFolder}/${file}`,
        `/$schema is ${named === undefined ? 'missing' : JSON.stringify(named)}, which is none of ${dataFolder}/${schemaFolder}`,
      );
    }
    if (!validate(document)) throw wrong(`${dataFolder}/${file}`, whereAndWhat(validate));
  }
  return { files: files.length, bytes };
}

/** Paths of files below `folder`, in an order that is the same everywhere. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

function compile(ajv: Ajv2020, schema: unknown, file: string): ValidateFunction {
  if (typeof property(schema, '$id') !== 'string') throw wrong(file, 'it has no /$id');
  try {
    return ajv.compile(schema as object);
  } catch (error) {
    throw wrong(file, (error as Error).message);
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** `/lines/0/spans: must be array`. */
function whereAndWhat({ errors }: ValidateFunction): string {
  const [first] = errors ?? [];
  if (first === undefined) return 'it does not keep its schema';
  return `${first.instancePath === '' ? 'the document' : first.instancePath} ${what(first)}`;
}

function what({ message, params }: ErrorObject): string {
  const [value] = Object.values(params as Record<string, unknown>);
  const detail = typeof value === 'string' || Array.isArray(value) ? JSON.stringify(value) : '';
  return `${message ?? 'does not keep its schema'}${detail === '' ? '' : ` (${detail})`}`;
}

function wrong(file: string, what: string): UserError {
  return new UserError(
    `This is a bug in kfunc-atlas, please report it: ${file} would not be valid: ${visible(what)}. The site was not replaced.`,
  );
}
