import { setImmediate as breath } from 'node:timers/promises';
import type { TreeListing } from '../git/repository.ts';
import { byCodeUnit } from '../kfunc/names.ts';
import type { FileKind } from './file-kinds.ts';

/** Files of a listing that are looked at before something else gets its turn: it takes milliseconds. */
const AT_ONCE = 4096;

/** Blobs that no run has read yet, and the order in which git reads them best. */
export interface ScanPlan {
  oids: string[];
  /** One for one with `oids`. */
  paths: string[];
  /** One for one with `oids`: all that are to read it. */
  kinds: FileKind[][];
}

/**
 * Gathers what is to be read, listing by listing, newest release first, and tells where the files of each
 * kind stand. What one plan has, a later one has not.
 *
 * A plan is by path, and oldest first within a path. In most packs the newest version of a file is whole,
 * and older ones are what differs from newer. For the oldest, git makes all the others, and has them in its
 * cache when they are asked for; the other way round the newest, which is not kept when it is given, is made
 * once more, which costs a quarter of the search. By path, all is eight times as fast as in the order of ids.
 */
export class ScanPlanner {
  private readonly kinds: readonly FileKind[];
  /** What is to be read, in the order in which it was found. */
  private found: Found = nothing();
  /** Of each blob, which kinds have it in a plan: it may stand under paths of several, as an empty one does. */
  private readonly planned = new Map<string, KindSet>();
  /** Lists of kinds, one for each set of them that came up. */
  private readonly lists = new Map<KindSet, FileKind[]>();
  /** Of each listing, where the files of each kind stand: one for one with `kinds`, in order. */
  private readonly places = new Map<TreeListing, Int32Array[]>();
  private newer: TreeListing | undefined;
  /** Whether `newer` was planned by an earlier run. */
  private isFromEarlier = false;

  constructor(kinds: readonly FileKind[]) {
    this.kinds = kinds;
  }

  /**
   * Begins with a listing that an earlier run has read. It may be of another repository: what the next one
   * shares with it is read already, unless what was kept of that is lost.
   *
   * @param places as `filesOf` gave them then
   */
  know(listing: TreeListing, places: readonly (readonly number[])[]): void {
    this.places.set(
      listing,
      places.map((list) => Int32Array.from(list)),
    );
    this.newer = listing;
    this.isFromEarlier = true;
  }

  /** Where the files of each kind stand, but for those that turned out to have nothing to say. */
  filesOf(listing: TreeListing): number[][] {
    const paths = listing.paths();
    return this.kinds.map((kind) =>
      [...this.placesOf(kind, listing)].filter((i) => kind.holds(paths[i]!, listing, i)),
    );
  }

  async add(listing: TreeListing): Promise<void> {
    const paths = listing.paths();
    const { places, fresh } = this.besideNewer(listing);
    if (this.isFromEarlier) this.takeUnread(listing, places);
    this.isFromEarlier = false;
    // Plain loops: pairs of `entries()`, for 90,000 paths and each kind, are a fifth of a run's garbage.
    for (let n = 0; n < fresh.length; n++) {
      if (n % AT_ONCE === AT_ONCE - 1) await breath();
      const i = fresh[n]!;
      const path = paths[i]!;
      let oid: string | undefined;
      let unread: KindSet = 0;
      for (let k = 0; k < this.kinds.length; k++) {
        const kind = this.kinds[k]!;
        if (!kind.holds(path, listing, i)) continue;
        places[k]!.push(i);
        oid ??= listing.oidAt(i);
        if (!kind.isRead(oid, path)) unread |= 1 << k;
      }
      if (unread !== 0) this.take(path, oid!, unread);
    }
    this.places.set(
      listing,
      places.map((list) => Int32Array.from(list).sort()),
    );
    this.newer = listing;
  }

  /** The places of a listing's files of one kind, in order; the listing must have been added. */
  placesOf(kind: FileKind, listing: TreeListing): Int32Array {
    return this.places.get(listing)![this.kinds.indexOf(kind)]!;
  }

  plan(): ScanPlan {
    const { paths, oids, kinds } = this.found;
    this.found = nothing();
    // Each listing has its paths in order: to sort them is to merge these. What was found last is oldest.
    const order = [...paths.keys()].sort((a, b) => byCodeUnit(paths[a]!, paths[b]!) || b - a);
    return {
      oids: order.map((i) => oids[i]!),
      paths: order.map((i) => paths[i]!),
      kinds: order.map((i) => this.listOf(kinds[i]!)),
    };
  }

  /** Where the files of each kind stand that the listing added before has alike, and all other places. */
  private besideNewer(listing: TreeListing): { places: number[][]; fresh: readonly number[] } {
    if (this.newer === undefined) {
      return { places: this.kinds.map(() => []), fresh: Array.from(listing.paths().keys()) };
    }
    const { differing, alike } = listing.differenceFrom(this.newer);
    const places = this.places.get(this.newer)!.map((there) => {
      const here: number[] = [];
      for (const place of there) if (alike[place] !== -1) here.push(alike[place]!);
      return here;
    });
    return { places, fresh: differing };
  }

  /** Plans what is not read of files whose kinds are known. */
  private takeUnread(listing: TreeListing, places: readonly (readonly number[])[]): void {
    const paths = listing.paths();
    for (const [k, kind] of this.kinds.entries()) {
      for (const i of places[k]!) {
        const oid = listing.oidAt(i);
        if (!kind.isRead(oid, paths[i]!)) this.take(paths[i]!, oid, 1 << k);
      }
    }
  }

  /** Plans to read a blob as of some kinds, but for those that have it in a plan already. */
  private take(path: string, oid: string, unread: KindSet): void {
    const before = this.planned.get(oid) ?? 0;
    const added = unread & ~before;
    if (added === 0) return;
    this.planned.set(oid, before | added);
    this.found.paths.push(path);
    this.found.oids.push(oid);
    this.found.kinds.push(added);
  }

  private listOf(set: KindSet): FileKind[] {
    let list = this.lists.get(set);
    if (list === undefined) {
      list = this.kinds.filter((_, k) => (set & (1 << k)) !== 0);
      this.lists.set(set, list);
    }
    return list;
  }
}

/** A bit for each kind. */
type KindSet = number;

/** Blobs and the kinds that are to read them, one for one in three lists. */
interface Found {
  paths: string[];
  oids: string[];
  kinds: KindSet[];
}

function nothing(): Found {
  return { paths: [], oids: [], kinds: [] };
}
