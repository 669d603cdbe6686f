import { describe, expect, test } from 'vitest';
import { ScanPlanner } from './scan-plan.ts';
import { kind, listing, oid } from './testing.ts';

test('plans by path, oldest release first, each blob once, without what was read before', async () => {
  const planner = new ScanPlanner([kind('.c', [9])]);
  await planner.add(listing({ 'a.c': 4, 'b.c': 1, 'c.c': 9, d: 5 }));
  await planner.add(listing({ 'a.c': 3, 'b.c': 1, 'e.c': 4 }));
  await planner.add(listing({ 'a.c': 2, 'b.c': 1 }));
  const { oids, paths } = planner.plan();
  expect(paths).toEqual(['a.c', 'a.c', 'a.c', 'b.c']);
  expect(oids).toEqual([2, 3, 4, 1].map(oid));
});

test('reads a file of two kinds once for both', async () => {
  const kinds = [kind('.c'), kind('a.c')];
  const planner = new ScanPlanner(kinds);
  await planner.add(listing({ 'a.c': 1, 'b.c': 2 }));
  expect(planner.plan().kinds).toEqual([kinds, kinds.slice(0, 1)]);
});

test('has in a second plan only what came since the first', async () => {
  const planner = new ScanPlanner([kind('.c')]);
  await planner.add(listing({ 'b.c': 2 }));
  expect(planner.plan().paths).toEqual(['b.c']);
  await planner.add(listing({ 'a.c': 1, 'b.c': 2, 'c.c': 3 }));
  expect(planner.plan().paths).toEqual(['a.c', 'c.c']);
  expect(planner.plan().paths).toEqual([]);
});

test('lets others have their turn while it looks at many files', async () => {
  const many = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, n) => [`${String(n).padStart(5, '0')}.c`, n]),
  );
  const planner = new ScanPlanner([kind('.c')]);
  const adding = planner.add(listing(many)).then(() => 'added');
  const turn = new Promise((resolve) => setImmediate(resolve, 'turn'));
  expect(await Promise.race([adding, turn])).toBe('turn');
  await adding;
  expect(planner.plan().oids).toHaveLength(20_000);
});

test('tells where the files of a kind stand in each listing, those that neighbours share too', async () => {
  const [c, all] = [kind('.c', [1]), kind('')];
  const planner = new ScanPlanner([c, all]);
  const newer = listing({ 'a.c': 1, 'b.h': 2, 'c.c': 3 });
  const older = listing({ 'B.c': 7, 'a.c': 1, 'b.h': 4, 'c.c': 5, 'd.c': 6 });
  await planner.add(newer);
  await planner.add(older);
  expect([newer, older].map((files) => [...planner.placesOf(c, files)])).toEqual([
    [0, 2],
    [0, 1, 3, 4],
  ]);
  expect([...planner.placesOf(all, older)]).toEqual([0, 1, 2, 3, 4]);
});

describe('a planner that begins with a listing of an earlier run', () => {
  const files = { 'a.c': 1, 'b.c': 2, 'c.h': 3 };

  test('plans what a later one has not alike, and what is not known any more', async () => {
    const c = kind('.c', [1]);
    const planner = new ScanPlanner([c]);
    planner.know(listing(files), [[0, 1]]);
    const later = listing({ '0.c': 5, 'a.c': 1, 'b.c': 2, 'c.h': 3, 'd.c': 4 });
    await planner.add(later);
    expect(planner.plan().oids).toEqual([5, 2, 4].map(oid));
    expect([...planner.placesOf(c, later)]).toEqual([0, 1, 2, 4]);
  });

  test('plans nothing that only the earlier one has: it may be of another repository', async () => {
    const planner = new ScanPlanner([kind('.c', [1])]);
    planner.know(listing(files), [[0, 1]]);
    await planner.add(listing({ 'a.c': 1, 'b.c': 4 }));
    expect(planner.plan().oids).toEqual([oid(4)]);
    await planner.add(listing({ 'a.c': 1 }));
    expect(planner.plan().oids).toEqual([]);
  });

  test('does not ask about what both have', async () => {
    const asked: string[] = [];
    const holds = (path: string) => asked.push(path) > 0;
    const planner = new ScanPlanner([{ ...kind(''), holds }]);
    planner.know(listing(files), [[]]);
    await planner.add(listing({ ...files, 'b.c': 9 }));
    expect(asked).toEqual(['b.c']);
  });

  test('tells where the files stand for a later run, without those that have nothing to say', async () => {
    let empty: string[] = [];
    const c = {
      ...kind('.c'),
      holds: (path: string) => path.endsWith('.c') && !empty.includes(path),
    };
    const planner = new ScanPlanner([c, kind('')]);
    const tree = listing(files);
    await planner.add(tree);
    empty = ['a.c'];
    expect(planner.filesOf(tree)).toEqual([[1], [0, 1, 2]]);
  });
});
