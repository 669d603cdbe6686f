import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { errorCode, isAbsent } from '../file-errors.ts';
import type { CacheHealth } from './health.ts';

/*
 * One file an entry:
 *
 *     kfunc-atlas-cache 1 5d41402a 1234 ["1.2","facts","c","e69de29b…"]
 *     {"items":[…],"macros":[…]}
 *
 * crc32 over all but itself, bytes of the JSON, the key with the parser's version in it. A file
 * that was cut, changed, exchanged with another or written by another version does not fit its key.
 */
const mark = 'kfunc-atlas-cache 1';

/** Values kept under keys: facts of blobs, readings of releases, stamps of runs. */
export interface Entries {
  /** Reads which there are, as the first `has` does. */
  load(): void;
  /** By name alone: what is there may still turn out to be damaged. Quick enough to ask for each blob. */
  has(...key: string[]): boolean;
  /** undefined when nothing valid is kept; a damaged entry is counted, and rebuilt by the next put. */
  get(...key: string[]): unknown;
  /** On disk when it returns, under its own name or not at all. A value of JSON. */
  put(value: unknown, ...key: string[]): void;
}

/** The file name of a key; at least two characters long, and safe whatever the key. */
export function hashedName(...key: string[]): string {
  return createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 40);
}

/** Entries of the kind `bucket` below `dir`; several processes may use them at once. */
export function entriesIn(
  dir: string,
  version: string,
  bucket: string,
  health: CacheHealth,
  nameOf: (...key: string[]) => string = hashedName,
): Entries {
  const keyText = (key: string[]) => JSON.stringify([version, bucket, ...key]);
  const pathOf = (name: string) => join(dir, bucket, name.slice(0, 2), name);
  let listed: Set<string> | undefined;
  const names = () => (listed ??= namesIn(join(dir, bucket)));
  return {
    load: () => void names(),
    // Asked of each blob: of a new cache, nothing is there.
    has: (...key) => names().size > 0 && names().has(nameOf(...key)),
    get(...key) {
      const name = nameOf(...key);
      const value = read(pathOf(name), keyText(key));
      if (value === 'damaged') {
        health.damaged++;
        names().delete(name);
        return undefined;
      }
      return value?.json;
    },
    put(value, ...key) {
      if (health.unwritable !== null) return;
      const bytes = encode(keyText(key), value);
      const name = nameOf(...key);
      try {
        writeAtomically(dir, pathOf(name), bytes);
        listed?.add(name);
      } catch (error) {
        health.gaveUp(error);
      }
    },
  };
}

function namesIn(folder: string): Set<string> {
  try {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return new Set(files.map((file) => basename(file)));
  } catch {
    return new Set();
  }
}

/** undefined when there is none. */
function read(path: string, key: string): { json: unknown } | 'damaged' | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return isAbsent(error) ? undefined : 'damaged';
  }
  return decode(bytes, key);
}

function encode(key: string, value: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(value));
  return Buffer.concat([Buffer.from(headOf(key, body)), body]);
}

function headOf(key: string, body: Buffer): string {
  const sum = crc32(body, crc32(key)).toString(16).padStart(8, '0');
  return `${mark} ${sum} ${body.length} ${key}\n`;
}

function decode(bytes: Buffer, key: string): { json: unknown } | 'damaged' {
  const end = bytes.indexOf(10) + 1;
  const body = bytes.subarray(end);
  if (end === 0 || bytes.toString('utf8', 0, end) !== headOf(key, body)) return 'damaged';
  try {
    return { json: JSON.parse(body.toString()) };
  } catch {
    return 'damaged';
  }
}

/** Under `path` there is the old file or the new one, whole, whoever writes at the same time. */
export function writeAtomically(dir: string, path: string, bytes: Uint8Array): void {
  const draft = join(dir, 'drafts', randomBytes(12).toString('hex'));
  try {
    writeFileSync(draft, bytes, { flag: 'wx' });
    try {
      renameSync(draft, path);
    } catch (error) {
      if (errorCode(error) === 'EISDIR') rmSync(path, { recursive: true });
      else if (errorCode(error) === 'ENOENT') mkdirSync(dirname(path), { recursive: true });
      else throw error;
      renameSync(draft, path);
    }
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
