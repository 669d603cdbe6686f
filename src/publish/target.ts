import { mkdir, readdir, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../user-error.ts';

/** By this file a folder is known to be a site of ours, which may be replaced. */
const mark = '.kfunc-atlas-site';

/** Throws a UserError unless `out` is absent, empty, or a site of an earlier build. */
export async function checkTarget(out: string): Promise<void> {
  const info = await stat(out).catch(() => null);
  if (info === null) return;
  if (!info.isDirectory()) {
    throw new UserError(`Cannot build into ${out}: it is a file.`);
  }
  const names = await readdir(out);
  if (names.length > 0 && !names.includes(mark)) {
    throw new UserError(
      `${out} holds something else than a site built before: name an empty or new folder, since it is replaced as a whole.`,
    );
  }
}

/**
 * Says in the folder what it is. `.nojekyll` says it to GitHub Pages: a branch without it goes through
 * Jekyll, which leaves out `_astro/`. Other servers do not mind an empty file.
 */
export async function markSite(folder: string): Promise<void> {
  await writeFile(join(folder, '.nojekyll'), '');
  await writeFile(
    join(folder, mark),
    'Made by kfunc-atlas; the next build replaces this folder.\n',
  );
}

/**
 * Puts the folder `made` in the place of `out`, whose old content goes to `old`. A symbolic link stays,
 * and what it points to is replaced. Should the second rename fail, the old site comes back.
 */
export async function moveInto(made: string, out: string, old: string): Promise<void> {
  const target = await realpath(out).catch(() => null);
  if (target === null) {
    await rename(made, out);
    return;
  }
  await mkdir(old);
  await rename(target, join(old, 'site'));
  try {
    await rename(made, target);
  } catch (error) {
    await rename(join(old, 'site'), target);
    throw error;
  }
}
