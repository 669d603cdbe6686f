import { describe, expect, test } from 'vitest';
import { parseTreeListing } from './tree-listing.ts';

const A = '0123456789abcdef0123456789abcdef01234567';
const B = 'fedcba9876543210fedcba9876543210fedcba98';

type Entry = readonly [path: string | Buffer, oid?: string, mode?: string];

function bytesOf(entries: readonly Entry[]) {
  const parts = entries.flatMap(([path, oid = A, mode = '100644 blob']) => [
    Buffer.from(`${mode} ${oid}\t`),
    Buffer.from(path as string),
    Buffer.from([0]),
  ]);
  return Buffer.concat(parts);
}

function listing(...entries: Entry[]) {
  return parseTreeListing(bytesOf(entries));
}

describe('a tree listing', () => {
  test('gives the id of each path', () => {
    const tree = listing(['Makefile'], ['kernel/a.c', B], ['kernel/b.c', A, '100755 blob']);
    expect(tree.size).toBe(3);
    expect(tree.paths()).toEqual(['Makefile', 'kernel/a.c', 'kernel/b.c']);
    expect([tree.oid('Makefile'), tree.oid('kernel/a.c'), tree.oidAt(2)]).toEqual([A, B, A]);
    expect(tree.has('kernel/b.c')).toBe(true);
    for (const path of ['kernel', 'kernel/', 'z', '', 'a']) {
      expect(tree.has(path)).toBe(false);
      expect(tree.oid(path)).toBeUndefined();
    }
  });

  test('keeps ids of SHA-256 whole', () => {
    const oid = `${A}${B.slice(0, 24)}`;
    expect(listing(['a', oid], ['b', oid]).oid('b')).toBe(oid);
  });

  test('tells where another listing differs, and not where that has more', () => {
    const newer = listing(['a', B], ['b'], ['c', A, '100755 blob'], ['d'], ['f', B]);
    const older = listing(['0'], ['a'], ['b'], ['c'], ['e'], ['f', B], ['g']);
    expect(newer.differenceFrom(older).differing.map((i) => newer.paths()[i])).toEqual(['a', 'd']);
    expect(older.differenceFrom(newer).differing.map((i) => older.paths()[i])).toEqual([
      '0',
      'a',
      'e',
      'g',
    ]);
    expect(newer.differenceFrom(newer).differing).toEqual([]);
    expect(newer.differenceFrom(listing()).differing).toHaveLength(newer.size);
    expect(listing().differenceFrom(newer).differing).toEqual([]);
    expect([...newer.differenceFrom(older).alike]).toEqual([-1, -1, 1, 2, -1, 4, -1]);
    expect([...listing().differenceFrom(newer).alike]).toEqual([-1, -1, -1, -1, -1]);
  });

  test('takes ids of another kind for other blobs', () => {
    const long = listing(['a', `${A}${B.slice(0, 24)}`], ['b', `${A}${A.slice(0, 24)}`]);
    expect(listing(['a'], ['b']).differenceFrom(long).differing).toEqual([0, 1]);
  });

  test('is the same beside a neighbour, whatever that has', () => {
    const neighbours = [
      [],
      [['a'], ['b'], ['c']],
      [['0'], ['a', B], ['aa'], ['d']],
      [['z']],
      [['\u00e4'], ['b']],
    ] satisfies Entry[][];
    const entries: Entry[] = [['a'], ['aa', B], ['b', A, '120000 blob'], ['c', B], ['d/e']];
    const alone = parseTreeListing(bytesOf(entries));
    for (const neighbour of neighbours) {
      const beside = parseTreeListing(bytesOf(entries), listing(...neighbour));
      expect(beside.paths()).toEqual(['a', 'aa', 'c', 'd/e']);
      expect(beside.paths().map((_, i) => beside.oidAt(i))).toEqual([A, B, B, A]);
      expect(beside.differenceFrom(alone).differing).toEqual([]);
    }
  });

  test('leaves out symlinks and submodules in silence', () => {
    const tree = listing(['a', A, '120000 blob'], ['b', A, '160000 commit'], ['c']);
    expect(tree.paths()).toEqual(['c']);
    expect(tree.diagnostics).toEqual([]);
  });

  test('lists what is below a folder, and not what only begins like it', () => {
    const tree = listing(['net-x/a'], ['net.c'], ['net/a'], ['net/b/c'], ['net0'], ['neta/b']);
    expect(tree.under('net')).toEqual(['net/a', 'net/b/c']);
    expect(tree.under('')).toHaveLength(6);
    expect(tree.under('nothing')).toEqual([]);
  });

  test.each([
    ['../etc/passwd', 'has an empty component, . or ..'],
    ['a/../b', 'has an empty component, . or ..'],
    ['a/.', 'has an empty component, . or ..'],
    ['a//b', 'has an empty component, . or ..'],
    ['/etc/passwd', 'is not a relative path'],
    ['a\nb', 'has control characters'],
    ['a\u001b[31m', 'has control characters'],
    [Buffer.from([0x61, 0xff]), 'is not UTF-8'],
  ])('leaves out %j with a diagnostic', (path, problem) => {
    const tree = listing(['Makefile'], [path, B]);
    expect(tree.paths()).toEqual(['Makefile']);
    expect(tree.diagnostics).toMatchObject([
      { code: 'odd-path', severity: 'warning', message: `left out: the path ${problem}` },
    ]);
    expect(tree.diagnostics[0]!.path).not.toMatch(/\p{Cc}/u);
  });

  test('takes paths that only look odd', () => {
    const paths = ['..a/b', '.clang-format', 'a b"c.c', 'a/...', 'naïve.c'];
    expect(listing(...paths.map((path) => [path] as const)).paths()).toEqual(paths);
  });

  test('is sorted by code unit, whatever the order of git, and has each path once', () => {
    const tree = listing(['b', B], ['\u{ffee}', B], ['\u{1f600}', A], ['a'], ['b', A]);
    expect(tree.paths()).toEqual(['a', 'b', '\u{1f600}', '\u{ffee}']);
    expect(tree.oid('b')).toBe(B);
    expect(tree.oid('\u{1f600}')).toBe(A);
  });

  test('of nothing, or of an output that was cut off, is no error', () => {
    expect(listing().size).toBe(0);
    expect(parseTreeListing(Buffer.from(`100644 blob ${A}\tMakefile\u0000100644 bl`)).size).toBe(1);
  });
});
