import { expect, test } from 'vitest';
import { KeptByBlob } from './kept-by-blob.ts';
import { stamps } from './testing.ts';

test('gives a later run what an earlier one has set', () => {
  const cache = stamps();
  const first = new KeptByBlob<string[]>(cache, 'words');
  expect(first.get('aa')).toBeUndefined();
  first.set('aa', ['x']);
  first.set('bb', []);
  first.save();
  const second = new KeptByBlob<string[]>(cache, 'words');
  expect([second.get('aa'), second.get('bb'), second.get('cc')]).toEqual([['x'], [], undefined]);
  expect(new KeptByBlob(cache, 'other words').get('aa')).toBeUndefined();
});

test('tells a null that is kept from nothing', () => {
  const cache = stamps();
  // The second lot is little, and stands beside the first.
  for (const lot of [['aa', 'bb', 'cc', 'dd'], ['ee']]) {
    const kept = new KeptByBlob<string | null>(cache, 'words');
    for (const oid of lot) kept.set(oid, null);
    kept.save();
  }
  const later = new KeptByBlob<string | null>(cache, 'words');
  expect(['aa', 'ee', 'ff'].map((oid) => later.get(oid))).toEqual([null, null, undefined]);
});

test('forgets what a run that adds something did not ask for', () => {
  const cache = stamps();
  const first = new KeptByBlob<number>(cache, 'n');
  for (const oid of ['aa', 'bb']) first.set(oid, 1);
  first.save();
  const second = new KeptByBlob<number>(cache, 'n');
  second.get('bb');
  second.set('cc', 2);
  second.save();
  expect(cache.stamp('n')).toEqual({ bb: 1, cc: 2 });
});

test('writes nothing when nothing is new', () => {
  const cache = stamps();
  new KeptByBlob<number>(cache, 'n').save();
  expect(cache.kept.size).toBe(0);
});

test('keeps of the blobs that it is told of what is known of them', () => {
  const cache = stamps();
  const kept = new KeptByBlob<number>(cache, 'n');
  for (const oid of ['aa', 'bb']) kept.set(oid, 1);
  kept.save(['bb', 'bb', 'cc']);
  expect(cache.stamp('n')).toEqual({ bb: 1 });
});

test('puts the few that a run adds beside the many, until they are many too', () => {
  const cache = stamps();
  const first = new KeptByBlob<number>(cache, 'n');
  for (let i = 0; i < 8; i++) first.set(`old${i}`, i);
  first.save();
  const whole = cache.stamp('n');
  for (const [oid, value] of [
    ['new1', 11],
    ['new2', 12],
  ] as const) {
    const next = new KeptByBlob<number>(cache, 'n');
    next.set(oid, value);
    next.save();
    expect(cache.stamp('n')).toEqual(whole);
  }
  const last = new KeptByBlob<number>(cache, 'n');
  expect(['old7', 'new1', 'new2', 'none'].map((oid) => last.get(oid))).toEqual([
    7,
    11,
    12,
    undefined,
  ]);
  last.set('new3', 13);
  last.save();
  expect(cache.stamp('n')).toEqual({ old7: 7, new1: 11, new2: 12, new3: 13 });
  expect(new KeptByBlob<number>(cache, 'n').get('old0')).toBeUndefined();
});

test('gives of a blob that was set anew what was set last', () => {
  const cache = stamps();
  const first = new KeptByBlob<number>(cache, 'n');
  for (let i = 0; i < 8; i++) first.set(`oid${i}`, i);
  first.save();
  const second = new KeptByBlob<number>(cache, 'n');
  second.set('oid0', 100);
  second.save();
  expect(new KeptByBlob<number>(cache, 'n').get('oid0')).toBe(100);
});
