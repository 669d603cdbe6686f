import { expect, test } from 'vitest';
import { parseTreeListing } from '../git/tree-listing.ts';
import type { FileKind } from './file-kinds.ts';
import { KeptTree } from './kept-tree.ts';
import { ScanPlanner } from './scan.ts';
import { stamps } from './testing.ts';

function listing(...paths: string[]) {
  const lines = paths.map((path, n) => `100644 blob ${String(n + 10).repeat(20)}\t${path}\0`);
  return parseTreeListing(Buffer.from(lines.join('')));
}

const sources: FileKind = {
  holds: (path) => path.endsWith('.c'),
  isRead: () => true,
  words: () => null,
  read: () => undefined,
  passOver: () => undefined,
};

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

test('keeps a tree that shares much with the one that is kept no more than that', async () => {
  const cache = await keeping(FIRST, listing('a.c', 'b.c', 'c.c', 'd.c'));
  const near = listing('a.c', 'b.c', 'c.c', 'd.c', 'e.c');
  const far = listing('b.c', 'c.c', 'd.c', 'e.c');
  for (const [tree, kept] of [
    [near, FIRST],
    [far, SECOND],
  ] as const) {
    const planner = new ScanPlanner([sources]);
    const later = new KeptTree(cache);
    later.planWith(planner);
    expect(later.listing()).toBeDefined();
    await planner.add(tree);
    later.keep(SECOND, tree, planner);
    expect(new KeptTree(cache).commit).toBe(kept);
  }
});

test('keeps a tree in place of one whose commit the repository does not have, however near', async () => {
  const tree = listing('a.c', 'b.c');
  const cache = await keeping(FIRST, tree);
  const planner = new ScanPlanner([sources]);
  const later = new KeptTree(cache);
  later.planWith(planner);
  // Nobody asked for the listing: git could not tell what differs from it.
  await planner.add(tree);
  later.keep(SECOND, tree, planner);
  expect(new KeptTree(cache).commit).toBe(SECOND);
});
