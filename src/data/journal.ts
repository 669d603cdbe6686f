import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../user-error.ts';
import { unless } from './file-errors.ts';
import { isOwnPath, ownFolders, workFolder } from './files.ts';

/*
 * How a dataset is replaced, so that a run killed at any point does no harm:
 *
 *     1. the files that differ are written to .kfunc-atlas/staged/ and flushed to the disk
 *     2. .kfunc-atlas/journal appears, by one rename: it lists what is to be put and removed
 *     3. each staged file is renamed into its place, each stale one removed
 *     4. the journal is removed, then the folder
 *
 * Killed before 2, the old dataset is untouched. Killed after, the journal says what is still to be
 * done, and doing any of it twice changes nothing. No reader goes past a journal.
 */

const journalSchema = z.strictObject({
  version: z.literal(1),
  put: z.array(z.strictObject({ path: z.string().refine(isOwnPath), sha256: z.string() })),
  remove: z.array(z.string().refine(isOwnPath)),
});
type Journal = z.infer<typeof journalSchema>;

/** What is to be done: files to put, by path below the dataset's folder, and paths to remove. */
export interface Replacing {
  put: ReadonlyMap<string, string>;
  remove: readonly string[];
}

export function journalPath(dir: string): string {
  return join(dir, workFolder, 'journal');
}

function stagedPath(dir: string, path = ''): string {
  return join(dir, workFolder, 'staged', path);
}

/** Steps 1 and 2. The caller holds the lock. */
export async function stage(dir: string, { put, remove }: Replacing): Promise<void> {
  const folders = new Set([...put.keys()].map((path) => dirname(stagedPath(dir, path))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  const journal: Journal = { version: 1, put: [], remove: [...remove] };
  for (const [path, text] of put) journal.put.push({ path, sha256: sha256(text) });
  // A flush waits for the disk: eight at once take half the time.
  const queue = put.entries();
  const worker = async () => {
    for (const [path, text] of queue) await writeFlushed(stagedPath(dir, path), text);
  };
  const done = await Promise.allSettled(Array.from({ length: 8 }, worker));
  for (const result of done) if (result.status === 'rejected') throw result.reason;
  const draft = `${journalPath(dir)}.draft`;
  await writeFlushed(draft, JSON.stringify(journal));
  await rename(draft, journalPath(dir));
  await flushFolder(join(dir, workFolder));
}

/** Steps 3 and 4, from wherever they were left; false when there is no journal. */
export async function finish(dir: string): Promise<boolean> {
  const text = await unless(['ENOENT', 'ENOTDIR'], null, () => readFile(journalPath(dir), 'utf8'));
  if (text === null) return false;
  const journal = parseJournal(dir, text);
  const folders = new Set<string>();
  for (const { path, sha256: expected } of journal.put) {
    const target = join(dir, path);
    if (!folders.has(dirname(target))) await mkdir(dirname(target), { recursive: true });
    folders.add(dirname(target));
    const moved = await unless(['ENOENT'], 'gone', () => rename(stagedPath(dir, path), target));
    if (moved !== 'gone') continue;
    // An earlier run has put it already.
    const there = await unless(['ENOENT'], null, () => readFile(target));
    if (there === null || sha256(there) !== expected) {
      throw new UserError(
        `The dataset in ${dir} was being replaced when a run ended, and ${path} has been lost since: remove the directory and extract again.`,
      );
    }
  }
  for (const path of journal.remove) {
    await unless(['ENOENT', 'ENOTDIR'], undefined, () => unlink(join(dir, path)));
    folders.add(dirname(join(dir, path)));
  }
  for (const folder of folders) {
    await unless(['ENOENT', 'ENOTDIR'], undefined, () => flushFolder(folder));
  }
  const ours = ownFolders.map((name) => join(dir, name)).filter((path) => folders.has(path));
  for (const folder of ours) {
    await unless(['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'], undefined, () => rmdir(folder));
  }
  await unlink(journalPath(dir));
  await discard(dir);
  return true;
}

/** After an error in `stage`: the old dataset stands, and nothing else is left. */
export async function withdraw(dir: string): Promise<void> {
  await rm(journalPath(dir), { force: true });
  await discard(dir);
}

/** Removes what was staged and never came to a journal. The caller holds the lock. */
export async function discard(dir: string): Promise<void> {
  await rm(`${journalPath(dir)}.draft`, { force: true });
  await rm(stagedPath(dir), { recursive: true, force: true });
}

function parseJournal(dir: string, text: string): Journal {
  try {
    return journalSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError(
      `The dataset in ${dir} was being replaced when a run ended, and the journal of that run is damaged: remove the directory and extract again.`,
      { cause },
    );
  }
}

async function writeFlushed(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
