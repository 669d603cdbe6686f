import { isAscii } from 'node:buffer';
import type { Diagnostic } from '../diagnostic.ts';
import { printable } from './errors.ts';

/** What a listing has not alike with another. */
interface Difference {
  other: TreeListing;
  /** Places in its `paths()` whose path or blob the other does not have so. */
  differing: readonly number[];
  /** For each place in the other's paths the one here that is alike, or -1. */
  alike: Int32Array;
}

/** The regular files of one commit's tree. Kept small, since many releases are held side by side. */
export class TreeListing {
  /** What was left out. */
  readonly diagnostics: readonly Diagnostic[];
  private readonly sorted: readonly string[];
  /** Object ids in binary, one after the other, in the order of `paths()`. */
  readonly words: Uint32Array;
  /** Words of one id. */
  readonly width: number;
  /** The same ids as bytes. */
  private readonly oids: Buffer;
  private readonly oidBytes: number;
  /** How it differs from the listing that it was made from, if it was. */
  readonly origin: Difference | undefined;

  /** `oids` is copied. */
  constructor(
    sorted: readonly string[],
    oids: Uint8Array,
    diagnostics: readonly Diagnostic[],
    origin?: Difference,
  ) {
    this.origin = origin;
    this.sorted = sorted;
    this.words = new Uint32Array(oids.length / 4);
    this.oids = Buffer.from(this.words.buffer);
    this.oids.set(oids);
    this.oidBytes = sorted.length === 0 ? 20 : oids.length / sorted.length;
    this.width = this.oidBytes / 4;
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

  /** Holds this listing against `other`: what neighbouring releases share need not be looked at twice. */
  differenceFrom(other: TreeListing): Difference {
    if (this.origin?.other === other) return this.origin;
    const differing: number[] = [];
    const alike = new Int32Array(other.sorted.length).fill(-1);
    let there = 0;
    for (let here = 0; here < this.sorted.length; here++) {
      const path = this.sorted[here]!;
      while (there < other.sorted.length && other.sorted[there]! < path) there++;
      const isAlike = other.sorted[there] === path && this.hasIdOf(other, here, there);
      if (isAlike) alike[there] = here;
      else differing.push(here);
    }
    return { other, differing, alike };
  }

  /** Whether the blob at a place is that at a place of another listing. */
  private hasIdOf(other: TreeListing, here: number, there: number): boolean {
    const { width } = this;
    if (other.width !== width) return false;
    for (let i = 0; i < width; i++) {
      if (this.words[here * width + i] !== other.words[there * width + i]) return false;
    }
    return true;
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
const TAB = 0x09;
const ZERO = 0x30;

/**
 * Reads what `git ls-tree -r -z` prints:
 *
 *     100644 blob 5f1f…e0⇥kernel/bpf/helpers.c␀120000 blob …
 *
 * Symlinks (120000) and submodules (160000) are no regular files and are left out in silence. A path
 * that is not UTF-8, has control characters, is absolute or has a component `.` or `..` is left out
 * with a diagnostic (`odd-path`).
 *
 * @param neighbour a listing that shares most of its paths: one string stands for each in both
 */
export function parseTreeListing(output: Buffer, neighbour?: TreeListing): TreeListing {
  const paths: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const oids = Buffer.allocUnsafe(output.length >>> 1);
  const known = neighbour?.paths() ?? [];
  // In latin1 a character's index is its byte's. Slices of one string are cheap, but keep all of it
  // alive: good for the first listing, of which all stays, and not for the few new paths of the next.
  const text = output.toString('latin1');
  const allAscii = isAscii(output);
  /** Of the hex digits of an id: all are of one length. */
  const idLength = output.indexOf(TAB) - MODE_AND_TYPE;
  let filled = 0;
  let inOrder = true;
  let next = 0;
  let there = 0;
  let last = '';
  while (next < text.length) {
    const start = next;
    const likely = start + MODE_AND_TYPE + idLength;
    const tab = output[likely] === TAB ? likely : output.indexOf(TAB, start + MODE_AND_TYPE);
    const end = tab === -1 ? -1 : text.indexOf('\0', tab);
    if (end === -1) break;
    next = end + 1;
    // 100644, and not 120000 or 160000.
    if (output[start + 1] !== ZERO) continue;
    let path: string | undefined;
    if (allAscii) {
      const isThere = (i: number) =>
        i < known.length &&
        known[i]!.length === end - tab - 1 &&
        text.startsWith(known[i]!, tab + 1);
      if (!isThere(there) && there < known.length) {
        const sought = text.slice(tab + 1, end);
        while (there < known.length && known[there]! < sought) there++;
      }
      if (isThere(there)) path = known[there++];
    }
    if (path === undefined) {
      if (!allAscii) path = output.toString('utf8', tab + 1, end);
      else if (neighbour === undefined) path = text.slice(tab + 1, end);
      else path = output.toString('latin1', tab + 1, end);
      const problem = oddity(path);
      if (problem !== null) {
        diagnostics.push(oddPath(path, problem));
        continue;
      }
    }
    filled = decodeHex(output, start + MODE_AND_TYPE, tab, oids, filled);
    if (last >= path) inOrder = false;
    last = path;
    paths.push(path);
  }
  const packed = oids.subarray(0, filled);
  return inOrder
    ? new TreeListing(paths, packed, diagnostics)
    : reordered(paths, packed, diagnostics);
}

/** Writes the bytes that the hex digits `from` to `to` stand for into `target`; gives its new end. */
function decodeHex(digits: Buffer, from: number, to: number, target: Buffer, at: number): number {
  for (let i = from; i < to; i += 2) {
    target[at++] = (VALUES[digits[i]!]! << 4) | VALUES[digits[i + 1]!]!;
  }
  return at;
}

/** Of the hex digits, by their codes in ASCII. */
const VALUES = Uint8Array.from({ length: 256 }, (_, code) =>
  Math.max(0, '0123456789abcdef'.indexOf(String.fromCharCode(code))),
);

const ODD = /[\p{Cc}\ufffd]|(?:^|\/)\.{0,2}(?:\/|$)/u;

/** Why a path is not taken; null when it is. */
function oddity(path: string): string | null {
  if (!ODD.test(path)) return null;
  if (path.includes('\ufffd')) return 'is not UTF-8';
  if (/\p{Cc}/u.test(path)) return 'has control characters';
  if (path === '' || path.startsWith('/')) return 'is not a relative path';
  return 'has an empty component, . or ..';
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
