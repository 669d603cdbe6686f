import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../user-error.ts';
import { fileError, unless } from './file-errors.ts';
import { ownFolders, workFolder } from './files.ts';
import { discard, finish, journalPath } from './journal.ts';
import { takeLock } from './lock.ts';

/** How long a reader waits for a run that is just putting its files in place. */
const patience = 10_000;

/**
 * Brings the dataset in `dir` to one state, the old or the new, if a run was killed while it wrote it:
 * every reader and writer calls it first. Costs one look at the disk where there is nothing to do.
 *
 * - `clean`: nothing to do (or another run is at work, and the old dataset is still whole);
 * - `completed`: the new dataset was put in place;
 * - `discarded`: what the killed run had prepared was removed, the old dataset stands.
 *
 * A UserError is thrown when the repair needs a permission or space that is not there.
 */
export async function repairDataset(dir: string): Promise<'clean' | 'completed' | 'discarded'> {
  const work = join(dir, workFolder);
  if (!(await exists(work))) return 'clean';
  await checkFolders(dir);
  try {
    if (await exists(journalPath(dir))) {
      const lock = await takeLock(work, patience);
      try {
        return (await finish(dir)) ? 'completed' : 'clean';
      } finally {
        await lock.release();
      }
    }
  } catch (error) {
    throw fileError(error, `finish the dataset in ${dir}, which a run that ended early has left`);
  }
  return tidy(dir, work);
}

/** Nothing depends on it: where it cannot be done now, a later run will do it. */
async function tidy(dir: string, work: string): Promise<'clean' | 'discarded'> {
  const denied = ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'];
  return unless(denied, 'clean', async () => {
    const lock = await takeLock(work, 0).catch((error: unknown) => {
      if (error instanceof UserError) return null;
      throw error;
    });
    if (lock === null) return 'clean';
    try {
      // A journal that appeared in between belongs to a run that was killed only now.
      if (await finish(dir)) return 'discarded';
      const left = (await readdir(work)).some((name) => !name.startsWith('lock-'));
      await discard(dir);
      return left ? 'discarded' : 'clean';
    } finally {
      await lock.release();
    }
  });
}

/**
 * The folders of a dataset must be its own: through a symbolic link a run would write, and remove,
 * somewhere else.
 */
export async function checkFolders(dir: string): Promise<void> {
  for (const name of [...ownFolders, workFolder]) {
    const stat = await unless(['ENOENT', 'ENOTDIR'], null, () => lstat(join(dir, name)));
    if (stat !== null && !stat.isDirectory()) {
      throw new UserError(`${join(dir, name)} is not a directory, as it is in a dataset.`);
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return (await unless(['ENOENT', 'ENOTDIR'], null, () => lstat(path))) !== null;
}
