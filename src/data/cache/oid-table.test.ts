import { expect, test } from 'vitest';
import { OidTable } from './oid-table.ts';

/** Ids of five words, told apart by one of them. */
const ids = (from: number, to: number) =>
  Uint32Array.from({ length: (to - from) * 5 }, (_, i) => (i % 5 === 3 ? from + (i - 3) / 5 : 7));

test('finds ids that were added one by one and many at once, and no others', () => {
  const table = new OidTable(20, 16);
  table.addAll(ids(0, 5000));
  for (let n = 5000; n < 5100; n++) expect(table.add(ids(n, n + 1))).toBe(true);
  table.addAll(ids(5100, 5110));
  expect(table.size).toBe(5110);
  const there = Array.from({ length: 6000 }, (_, n) => table.has(ids(n, n + 1)));
  expect(there.lastIndexOf(true)).toBe(5109);
  expect(there.indexOf(false)).toBe(5110);
  expect(table.rows(5108)).toEqual(ids(5108, 5110));
});

test('takes an id that comes twice for one that is there', () => {
  const table = new OidTable(20);
  table.addAll(ids(0, 10));
  table.addAll(ids(5, 15));
  expect(table.add(ids(7, 8))).toBe(false);
  expect(table.has(ids(14, 15))).toBe(true);
});
