import { z } from 'zod';
import { UserError } from '../user-error.ts';
import type { Dataset } from './dataset.ts';
import { isKfuncName, isReleaseId, kfuncPath, prosePath, releasePath } from './files.ts';
import { formatJson } from './format.ts';
import { describeIssues } from './problems.ts';
import { proseHash, type Prose } from './prose.ts';
import { checkReferences } from './references.ts';
import { kfuncRecordSchema, releaseFileSchema, releaseListSchema } from './schema/index.ts';

/** A pack of prose: hash -> text. */
export const prosePackSchema = z.record(z.string(), z.string());

/**
 * The dataset's files, by path below its folder: the same facts give the same bytes, in whatever
 * order objects hold their keys. Nothing touches the disk. A dataset that does not keep the schema, or
 * names what it does not hold, is a bug of the extractor: the UserError says where.
 */
export function encodeDataset(dataset: Dataset, options: { prose: boolean }): Map<string, string> {
  const files = new Map<string, string>();
  // Of hundreds of files: compiled, a schema takes half the time.
  const compiled = new Map<z.ZodType, z.ZodType>();
  const add = <T>(path: string, schema: z.ZodType<T>, value: T) => {
    let checking = compiled.get(schema);
    if (checking === undefined) compiled.set(schema, (checking = z.compile(schema)));
    const result = checking.safeParse(value);
    if (!result.success) throw bug(path, describeIssues(result.error.issues, value).join('; '));
    files.set(path, formatJson(schema, value));
  };
  add('releases.json', releaseListSchema, dataset.releases);
  for (const file of dataset.releaseFiles) {
    const name: unknown = file.id;
    if (typeof name !== 'string' || !isReleaseId(name)) throw badName('release', name);
    add(releasePath(name), releaseFileSchema, file);
  }
  for (const record of dataset.kfuncs) {
    const name: unknown = record.name;
    if (typeof name !== 'string' || !isKfuncName(name)) throw badName('kfunc', name);
    add(kfuncPath(name), kfuncRecordSchema, record);
  }
  const [problem] = checkReferences(dataset);
  if (problem !== undefined) throw bug(problem.file, problem.message);
  if (options.prose && dataset.prose !== null) {
    for (const [path, pack] of packs(dataset.prose)) add(path, prosePackSchema, pack);
  }
  return files;
}

function packs(prose: Prose): Map<string, Record<string, string>> {
  const result = new Map<string, Record<string, string>>();
  for (const [hash, text] of prose) {
    if (proseHash(text) !== hash) throw bug('prose', `the text under ${hash} has another hash`);
    const path = prosePath(hash);
    let pack = result.get(path);
    if (pack === undefined) result.set(path, (pack = {}));
    pack[hash] = text;
  }
  return result;
}

function bug(path: string, what: string): UserError {
  return new UserError(
    `This is a bug in kfunc-atlas, please report it: ${path} would not be a valid dataset file: ${what}. Nothing was written.`,
  );
}

function badName(kind: string, name: unknown): UserError {
  const shown = name === undefined ? 'undefined' : JSON.stringify(name).slice(0, 80);
  return new UserError(`The ${kind} name ${shown} cannot be a file name. Nothing was written.`);
}
