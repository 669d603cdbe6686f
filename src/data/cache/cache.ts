import { createHash } from 'node:crypto';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { unless } from '../file-errors.ts';
import { makeFolders } from '../folders.ts';
import { entriesIn } from './entries.ts';
import { newHealth, type CacheHealth } from './health.ts';
import type { OidRows } from './oid-table.ts';
import { scannedIn } from './scanned.ts';

/**
 * What earlier runs found out, on disk. Everything in it carries the parser's version and a
 * checksum: what is cut, changed, foreign or older is taken for absent, and what is put in its place
 * mends it. A run that is killed leaves all that was put, and of the empty blobs all that were flushed.
 * Several processes may use one cache at once.
 *
 * A cache never fails a run: where it cannot be written, `health.unwritable` says why.
 */
export interface Cache {
  /** Reads what all questions about blobs need; without it, the first question does. */
  load(): void;
  /** Whether a blob was scanned and holds nothing of interest; by its place among others, as a tree has it. */
  isEmpty(ids: OidRows, index: number): boolean;
  /** `oid`: 40 or 64 hex digits, in lower case. */
  addEmpty(oid: string): void;
  /** Whether facts are there, by name: `facts` may still find them damaged, and then gives undefined. */
  hasFacts(oid: string, kind?: string): boolean;
  /** A blob's facts of one kind (`c`, `kbuild`), as they were put; undefined when there are none. */
  facts(oid: string, kind?: string): unknown;
  putFacts(oid: string, facts: unknown, kind?: string): void;
  /** Whether there is a reading, by name: `reading` may still find it damaged. */
  hasReading(commit: string): boolean;
  /** What was read of a commit. */
  reading(commit: string): unknown;
  putReading(commit: string, value: unknown): void;
  /** A note of an earlier run, by a key of the caller's: what its result was for the same input. */
  stamp(key: string): unknown;
  putStamp(key: string, value: unknown): void;
  /** Writes what is held back: call it after each release, and at the end. */
  flush(): void;
  readonly health: Readonly<Pick<CacheHealth, 'damaged' | 'unwritable'>>;
}

/** Versions of the parser whose facts are kept beside the current one's. */
const otherVersions = 2;
const hour = 3_600_000;

/**
 * Opens the cache in `dir` (see location.ts for the usual place), making it if need be, for one version
 * of the parser. Each version has a folder of its own; the two that were used last stay beside the
 * current one.
 */
export async function openCache(dir: string, parserVersion: string): Promise<Cache> {
  const health = newHealth(dir);
  const name = `v-${createHash('sha256').update(parserVersion).digest('hex').slice(0, 16)}`;
  const home = join(dir, name);
  try {
    await makeFolders(join(home, 'drafts'));
    const now = new Date();
    await utimes(home, now, now);
    await tidy(dir, name);
  } catch (error) {
    health.gaveUp(error);
  }
  const scanned = scannedIn(home, parserVersion, health);
  const facts = entriesIn(home, parserVersion, 'facts', health, factsName);
  const readings = entriesIn(home, parserVersion, 'readings', health);
  const stamps = entriesIn(home, parserVersion, 'stamps', health);
  return {
    load: () => {
      scanned.load();
      facts.load();
    },
    isEmpty: (ids, index) => scanned.has(ids, index),
    addEmpty: (oid) => {
      scanned.add(oid);
    },
    hasFacts: (oid, kind = 'c') => facts.has(oid, kind),
    facts: (oid, kind = 'c') => facts.get(oid, kind),
    putFacts: (oid, value, kind = 'c') => {
      facts.put(value, oid, kind);
    },
    hasReading: (commit) => readings.has(commit),
    reading: (commit) => readings.get(commit),
    putReading: (commit, value) => {
      readings.put(value, commit);
    },
    stamp: (key) => stamps.get(key),
    putStamp: (key, value) => {
      stamps.put(value, key);
    },
    flush: () => {
      scanned.flush();
    },
    health,
  };
}

function factsName(oid = '', kind = ''): string {
  if (!/^[0-9a-f]{40,64}$/.test(oid) || !/^[a-z][a-z0-9-]{0,30}$/.test(kind)) {
    throw new TypeError(`no key of facts: ${JSON.stringify([oid, kind])}`);
  }
  return `${oid}-${kind}`;
}

/** Removes what killed runs had begun, and versions that nobody has used for long. */
async function tidy(dir: string, current: string): Promise<void> {
  const drafts = join(dir, current, 'drafts');
  for (const draft of await readdir(drafts)) {
    if ((await age(join(drafts, draft))) > hour) await rm(join(drafts, draft), { force: true });
  }
  const others = (await readdir(dir)).filter((n) => /^v-[0-9a-f]{16}$/.test(n) && n !== current);
  const aged = await Promise.all(others.map(async (n) => ({ n, age: await age(join(dir, n)) })));
  aged.sort((a, b) => a.age - b.age);
  for (const other of aged.slice(otherVersions)) {
    if (other.age > hour) await rm(join(dir, other.n), { recursive: true, force: true });
  }
}

/** Milliseconds since a file was changed; of one that has gone meanwhile, none. */
async function age(path: string): Promise<number> {
  const found = await unless(['ENOENT'], null, () => stat(path));
  return found === null ? 0 : Date.now() - found.mtimeMs;
}
