import { parseC } from '../c/parse.ts';
import type { CFile } from '../c/types.ts';
import type { Cache } from '../data/cache/cache.ts';
import { proseHash } from '../data/prose.ts';
import type { ReleaseEntry } from '../data/schema/index.ts';
import type { TreeListing } from '../git/repository.ts';
import { joinKconfig, type Kconfig } from '../kfunc/config/kconfig.ts';
import { readKconfigFile, type KconfigFile } from '../kfunc/config/kconfig-file.ts';
import type { DocumentFacts } from '../kfunc/documents/read-document.ts';
import { documentFacts, isDocument } from '../kfunc/examples.ts';
import type { FileFacts } from '../kfunc/file-facts.ts';
import { readRelease } from '../kfunc/release.ts';
import type { ReleaseReading } from '../kfunc/types.ts';
import type { BlobTexts } from './blob-texts.ts';
import { gitTree } from './git-tree.ts';
import { KeptByBlob } from './kept-by-blob.ts';
import { factsOfText, isSource, newIn } from './scan.ts';

const KCONFIG = /(^|\/)Kconfig[^/]*$/;

/** Reads releases of one repository, keeping what they share. */
export class ReleaseReader {
  private readonly blobs: BlobTexts;
  private readonly cache: Cache;
  /** The release that was read last, and its files that hold something. */
  private last: { listing: TreeListing; relevant: Map<string, string> } | undefined;
  private readonly kconfigFiles: KeptByBlob<KconfigFile>;
  private readonly documentFiles: KeptByBlob<DocumentFacts | null>;

  constructor(blobs: BlobTexts, cache: Cache) {
    this.blobs = blobs;
    this.cache = cache;
    this.kconfigFiles = new KeptByBlob(cache, 'Kconfig files');
    this.documentFiles = new KeptByBlob(cache, 'documents');
  }

  /** Reads the release whose tree `listing` is; its blobs must have been scanned. */
  async read(release: ReleaseEntry, listing: TreeListing): Promise<ReleaseReading> {
    const tree = gitTree(listing, this.blobs);
    // Together: git reads the one while the other is taken from the cache.
    const [kconfig, documents, files] = await Promise.all([
      this.kconfig(listing),
      this.documents(listing),
      this.facts(listing),
    ]);
    return readRelease(release, {
      tree,
      files,
      documents,
      parse: async (path) => this.parse(listing, path),
      kconfig,
      hash: proseHash,
    });
  }

  /** Keeps for later runs what was found out of many blobs. */
  save(): void {
    this.kconfigFiles.save();
    this.documentFiles.save();
    this.blobs.save();
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
      if (!isSource(path)) continue;
      const oid = listing.oidAt(i);
      if (!this.cache.isEmpty(oid)) relevant.set(path, oid);
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

  private async kconfig(listing: TreeListing): Promise<Kconfig> {
    const oids = new Map(
      listing
        .paths()
        .flatMap((path, i) => (KCONFIG.test(path) ? [[path, listing.oidAt(i)] as const] : [])),
    );
    return joinKconfig(await this.each(oids, this.kconfigFiles, readKconfigFile));
  }

  private async documents(listing: TreeListing): Promise<Map<string, DocumentFacts | null>> {
    const paths = listing.under('Documentation').filter(isDocument);
    const oids = new Map(paths.map((path) => [path, listing.oid(path)!]));
    return this.each(oids, this.documentFiles, documentFacts);
  }

  /** What `read` makes of each file of `oids`, by path: as it was kept, or else out of its blob. */
  private async each<T>(
    oids: ReadonlyMap<string, string>,
    kept: KeptByBlob<T>,
    read: (text: string) => T,
  ): Promise<Map<string, T>> {
    await this.blobs.each(
      [...oids.values()].filter((oid) => kept.get(oid) === undefined),
      (oid, text) => {
        kept.set(oid, read(text));
      },
    );
    const files = [...oids].flatMap(([path, oid]) => {
      const file = kept.get(oid);
      return file === undefined ? [] : [[path, file] as const];
    });
    return new Map(files);
  }
}
