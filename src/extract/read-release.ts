import { parseC } from '../c/parse.ts';
import type { CFile } from '../c/types.ts';
import type { Cache } from '../data/cache/cache.ts';
import { proseHash } from '../data/prose.ts';
import type { ReleaseEntry } from '../data/schema/index.ts';
import type { TreeListing } from '../git/repository.ts';
import { joinKconfig } from '../kfunc/config/kconfig.ts';
import type { FileFacts } from '../kfunc/file-facts.ts';
import { readRelease } from '../kfunc/release.ts';
import type { ReleaseReading } from '../kfunc/types.ts';
import type { BlobTexts } from './blob-texts.ts';
import { factsOfText, type FileKinds } from './file-kinds.ts';
import { gitTree } from './git-tree.ts';
import { newIn } from './scan.ts';

/** Reads releases of one repository, keeping what they share. */
export class ReleaseReader {
  private readonly blobs: BlobTexts;
  private readonly cache: Cache;
  /** The release that was read last, and its files that hold something. */
  private last: { listing: TreeListing; relevant: Map<string, string> } | undefined;
  private readonly kinds: FileKinds;

  constructor(blobs: BlobTexts, cache: Cache, kinds: FileKinds) {
    this.blobs = blobs;
    this.cache = cache;
    this.kinds = kinds;
  }

  /** Reads the release whose tree `listing` is; its blobs must have been scanned. */
  async read(release: ReleaseEntry, listing: TreeListing): Promise<ReleaseReading> {
    this.kinds.searches.begin();
    const tree = gitTree(listing, this.blobs, this.kinds.searches);
    // Together: git looks for the one while the other is taken from the cache.
    const [maintainers, files] = await Promise.all([tree.read('MAINTAINERS'), this.facts(listing)]);
    return readRelease(release, {
      tree,
      files,
      documents: this.kinds.documents.of(listing),
      programs: this.kinds.programs.of(listing),
      maintainers: maintainers ?? '',
      parse: async (path) => this.parse(listing, path),
      kconfig: joinKconfig(this.kinds.kconfig.of(listing)),
      hash: proseHash,
    });
  }

  /** Keeps for later runs what was found out of many blobs. */
  save(): void {
    this.kinds.kconfig.save();
    this.kinds.documents.save();
    this.kinds.programs.save();
    this.kinds.searches.save();
  }

  /** Path and blob of each file that the scan has found something in, sorted by path. */
  private relevantFiles(listing: TreeListing): [string, string][] {
    const paths = listing.paths();
    const relevant = new Map<string, string>();
    for (const [path, oid] of this.last?.relevant ?? []) {
      if (listing.oid(path) === oid) relevant.set(path, oid);
    }
    for (const i of newIn(listing, this.last?.listing)) {
      const path = paths[i]!;
      if (!this.kinds.sources.holds(path)) continue;
      if (!this.cache.isEmpty(listing, i)) relevant.set(path, listing.oidAt(i));
    }
    this.last = { listing, relevant };
    return [...relevant].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** What is known of each file that holds something, by path. */
  private async facts(listing: TreeListing): Promise<Map<string, FileFacts>> {
    const files = new Map<string, FileFacts>();
    for (const [path, oid] of this.relevantFiles(listing)) {
      files.set(path, await this.factsOf(oid, path));
    }
    return files;
  }

  /** Facts that were kept; a damaged entry is read anew from its blob. */
  private async factsOf(oid: string, path: string): Promise<FileFacts> {
    const kept = this.cache.facts(oid);
    if (kept !== undefined) return kept as FileFacts;
    const facts = factsOfText((await this.blobs.text(oid)) ?? '', path);
    this.cache.putFacts(oid, facts);
    return facts;
  }

  private async parse(listing: TreeListing, path: string): Promise<CFile | undefined> {
    const oid = listing.oid(path);
    const text = oid === undefined ? undefined : await this.blobs.text(oid);
    return text === undefined ? undefined : parseC(text, path).value;
  }
}
