import { parseC } from '../c/parse.ts';
import type { Cache } from '../data/cache/cache.ts';
import type { ObjectReader } from '../git/objects.ts';
import type { TreeListing } from '../git/repository.ts';
import { readKconfigFile, type KconfigFile } from '../kfunc/config/kconfig-file.ts';
import type { DocumentFacts } from '../kfunc/documents/read-document.ts';
import { documentFacts, isDocument } from '../kfunc/examples.ts';
import {
  isRelevant,
  isSource,
  PROGRAM_TYPES_FILE,
  readFileFacts,
  TOKENS,
  type FileFacts,
} from '../kfunc/file-facts.ts';
import { isProgramPath, PROGRAM_SIGNS, programCalls } from '../kfunc/programs.ts';
import { KeptByBlob } from './kept-by-blob.ts';
import { Searches } from './searches.ts';

/** Files that are read alike, in the one pass over all blobs, what was found being kept by blob. */
export interface FileKind {
  /** Whether a listing's file is of the kind, by its path, and not known to have nothing to say. */
  holds(path: string, listing: TreeListing, index: number): boolean;
  /** Whether this run or an earlier one has read a blob. */
  isRead(oid: string, path: string): boolean;
  /** Of which a blob at this path holds one if it has something to say; null where only reading it tells. */
  words(path: string): readonly string[] | null;
  /** Reads a blob. `body` is only lent. */
  read(oid: string, path: string, body: Buffer): void;
  /** Notes a blob that has nothing to say: it holds none of the words, or is too large to be a text. */
  passOver(oid: string, path: string): void;
}

const NEEDLES = TOKENS.map((token) => Buffer.from(token));

/** The facts of one file; odd C is in their diagnostics. */
export function factsOfText(text: string, path: string): FileFacts {
  const file = parseC(text, path);
  const facts = readFileFacts(file.value, text, path);
  return { ...facts, diagnostics: [...file.diagnostics, ...facts.diagnostics] };
}

/**
 * Sources: what holds a word about kfuncs is parsed and its facts are kept, the rest is remembered as
 * empty.
 */
export function sources(cache: Cache): FileKind {
  return {
    holds: (path, listing, index) => isSource(path) && !cache.isEmpty(listing, index),
    isRead: (oid) => cache.hasFacts(oid),
    words: (path) => (path === PROGRAM_TYPES_FILE ? null : TOKENS),
    read(oid, path, body) {
      const isWorthALook = path === PROGRAM_TYPES_FILE || NEEDLES.some((n) => body.includes(n));
      const text = isWorthALook ? body.toString('utf8') : '';
      if (!isRelevant(text, path)) cache.addEmpty(oid);
      else cache.putFacts(oid, factsOfText(text, path));
    },
    passOver: (oid) => {
      cache.addEmpty(oid);
    },
  };
}

/** Files of which little is kept, and that in one piece from run to run. */
export class SmallFiles<T> implements FileKind {
  readonly holds: (path: string) => boolean;
  private readonly kept: KeptByBlob<T>;
  private readonly parse: (text: string) => T;
  private readonly signs: readonly string[] | null;
  /** Blobs of the release that was asked for last. */
  private last: string[] = [];

  /**
   * @param name says in the cache what is kept
   * @param signs what a file has one of when there is more in it than in an empty one
   */
  constructor(
    cache: Cache,
    name: string,
    holds: (path: string) => boolean,
    parse: (text: string) => T,
    signs: readonly string[] | null = null,
  ) {
    this.kept = new KeptByBlob(cache, name);
    this.holds = holds;
    this.parse = parse;
    this.signs = signs;
  }

  isRead(oid: string): boolean {
    return this.kept.get(oid) !== undefined;
  }

  words(): readonly string[] | null {
    return this.signs;
  }

  read(oid: string, _path: string, body: Buffer): void {
    this.kept.set(oid, this.parse(body.toString('utf8')));
  }

  passOver(oid: string): void {
    // Without signs it is too large: it is met again in the next run, which passes it over again.
    if (this.signs !== null) this.kept.set(oid, this.parse(''));
  }

  /** What was found in some files of a release, by path; files that were too large are left out. */
  of(listing: TreeListing, places: Iterable<number>): Map<string, T> {
    const found = new Map<string, T>();
    this.last = [];
    const paths = listing.paths();
    for (const i of places) {
      const oid = listing.oidAt(i);
      const file = this.kept.get(oid);
      if (file === undefined) continue;
      found.set(paths[i]!, file);
      this.last.push(oid);
    }
    return found;
  }

  /** Keeps for later runs what the newest release has: what comes next shares most of it. */
  save(): void {
    this.kept.save(this.last);
  }
}

/** All kinds of files that a run reads. */
export interface FileKinds {
  sources: FileKind;
  kconfig: SmallFiles<KconfigFile>;
  documents: SmallFiles<DocumentFacts | null>;
  programs: SmallFiles<string[] | null>;
  searches: Searches;
}

/** The kinds of files that a run reads, with what earlier runs have kept of them. */
export function fileKinds(cache: Cache, objects: Pick<ObjectReader, 'readHolding'>): FileKinds {
  return {
    sources: sources(cache),
    kconfig: new SmallFiles(
      cache,
      'Kconfig files',
      (path) => path.startsWith('Kconfig', path.lastIndexOf('/') + 1),
      readKconfigFile,
    ),
    documents: new SmallFiles(cache, 'documents', isDocument, documentFacts),
    programs: new SmallFiles(cache, 'programs', isProgramPath, programCalls, PROGRAM_SIGNS),
    searches: new Searches(objects, cache),
  };
}
