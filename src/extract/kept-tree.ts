import type { Cache } from '../data/cache/cache.ts';
import type { KnownTree } from '../git/repository.ts';
import { TreeListing } from '../git/tree-listing.ts';
import type { ScanPlanner } from './scan-plan.ts';

/** What stands between paths: no path has an empty component. */
const BETWEEN = '//';

/** A tree of which no more than this differs from the one that is kept is not worth writing that anew. */
const LITTLE = 1 / 4;

/** Two notes: git is asked what differs from a commit before its paths, of which there are 90,000, are read. */
const COMMIT = 'commit whose tree is kept';
const TREE = 'tree that is kept';

interface Kept {
  commit: string;
  paths: string;
  /** Their ids in binary, as base64. */
  oids: string;
  /** As `ScanPlanner.filesOf` gives them. */
  places: number[][];
}

/** The files of the release that was read last, from run to run: the next one shares most of them. */
export class KeptTree implements KnownTree {
  /** '' when none is kept. */
  readonly commit: string;
  private readonly cache: Pick<Cache, 'stamp' | 'putStamp'>;
  private found: TreeListing | undefined;

  constructor(cache: Pick<Cache, 'stamp' | 'putStamp'>) {
    this.cache = cache;
    this.commit = (cache.stamp(COMMIT) as string | undefined) ?? '';
  }

  /** Reads the listing, and has `planner` begin with it: what a later one shares is read already. */
  planWith(planner: ScanPlanner): void {
    if (this.commit === '') return;
    const kept = this.cache.stamp(TREE) as Kept | undefined;
    // Another run may have put its own in between.
    if (kept?.commit !== this.commit) return;
    const paths = kept.paths.split(BETWEEN);
    this.found = new TreeListing(paths, Buffer.from(kept.oids, 'base64'), []);
    planner.know(this.found, kept.places);
  }

  listing(): TreeListing | undefined {
    return this.found;
  }

  /**
   * Keeps a listing that `planner` had, and that was scanned; not one that something was left out of, nor
   * one that was made from what is kept and is still near it.
   */
  keep(commit: string, listing: TreeListing, planner: ScanPlanner): void {
    if (listing.size === 0 || listing.diagnostics.length > 0) return;
    const { origin, words } = listing;
    const isNear = origin !== undefined && origin.differing.length <= listing.size * LITTLE;
    if (isNear && origin.other === this.found) return;
    const oids = Buffer.from(words.buffer, words.byteOffset, words.byteLength).toString('base64');
    const paths = listing.paths().join(BETWEEN);
    const kept: Kept = { commit, paths, oids, places: planner.filesOf(listing) };
    this.cache.putStamp(TREE, kept);
    this.cache.putStamp(COMMIT, commit);
  }
}
