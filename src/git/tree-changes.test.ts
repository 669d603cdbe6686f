import { describe, expect, test } from 'vitest';
import { applyChanges, parseTreeChanges } from './tree-changes.ts';
import { parseTreeListing, TreeListing } from './tree-listing.ts';

const ZERO = '0'.repeat(40);
const [A, B, C] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string];

function listing(files: Record<string, string>) {
  const lines = Object.entries(files).map(([path, oid]) => `100644 blob ${oid}\t${path}\0`);
  return parseTreeListing(Buffer.from(lines.join('')));
}

/** What git prints of changes: modes, ids, status and path of each. */
function changes(...all: [modes: string, ids: [string, string], status: string, path: string][]) {
  const lines = all.map(([modes, ids, status, path]) => {
    return `:${modes} ${ids.join(' ')} ${status}\0${path}\0`;
  });
  return parseTreeChanges(Buffer.from(lines.join('')));
}

const filesOf = (tree: ReturnType<typeof applyChanges>) =>
  tree && Object.fromEntries(tree.paths().map((path) => [path, tree.oid(path)]));

describe('the changes of a tree', () => {
  test('are its regular files that the other has not alike, and what that has there', () => {
    const { changed, before } = changes(
      ['100644 100755', [A, B], 'M', 'a.c'],
      ['000000 100644', [ZERO, B], 'A', 'b.c'],
      ['100644 000000', [C, ZERO], 'D', 'c.c'],
      ['100644 120000', [A, B], 'T', 'd'],
      ['120000 100644', [A, C], 'T', 'e'],
      ['160000 160000', [A, B], 'M', 'f'],
    );
    expect(filesOf(changed)).toEqual({ 'a.c': B, 'b.c': B, e: C });
    expect([...before]).toEqual([
      ['a.c', A],
      ['b.c', null],
      ['c.c', C],
      ['d', A],
      ['e', null],
      ['f', null],
    ]);
  });

  test('may be none', () => {
    expect(filesOf(applyChanges(listing({ 'a.c': A }), changes()))).toEqual({ 'a.c': A });
  });
});

describe('a listing with its changes applied', () => {
  test('has what is new, another or unchanged, in order, and not what is gone', () => {
    const older = listing({ 'a.c': A, 'b.c': A, 'd.c': A, 'é.c': A });
    const tree = applyChanges(
      older,
      changes(
        ['000000 100644', [ZERO, C], 'A', '0.c'],
        ['100644 100644', [A, B], 'M', 'a.c'],
        ['000000 100644', [ZERO, C], 'A', 'c.c'],
        ['100644 000000', [A, ZERO], 'D', 'd.c'],
        ['100644 100644', [A, B], 'M', 'é.c'],
        ['000000 100644', [ZERO, C], 'A', 'ü.c'],
      ),
    )!;
    expect(tree.paths()).toEqual(['0.c', 'a.c', 'b.c', 'c.c', 'é.c', 'ü.c']);
    expect(filesOf(tree)).toEqual({
      ...{ '0.c': C, 'a.c': B, 'b.c': A, 'c.c': C },
      ...{ 'é.c': B, 'ü.c': C },
    });
    const { differing, alike } = tree.differenceFrom(older);
    expect(differing).toEqual([0, 1, 3, 4, 5]);
    expect([...alike]).toEqual([-1, 2, -1, -1]);
    // The same as when the two are held against each other.
    const twin = new TreeListing(tree.paths(), new Uint8Array(tree.words.buffer), tree.diagnostics);
    expect(twin.differenceFrom(older)).toEqual({ other: older, differing, alike });
  });

  test('follows a file that becomes a folder, and a folder that becomes a file', () => {
    const older = listing({ a: A, 'a.c': A, 'b/x.c': A });
    const tree = applyChanges(
      older,
      changes(
        ['100644 000000', [A, ZERO], 'D', 'a'],
        ['000000 100644', [ZERO, B], 'A', 'a/y.c'],
        ['000000 100644', [ZERO, C], 'A', 'b'],
        ['100644 000000', [A, ZERO], 'D', 'b/x.c'],
      ),
    );
    expect(filesOf(tree)).toEqual({ 'a.c': A, 'a/y.c': B, b: C });
  });

  test('leaves out an odd path that came, and says so', () => {
    const tree = applyChanges(
      listing({ 'a.c': A }),
      changes(['000000 100644', [ZERO, B], 'A', 'b\n.c']),
    )!;
    expect(tree.paths()).toEqual(['a.c']);
    expect(tree.diagnostics.map(({ code }) => code)).toEqual(['odd-path']);
  });

  test.each([
    ['another blob where one changed', changes(['100644 100644', [B, C], 'M', 'a.c'])],
    ['no file where one changed', changes(['100644 100644', [A, C], 'M', 'b.c'])],
    ['no file where one went', changes(['100644 000000', [A, ZERO], 'D', 'b.c'])],
    ['a file where one came', changes(['000000 100644', [ZERO, A], 'A', 'a.c'])],
    [
      'ids of another kind',
      changes(['000000 100644', ['0'.repeat(64), 'a'.repeat(64)], 'A', 'b.c']),
    ],
  ])('is none for a listing that has %s', (_, wrong) => {
    expect(applyChanges(listing({ 'a.c': A }), wrong)).toBeUndefined();
  });

  test('is none for a listing that something was left out of', () => {
    expect(applyChanges(listing({ 'a.c': A, 'b\n.c': A }), changes())).toBeUndefined();
  });
});
