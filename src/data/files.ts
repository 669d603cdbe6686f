import type { KfuncRecord } from './schema/index.ts';

/** Where a run keeps what it is about to write: inside the dataset, so on the same file system. */
export const workFolder = '.kfunc-atlas';

/** The folders that the dataset has to itself. */
export const ownFolders = ['releases', 'kfuncs', 'prose'] as const;

// A file name has 255 bytes at most; this leaves room for every ending that a page may get.
const longestName = 200;

/**
 * Whether a name from a repository can be a kfunc of the dataset: a C identifier of at most 200
 * characters. `__proto__` is one that JavaScript does not keep as an ordinary key.
 */
export function isKfuncName(name: string): boolean {
  return (
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && name.length <= longestName && name !== '__proto__'
  );
}

/** Whether an id can be a release of the dataset: it becomes a file name and an address. */
export function isReleaseId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(id) && id.length <= longestName;
}

export function kfuncPath(name: string): string {
  return `kfuncs/${name}.json`;
}

export function releasePath(id: string): string {
  return `releases/${id}.json`;
}

/** Prose is kept in sixteen packs, by the first digit of the hash: quick to write, to read, to skip. */
export function prosePath(hash: string): string {
  return `prose/${hash.slice(0, 1)}.json`;
}

/**
 * Whether `path` is one that a dataset may have: what was read from a journal or a folder is checked
 * by it before anything is written, moved or removed.
 */
export function isOwnPath(path: string): boolean {
  if (path === 'releases.json') return true;
  const [, folder, name] = /^(releases|kfuncs|prose)\/([^/]+)\.json$/.exec(path) ?? [];
  if (folder === undefined || name === undefined) return false;
  if (folder === 'prose') return /^[0-9a-f]$/.test(name);
  return folder === 'kfuncs' ? isKfuncName(name) : isReleaseId(name);
}

/** Groups of names that are one file where the file system takes `a` for `A`. */
export function caseClashes(kfuncs: readonly KfuncRecord[]): string[][] {
  const groups = Map.groupBy(kfuncs, (k) => k.name.toLowerCase());
  return [...groups.values()].filter((g) => g.length > 1).map((g) => g.map((k) => k.name).sort());
}
