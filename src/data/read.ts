import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { UserError } from '../user-error.ts';
import type { Dataset } from './dataset.ts';
import { prosePackSchema } from './encode.ts';
import { fileError } from './file-errors.ts';
import { fingerprintOf } from './fingerprint.ts';
import { ownFolders } from './files.ts';
import { journalPath } from './journal.ts';
import { ownFiles } from './own-files.ts';
import { describeIssues } from './problems.ts';
import { proseHash } from './prose.ts';
import { checkReferences } from './references.ts';
import { repairDataset } from './repair.ts';
import { kfuncRecordSchema, releaseFileSchema, releaseListSchema } from './schema/index.ts';

/** How often a reader begins anew when another run replaces the dataset under its hands. */
const mostTries = 20;

/**
 * Reads the dataset in `dir`, after repairing what a killed run may have left. `prose` is null where there
 * is none, and may lack texts that records refer to.
 *
 * Throws a UserError where there is no dataset, where a file is no JSON or does not keep the schema (it
 * names the file, the place in it, what was expected and what was found), and where one part names what
 * another does not hold.
 */
export async function readDataset(dir: string): Promise<Dataset> {
  return stable(dir, async () => read(dir, await ownFiles(dir)));
}

/**
 * A hash of the dataset's files and their bytes, by which a command sees that what it wrote is still
 * there; null where there is no dataset.
 */
export async function fingerprintDataset(dir: string): Promise<string | null> {
  return stable(dir, async () => {
    const files = await ownFiles(dir);
    if (!files.has('releases.json')) return null;
    return fingerprintOf(files, (path) => readFileSync(join(dir, path)));
  });
}

/** Runs `action` until no file was put or removed meanwhile, so that it never sees a mix. */
async function stable<T>(dir: string, action: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < mostTries; tries++) {
    await repairDataset(dir);
    const before = stamp(dir);
    let result: T | undefined;
    let failure: unknown;
    try {
      result = await action();
    } catch (error) {
      failure = error ?? new Error('unknown');
    }
    if (stamp(dir) === before) {
      if (failure !== undefined) throw fileError(failure, `read the dataset in ${dir}`);
      return result as T;
    }
    await sleep(50 + Math.random() * 100);
  }
  throw new UserError(`The dataset in ${dir} is being written: try again when that has ended.`);
}

/** Changes with each file that is put into a folder of the dataset or removed from it. */
function stamp(dir: string): string {
  const paths = ['', ...ownFolders].map((folder) => join(dir, folder));
  return [...paths, journalPath(dir)]
    .map((path) => statSync(path, { bigint: true, throwIfNoEntry: false })?.ctimeNs ?? 0n)
    .join();
}

function read(dir: string, files: ReadonlySet<string>): Dataset {
  if (!files.has('releases.json')) {
    throw new UserError(
      `There is no dataset in ${dir} (no releases.json): \`npx kfunc-atlas extract --linux DIR\` makes one.`,
    );
  }
  const pathsIn = (folder: string) => [...files].filter((f) => f.startsWith(`${folder}/`)).sort();
  const releases = readFile(dir, 'releases.json', releaseListSchema);
  const fileOf = new Map(
    pathsIn('releases').map((path) => [path, readFile(dir, path, releaseFileSchema)]),
  );
  const kfuncs = pathsIn('kfuncs').map((path) => {
    const record = readFile(dir, path, kfuncRecordSchema);
    return named(dir, path, 'name', record.name, record);
  });
  const order = new Map(releases.map(({ id }, i) => [id, i]));
  const releaseFiles = [...fileOf]
    .map(([path, file]) => named(dir, path, 'id', file.id, file))
    .sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
  const problems = checkReferences({ releases, releaseFiles, kfuncs });
  const [first] = problems;
  if (first !== undefined) {
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more of this kind)` : '';
    throw new UserError(`${join(dir, first.file)}: ${first.message}${more}.`);
  }
  const packs = pathsIn('prose');
  return {
    releases,
    releaseFiles,
    kfuncs,
    prose: packs.length === 0 ? null : readProse(dir, packs),
  };
}

function readProse(dir: string, packs: string[]): Map<string, string> {
  const prose = new Map<string, string>();
  for (const path of packs) {
    for (const [hash, text] of Object.entries(readFile(dir, path, prosePackSchema))) {
      if (proseHash(text) !== hash) {
        throw new UserError(
          `${join(dir, path)}: the text under ${hash} is not the one of that hash.`,
        );
      }
      prose.set(hash, text);
    }
  }
  return prose;
}

/** A file's name and the name it holds must agree, or a page would have two addresses. */
function named<T>(dir: string, path: string, key: string, name: string, value: T): T {
  const expected = path.slice(path.indexOf('/') + 1, -'.json'.length);
  if (name === expected) return value;
  throw new UserError(
    `${join(dir, path)}: ${key}: expected ${JSON.stringify(expected)}, as the file is called, found the text ${JSON.stringify(name)}.`,
  );
}

function readFile<T>(dir: string, path: string, schema: z.ZodType<T>): T {
  const text = readFileSync(join(dir, path), 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const conflict = /^(<{7}|={7}|>{7})/m.test(text);
    const why = conflict ? 'it has the marks of a merge that was not finished' : reason(error);
    throw new UserError(`${join(dir, path)} is not JSON: ${why}.`, { cause: error });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = describeIssues(result.error.issues, value);
  const lead = `${join(dir, path)} does not match the dataset's schema`;
  throw new UserError(
    issues.length === 1 ? `${lead}: ${issues[0]!}.` : `${lead}:\n  ${issues.join('\n  ')}`,
  );
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
