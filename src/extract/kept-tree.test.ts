import { expect, test } from 'vitest';
import { TreeListing } from '../git/tree-listing.ts';
import { KeptTree } from './kept-tree.ts';
import { ScanPlanner } from './scan-plan.ts';
import { kind, listing as listingOf, stamps } from './testing.ts';

/** A listing whose blobs differ by their places. */
const listing = (...paths: string[]) =>
  listingOf(Object.fromEntries(paths.map((path, place) => [path, place])));

const sources = kind('.c');

const [FIRST, SECOND] = ['1'.repeat(40), '2'.repeat(40)] as [string, string];

/** A cache in which a run has kept a tree. */
async function keeping(commit: string, tree: ReturnType<typeof listing>, cache = stamps()) {
  const planner = new ScanPlanner([sources]);
  await planner.add(tree);
  new KeptTree(cache).keep(commit, tree, planner);
  return cache;
}

test('gives a later run the files of a commit, and where those of each kind stand', async () => {
  const tree = listing('a b.c', 'a/b.h', 'é"q\\.c');
  const kept = new KeptTree(await keeping(FIRST, tree));
  const planner = new ScanPlanner([sources]);
  kept.planWith(planner);
  const found = kept.listing()!;
  expect(kept.commit).toBe(FIRST);
  expect(found.paths()).toEqual(tree.paths());
  expect(found.differenceFrom(tree).differing).toEqual([]);
  expect([...planner.placesOf(sources, found)]).toEqual([0, 2]);
});

test('has nothing where nothing was kept', () => {
  const kept = new KeptTree(stamps());
  kept.planWith(new ScanPlanner([sources]));
  expect([kept.commit, kept.listing()]).toEqual(['', undefined]);
});

test('keeps the last', async () => {
  const cache = await keeping(FIRST, listing('a.c'));
  await keeping(SECOND, listing('b.c'), cache);
  const kept = new KeptTree(cache);
  kept.planWith(new ScanPlanner([sources]));
  expect([kept.commit, kept.listing()?.paths()]).toEqual([SECOND, ['b.c']]);
});

test('gives no tree of another commit, which a run beside it has put there', async () => {
  const cache = await keeping(FIRST, listing('a.c'));
  const kept = new KeptTree(cache);
  await keeping(SECOND, listing('b.c'), cache);
  kept.planWith(new ScanPlanner([sources]));
  expect(kept.listing()).toBeUndefined();
});

test('keeps no tree that something was left out of, nor an empty one', async () => {
  for (const tree of [listing('a.c', 'b\n.c'), listing()]) {
    expect((await keeping(FIRST, tree)).kept.size).toBe(0);
  }
});

/** A listing made from another, as one is of which git has told what differs. */
function madeFrom(other: ReturnType<typeof listing>, ...paths: string[]) {
  const tree = listing(...paths);
  const oids = new Uint8Array(tree.words.buffer);
  return new TreeListing(tree.paths(), oids, [], tree.differenceFrom(other));
}

test.each([
  [
    'stays while what is made from it shares much',
    ['a.c', 'b.c', 'c.c', 'd.c', 'e.c'],
    true,
    FIRST,
  ],
  ['goes when what is made from it shares little', ['b.c', 'c.c', 'd.c', 'e.c'], true, SECOND],
  // Its commit may be in another repository: git could not tell what differs.
  ['goes for one that was not made from it, however near', ['a.c', 'b.c', 'c.c'], false, SECOND],
])('a tree that is kept %s', async (_, paths, isMade, kept) => {
  const cache = await keeping(FIRST, listing('a.c', 'b.c', 'c.c', 'd.c'));
  const planner = new ScanPlanner([sources]);
  const later = new KeptTree(cache);
  later.planWith(planner);
  const tree = isMade ? madeFrom(later.listing()!, ...paths) : listing(...paths);
  await planner.add(tree);
  later.keep(SECOND, tree, planner);
  expect(new KeptTree(cache).commit).toBe(kept);
});
