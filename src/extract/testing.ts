import { parseTreeListing, type TreeListing } from '../git/tree-listing.ts';
import type { FileKind } from './file-kinds.ts';

/** A cache that holds its notes as the disk would: as JSON. */
export function stamps() {
  const kept = new Map<string, string>();
  return {
    kept,
    stamp: (key: string): unknown => (kept.has(key) ? JSON.parse(kept.get(key)!) : undefined),
    putStamp: (key: string, value: unknown) => void kept.set(key, JSON.stringify(value)),
  };
}

/** An object id. */
export const oid = (n: number) => n.toString(16).padStart(40, '0');

/** A listing of blobs, by their numbers. */
export function listing(files: Record<string, number>): TreeListing {
  const lines = Object.entries(files).map(([path, n]) => `100644 blob ${oid(n)}\t${path}\0`);
  return parseTreeListing(Buffer.from(lines.join('')));
}

/** A kind of the files with an ending; `known` were read before. */
export function kind(ending: string, known: readonly number[] = []): FileKind {
  return {
    holds: (path) => path.endsWith(ending),
    isRead: (blob) => known.some((n) => oid(n) === blob),
    words: () => null,
    read: () => undefined,
    passOver: () => undefined,
  };
}
