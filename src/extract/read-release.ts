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
import { factsOfText, type FileKinds, type SmallFiles } from './file-kinds.ts';
import { gitTree } from './git-tree.ts';
import type { ScanPlanner } from './scan-plan.ts';

/** Reads releases of one repository, keeping what they share. */
export class ReleaseReader {
  private readonly blobs: BlobTexts;
  private readonly cache: Cache;
  private readonly kinds: FileKinds;
  private readonly files: Pick<ScanPlanner, 'placesOf'>;

  constructor(
    blobs: BlobTexts,
    cache: Cache,
    kinds: FileKinds,
    files: Pick<ScanPlanner, 'placesOf'>,
  ) {
    this.blobs = blobs;
    this.cache = cache;
    this.kinds = kinds;
    this.files = files;
  }

  /** Reads the release whose tree `listing` is; it must have been planned, and its blobs scanned. */
  async read(release: ReleaseEntry, listing: TreeListing): Promise<ReleaseReading> {
    this.kinds.searches.begin();
    const tree = gitTree(listing, this.blobs, this.kinds.searches);
    // Together: git looks for the one while the other is taken from the cache.
    const [maintainers, files] = await Promise.all([tree.read('MAINTAINERS'), this.facts(listing)]);
    const keptOf = <T>(kind: SmallFiles<T>) => kind.of(listing, this.files.placesOf(kind, listing));
    return readRelease(release, {
      tree,
      files,
      documents: keptOf(this.kinds.documents),
      programs: keptOf(this.kinds.programs),
      maintainers: maintainers ?? '',
      parse: async (path) => this.parse(listing, path),
      kconfig: joinKconfig(keptOf(this.kinds.kconfig)),
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

  /** What is known of each file that the scan has found something in, by path. */
  private async facts(listing: TreeListing): Promise<Map<string, FileFacts>> {
    const files = new Map<string, FileFacts>();
    for (const i of this.files.placesOf(this.kinds.sources, listing)) {
      if (this.cache.isEmpty(listing, i)) continue;
      const path = listing.paths()[i]!;
      files.set(path, await this.factsOf(listing.oidAt(i), path));
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
