import { createHash } from 'node:crypto';

/** A hash of a dataset's files, by their paths in any order, and the bytes of each. */
export function fingerprintOf(
  paths: Iterable<string>,
  bytesOf: (path: string) => Uint8Array,
): string {
  const hash = createHash('sha256');
  for (const path of [...paths].sort()) {
    const bytes = bytesOf(path);
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}
