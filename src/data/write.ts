import { readFileSync } from 'node:fs';
import { access, constants, readdir, readFile, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../user-error.ts';
import type { Dataset } from './dataset.ts';
import { encodeDataset } from './encode.ts';
import { errorCode, fileError, unless } from './file-errors.ts';
import { caseClashes, workFolder } from './files.ts';
import { fingerprintOf } from './fingerprint.ts';
import { makeFolders } from './folders.ts';
import { discard, finish, stage, withdraw } from './journal.ts';
import { takeLock } from './lock.ts';
import { ownFiles } from './own-files.ts';
import { checkFolders, repairDataset } from './repair.ts';

/** What a run did to the files; paths are below the dataset's folder, sorted. */
export interface WriteReport {
  added: string[];
  changed: string[];
  removed: string[];
  unchanged: number;
  /** What fingerprintDataset gives for as long as nobody else writes. */
  fingerprint: string;
  /** Names that are one file where the file system does not tell `a` from `A`. */
  caseClashes: string[][];
}

/**
 * Makes `dir` hold `dataset` and nothing of an older one. Files whose bytes stay the same are not
 * touched. With `prose: false` (facts only) there is no prose/ in `dir` afterwards, and every other
 * byte is as with prose.
 *
 * A run killed at any point leaves the old dataset, the new one, or a journal by which repairDataset
 * makes it the new one. Whatever the user can put right is a UserError, and the dataset is as it was: `dir` is a
 * file, holds something else, cannot be written, is being written by another run; no space is left.
 */
export async function writeDataset(
  dir: string,
  dataset: Dataset,
  options: { prose: boolean },
): Promise<WriteReport> {
  const files = encodeDataset(dataset, options);
  const made = await prepareFolder(dir);
  try {
    const report = await replace(dir, files);
    return { ...report, caseClashes: caseClashes(dataset.kfuncs) };
  } catch (error) {
    if (made !== undefined) await removeEmpty(resolve(dir), resolve(made));
    throw error;
  }
}

/**
 * Whether a dataset can be written to `dir`, as far as can be seen before there is one: what would
 * make writeDataset fail after all the work is a UserError now. Leaves nothing behind.
 */
export async function checkDestination(dir: string): Promise<void> {
  const made = await prepareFolder(dir);
  if (made !== undefined) await removeEmpty(resolve(dir), resolve(made));
}

/** Removes `from` and its parents up to `to`, as far as nothing is in them. */
async function removeEmpty(from: string, to: string): Promise<void> {
  for (let folder = from; folder.startsWith(to); folder = dirname(folder)) {
    const codes = ['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EACCES', 'EPERM'];
    if (!(await unless(codes, false, () => rmdir(folder).then(() => true)))) return;
  }
}

async function replace(
  dir: string,
  files: ReadonlyMap<string, string>,
): Promise<Omit<WriteReport, 'caseClashes'>> {
  const attempt = async <T>(rest: string, action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      throw fileError(error, `write the dataset in ${dir}`, rest);
    }
  };
  const nothing = 'Nothing was changed.';
  const lock = await attempt(nothing, () => takeLock(join(dir, workFolder), 1000));
  try {
    return await attempt(nothing, async () => {
      await finish(dir);
      await discard(dir);
      await checkIsDataset(dir);
      const { put, ...report } = await compare(dir, files);
      if (put.size === 0 && report.removed.length === 0) return report;
      try {
        await stage(dir, { put, remove: report.removed });
      } catch (error) {
        await withdraw(dir);
        throw error;
      }
      await attempt('What is left to do is done by the next command.', () => finish(dir));
      return report;
    });
  } finally {
    await attempt('', () => lock.release());
  }
}

/** Makes `dir` where it is missing; refuses one that holds anything but a dataset. */
async function prepareFolder(dir: string): Promise<string | undefined> {
  try {
    const made = await makeFolders(dir);
    await checkFolders(dir);
    await repairDataset(dir);
    // While another run is at work in it, there is nothing to tell yet: see under its lock.
    if (!(await readdir(dir)).includes(workFolder)) await checkIsDataset(dir);
    await access(dir, constants.W_OK);
    return made;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') {
      throw new UserError(`${dir} is a file: the dataset needs a directory.`, { cause: error });
    }
    throw fileError(error, `write the dataset in ${dir}`, 'Nothing was changed.');
  }
}

/**
 * Refuses a folder that is neither empty nor a dataset's: one is known by a releases.json that lists
 * releases, whatever the schema was when it was written.
 */
async function checkIsDataset(dir: string): Promise<void> {
  if ((await readdir(dir)).every((name) => name === workFolder)) return;
  const text = await unless(['ENOENT', 'EISDIR'], null, () =>
    readFile(join(dir, 'releases.json'), 'utf8'),
  );
  if (text === null) {
    throw new UserError(
      `${dir} is not empty and holds no dataset (no releases.json): name another directory, or empty this one.`,
    );
  }
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    list = undefined;
  }
  const isEntry = (entry: unknown) =>
    typeof entry === 'object' &&
    entry !== null &&
    'id' in entry &&
    'line' in entry &&
    'tag' in entry;
  if (!Array.isArray(list) || !list.every(isEntry)) {
    throw new UserError(
      `${join(dir, 'releases.json')} is not that of a dataset: name another directory, or remove this one.`,
    );
  }
}

async function compare(
  dir: string,
  files: ReadonlyMap<string, string>,
): Promise<Omit<WriteReport, 'caseClashes'> & { put: Map<string, string> }> {
  const there = await ownFiles(dir);
  const put = new Map<string, string>();
  const report = { added: [] as string[], changed: [] as string[], unchanged: 0 };
  const bytes = new Map<string, Buffer>();
  for (const [path, text] of files) {
    bytes.set(path, Buffer.from(text));
    // Hundreds of small files: asking for each and waiting takes ten times as long.
    const old = there.has(path) ? readFileSync(join(dir, path)) : null;
    if (old?.equals(bytes.get(path)!) === true) report.unchanged++;
    else {
      put.set(path, text);
      report[old === null ? 'added' : 'changed'].push(path);
    }
  }
  report.added.sort();
  report.changed.sort();
  const fingerprint = fingerprintOf(bytes.keys(), (path) => bytes.get(path)!);
  const removed = [...there].filter((path) => !files.has(path)).sort();
  return { put, removed, fingerprint, ...report };
}
