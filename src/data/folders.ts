import { mkdir, rmdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errorCode, unless } from './file-errors.ts';

/**
 * Makes a folder and those above it that are missing, and gives the topmost that was made; undefined
 * when it was there. (Node's own recursive mkdir() tries for ever below /proc, where nothing can be
 * made.) What stands in the way is the error of the file system: ENOTDIR, EEXIST, EACCES, …; then
 * nothing of it stays.
 */
export async function makeFolders(dir: string): Promise<string | undefined> {
  const missing: string[] = [];
  let folder = resolve(dir);
  while ((await unless(['ENOENT'], null, () => stat(folder))) === null) {
    if (dirname(folder) === folder) break;
    missing.push(folder);
    folder = dirname(folder);
  }
  if (missing.length === 0) await makeFolder(folder);
  const made: string[] = [];
  try {
    for (const path of missing.toReversed()) {
      await makeFolder(path);
      made.unshift(path);
    }
  } catch (error) {
    for (const path of made) await rmdir(path).catch(() => undefined);
    throw error;
  }
  return missing.at(-1);
}

/** Another run may be making it at the same time. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const found = await unless(['ENOENT', 'ENOTDIR'], null, () => stat(path));
    if (errorCode(error) !== 'EEXIST' || found?.isDirectory() !== true) throw error;
  }
}
