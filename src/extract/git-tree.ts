import type { TreeListing } from '../git/repository.ts';
import type { SourceTree } from '../kfunc/tree.ts';
import type { BlobTexts } from './blob-texts.ts';
import type { Searches } from './searches.ts';

/** A release's tree as the pure code sees it, read through git. */
export function gitTree(listing: TreeListing, blobs: BlobTexts, searches: Searches): SourceTree {
  return {
    async read(path) {
      const oid = listing.oid(path);
      return oid === undefined ? undefined : await blobs.text(oid);
    },
    list: (directory) => listing.under(directory),
    has: (path) => listing.has(path),
    async search(candidates, words) {
      const files = new Map<string, string>();
      for (const path of candidates) {
        const oid = listing.oid(path);
        if (oid !== undefined) files.set(path, oid);
      }
      return searches.find(files, words);
    },
  };
}
