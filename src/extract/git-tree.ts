import type { TreeListing } from '../git/repository.ts';
import type { SourceTree } from '../kfunc/tree.ts';
import type { BlobTexts } from './blob-texts.ts';

/** A release's tree as the pure code sees it, read through git. */
export function gitTree(listing: TreeListing, blobs: BlobTexts): SourceTree {
  return {
    async read(path) {
      const oid = listing.oid(path);
      return oid === undefined ? undefined : await blobs.text(oid);
    },
    list: (directory) => listing.under(directory),
    has: (path) => listing.has(path),
    async search(candidates, words) {
      const oids = new Map<string, string>();
      for (const path of candidates) {
        const oid = listing.oid(path);
        if (oid !== undefined) oids.set(path, oid);
      }
      const held = await blobs.search([...oids.values()], words);
      return new Map(
        [...oids].flatMap(([path, oid]) => {
          const here = held.get(oid);
          return here ? [[path, here]] : [];
        }),
      );
    },
  };
}
