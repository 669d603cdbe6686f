import { isAscii } from 'node:buffer';
import type { Diagnostic } from '../diagnostic.ts';
import { printable } from './errors.ts';

/** The regular files of one commit's tree. Kept small, since many releases are held side by side. */
export class TreeListing {
  /** What was left out. */
  readonly diagnostics: readonly Diagnostic[];
  private readonly sorted: readonly string[];
  /** Object ids in binary, one after the other, in the order of `sorted`. */
  private readonly oids: Buffer;
  private readonly oidBytes: number;

  constructor(sorted: readonly string[], oids: Buffer, diagnostics: readonly Diagnostic[]) {
    this.sorted = sorted;
    this.oids = oids;
    this.oidBytes = sorted.length === 0 ? 20 : oids.length / sorted.length;
    this.diagnostics = diagnostics;
  }

  get size(): number {
    return this.sorted.length;
  }

  /** Sorted by code unit. */
  paths(): readonly string[] {
    return this.sorted;
  }

  has(path: string): boolean {
    return this.find(path) !== -1;
  }

  /** The blob's id in hexadecimal; undefined when there is no regular file of that path. */
  oid(path: string): string | undefined {
    const index = this.find(path);
    return index === -1 ? undefined : this.oidAt(index);
  }

  /** The id of the blob at `paths()[index]`. */
  oidAt(index: number): string {
    return this.oids.toString('hex', index * this.oidBytes, (index + 1) * this.oidBytes);
  }

  /** Paths below a folder (`''` is the root), recursive, sorted. */
  under(dir: string): readonly string[] {
    if (dir === '') return this.sorted;
    // `0` follows `/`, so that `dir0` comes right after all that begins with `dir/`.
    return this.sorted.slice(this.position(`${dir}/`), this.position(`${dir}0`));
  }

  /**
   * Places in `paths()` whose path or blob `other` does not have so: what neighbouring releases share
   * need not be looked at twice.
   */
  differingFrom(other: TreeListing): number[] {
    const bytes = this.oidBytes;
    const differing: number[] = [];
    let there = 0;
    for (let here = 0; here < this.sorted.length; here++) {
      const path = this.sorted[here]!;
      while (there < other.sorted.length && other.sorted[there]! < path) there++;
      const isAlike =
        other.sorted[there] === path &&
        other.oidBytes === bytes &&
        this.oids.compare(
          other.oids,
          there * bytes,
          (there + 1) * bytes,
          here * bytes,
          (here + 1) * bytes,
        ) === 0;
      if (!isAlike) differing.push(here);
    }
    return differing;
  }

  private find(path: string): number {
    const index = this.position(path);
    return this.sorted[index] === path ? index : -1;
  }

  /** Where `path` stands, or would stand. */
  private position(path: string): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.sorted[middle]! < path) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** `100644 blob ` or `100755 blob `: what stands before the object id of a regular file. */
const MODE_AND_TYPE = 12;

/**
 * Reads what `git ls-tree -r -z` prints:
 *
 *     100644 blob 5f1f…e0⇥kernel/bpf/helpers.c␀120000 blob …
 *
 * Symlinks (120000) and submodules (160000) are no regular files and are left out in silence. A path
 * that is not UTF-8, has control characters, is absolute or has a component `.` or `..` is left out
 * with a diagnostic (`odd-path`).
 *
 * @param known one string for each path of all listings so far: releases share most of them
 */
export function parseTreeListing(output: Buffer, known = new Map<string, string>()): TreeListing {
  const paths: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const oids = Buffer.allocUnsafe(output.length >>> 1);
  // In latin1 a character's index is its byte's. Slices of one string are cheap, but keep all of it
  // alive: what stays is decoded on its own, once for each path that is new.
  const text = output.toString('latin1');
  const allAscii = isAscii(output);
  let filled = 0;
  let inOrder = true;
  let next = 0;
  while (next < text.length) {
    const start = next;
    const end = text.indexOf('\0', start);
    if (end === -1) break;
    next = end + 1;
    if (!text.startsWith('100', start)) continue;
    const tab = text.indexOf('\t', start);
    const decoded = allAscii ? text.slice(tab + 1, end) : output.toString('utf8', tab + 1, end);
    let path = known.get(decoded);
    if (path === undefined) {
      path = output.toString('utf8', tab + 1, end);
      const problem = oddity(path);
      if (problem !== null) {
        diagnostics.push(oddPath(path, problem));
        continue;
      }
      known.set(path, path);
    }
    filled += oids.write(text.slice(start + MODE_AND_TYPE, tab), filled, 'hex');
    if (paths.length > 0 && paths.at(-1)! >= path) inOrder = false;
    paths.push(path);
  }
  const packed = Buffer.from(oids.subarray(0, filled));
  return inOrder
    ? new TreeListing(paths, packed, diagnostics)
    : reordered(paths, packed, diagnostics);
}

/** Why a path is not taken; null when it is. */
function oddity(path: string): string | null {
  if (path.includes('\ufffd')) return 'is not UTF-8';
  if (/\p{Cc}/u.test(path)) return 'has control characters';
  if (path === '' || path.startsWith('/')) return 'is not a relative path';
  if (/(^|\/)\.{0,2}(\/|$)/.test(path)) return 'has an empty component, . or ..';
  return null;
}

function oddPath(path: string, problem: string): Diagnostic {
  return {
    code: 'odd-path',
    severity: 'warning',
    release: null,
    path: printable(path),
    line: null,
    message: `left out: the path ${problem}`,
  };
}

/**
 * git sorts by bytes, which differs from code units beyond the BMP; and a tree that was made by hand
 * may hold a name twice, of which the first counts.
 */
function reordered(paths: string[], oids: Buffer, diagnostics: Diagnostic[]): TreeListing {
  const oidBytes = oids.length / paths.length;
  const order = paths
    .map((path, index) => ({ path, index }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.index - b.index))
    .filter(({ path }, i, all) => i === 0 || all[i - 1]!.path !== path);
  const moved = order.map(({ index }) => oids.subarray(index * oidBytes, (index + 1) * oidBytes));
  return new TreeListing(
    order.map(({ path }) => path),
    Buffer.concat(moved),
    diagnostics,
  );
}
