import { isAscii } from 'node:buffer';
import { parseTreeListing, TreeListing } from './tree-listing.ts';

/** What one tree has otherwise than another. */
export interface TreeChanges {
  /** The regular files that it has and the other has not alike. */
  changed: TreeListing;
  /** What stands in the other at each path that differs: a blob's id, or null for no regular file. */
  before: ReadonlyMap<string, string | null>;
}

/** How a regular file's line begins, 100644 or 100755, and not a symlink's (120000) or submodule's (160000). */
const REGULAR = ':100';

/**
 * Reads what `git diff-tree -r -z --raw --no-abbrev --no-renames` prints of two trees:
 *
 *     :100644 100644 5f1f…e0 8c2a…b1 M␀kernel/bpf/helpers.c␀:100644 000000 …
 */
export function parseTreeChanges(output: Buffer): TreeChanges {
  const fields = output.toString('latin1').split('\0');
  const decode = isAscii(output)
    ? (path: string) => path
    : (path: string) => Buffer.from(path, 'latin1').toString('utf8');
  const before = new Map<string, string | null>();
  let listed = '';
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [oldMode = '', newMode, oldId = '', newId, status] = fields[i]!.split(' ');
    const path = fields[i + 1]!;
    before.set(decode(path), oldMode.startsWith(REGULAR) ? oldId : null);
    if (status !== 'D') listed += `${newMode} blob ${newId}\t${path}\0`;
  }
  return { changed: parseTreeListing(Buffer.from(listed, 'latin1')), before };
}

/**
 * The listing of a tree, from that of another and what differs: that is its origin.
 *
 * @returns undefined when `older` is not the listing that the changes were found against, or had
 *   something left out: whether that is still there is not known
 */
export function applyChanges(
  older: TreeListing,
  { changed, before }: TreeChanges,
): TreeListing | undefined {
  if (older.diagnostics.length > 0) return undefined;
  if (changed.size > 0 && older.size > 0 && changed.width !== older.width) return undefined;
  const paths: string[] = [];
  const words = new Uint32Array(older.words.length + changed.words.length);
  let filled = 0;
  const takeIds = ({ words: from, width }: TreeListing, start: number, end: number) => {
    words.set(from.subarray(start * width, end * width), filled);
    filled += (end - start) * width;
  };
  const [old, fresh] = [older.paths(), changed.paths()];
  const differing: number[] = [];
  const alike = new Int32Array(old.length).fill(-1);
  let here = 0;
  let there = 0;
  const takeBefore = (path: string | undefined) => {
    const start = here;
    for (; here < old.length && (path === undefined || old[here]! < path); here++) {
      alike[here] = paths.length;
      paths.push(old[here]!);
    }
    takeIds(older, start, here);
  };
  for (const path of [...before.keys()].sort()) {
    takeBefore(path);
    const was = old[here] === path ? older.oidAt(here++) : null;
    if (was !== before.get(path)) return undefined;
    if (fresh[there] !== path) continue;
    differing.push(paths.length);
    paths.push(path);
    takeIds(changed, there, ++there);
  }
  takeBefore(undefined);
  const oids = new Uint8Array(words.buffer, 0, filled * 4);
  return new TreeListing(paths, oids, changed.diagnostics, { other: older, differing, alike });
}
