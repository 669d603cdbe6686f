import { parseC } from '../c/parse.ts';
import type { Cache } from '../data/cache/cache.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { ObjectReader } from '../git/objects.ts';
import type { TreeListing } from '../git/repository.ts';
import {
  isRelevant,
  PROGRAM_TYPES_FILE,
  readFileFacts,
  TOKENS,
  type FileFacts,
} from '../kfunc/file-facts.ts';
import { MAX_TEXT } from './blob-texts.ts';

const NEEDLES = TOKENS.map((token) => Buffer.from(token));

/** Whether a path is one that can hold kfuncs. */
export function isSource(path: string): boolean {
  return path.endsWith('.c') || path.endsWith('.h');
}

/** Places in a listing that a neighbour, when there is one, has not alike. */
export function newIn(listing: TreeListing, neighbour: TreeListing | undefined): Iterable<number> {
  return neighbour === undefined ? listing.paths().keys() : listing.differingFrom(neighbour);
}

/** Blobs that no run has scanned yet, and the order in which git reads them best. */
export interface ScanPlan {
  oids: string[];
  /** One for one with `oids`. */
  paths: string[];
}

/**
 * Gathers what is to be scanned, listing by listing, newest release first.
 *
 * The plan is by path, and newest first within a path: git then finds each delta's base in its cache,
 * which makes the reading eight times as fast as in the order of ids.
 */
export class ScanPlanner {
  private readonly byPath = new Map<string, string[]>();
  private readonly seen = new Set<string>();
  private readonly cache: Cache;
  private newer: TreeListing | undefined;

  constructor(cache: Cache) {
    this.cache = cache;
  }

  add(listing: TreeListing): void {
    const paths = listing.paths();
    for (const i of newIn(listing, this.newer)) {
      const path = paths[i]!;
      if (!isSource(path)) continue;
      const oid = listing.oidAt(i);
      if (this.cache.isEmpty(oid) || this.seen.has(oid)) continue;
      this.seen.add(oid);
      if (this.cache.hasFacts(oid)) continue;
      const oids = this.byPath.get(path);
      if (oids) oids.push(oid);
      else this.byPath.set(path, [oid]);
    }
    this.newer = listing;
  }

  plan(): ScanPlan {
    const plan: ScanPlan = { oids: [], paths: [] };
    for (const path of [...this.byPath.keys()].sort()) {
      for (const oid of this.byPath.get(path)!) {
        plan.oids.push(oid);
        plan.paths.push(path);
      }
    }
    return plan;
  }
}

/** The facts of one file; odd C is in their diagnostics. */
export function factsOfText(text: string, path: string): FileFacts {
  const file = parseC(text, path);
  const facts = readFileFacts(file.value, text, path);
  return { ...facts, diagnostics: [...file.diagnostics, ...facts.diagnostics] };
}

/**
 * Scans the blobs of a plan: what holds a word about kfuncs is parsed and its facts are kept, the rest
 * is remembered as empty. A blob too large to be a source file is passed over with a diagnostic.
 */
export async function scanBlobs(
  plan: ScanPlan,
  reader: ObjectReader,
  cache: Cache,
  onProgress: (blobs: number) => void,
): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  await reader.readAll(plan.oids, {
    maxBytes: MAX_TEXT,
    onBlob(index, body) {
      onProgress(1);
      const oid = plan.oids[index]!;
      const path = plan.paths[index]!;
      const isWorthALook = path === PROGRAM_TYPES_FILE || NEEDLES.some((n) => body.includes(n));
      const text = isWorthALook ? body.toString('utf8') : '';
      if (!isRelevant(text, path)) cache.addEmpty(oid);
      else cache.putFacts(oid, factsOfText(text, path));
    },
    onTooLarge(index, size) {
      const path = plan.paths[index]!;
      const message = `The file has ${size} bytes and was not read.`;
      diagnostics.push({
        code: 'too-large',
        severity: 'warning',
        release: null,
        path,
        line: null,
        message,
      });
      cache.addEmpty(plan.oids[index]!);
    },
  });
  cache.flush();
  return diagnostics;
}
