import { expect, test } from 'vitest';
import type { KfuncReading } from '../kfunc/types.ts';
import { foldHistory } from './fold.ts';
import { kfunc, release, words } from './testing.ts';

const body = `{ ${Array.from({ length: 50 }, (_, i) => `step${(i * 7) % 50}`).join(' ')} ; }`;

function fold(...releases: KfuncReading[][]) {
  const { kfuncs } = foldHistory(releases.map((list, i) => release(`v6.${12 + i}`, list)));
  return (name: string) => kfuncs.find((k) => k.name === name)!;
}
const kinds = (record: ReturnType<ReturnType<typeof fold>>, id: string) =>
  record.lines[0]!.changes.filter((c) => c.release === id).map((c) => c.kind);

const old = kfunc('stove_dispatch', { body });
const wrapper = kfunc('stove_dispatch', {
  body: '{ warn ( renamed ) ; stove_insert ( k ) ; }',
  wraps: 'stove_insert',
  deprecation: [
    words({ kind: 'warning', instead: 'stove_insert' }),
    words({ kind: 'wrapper', hash: null, instead: 'stove_insert' }),
  ],
});
const insert = kfunc('stove_insert', { body });

test('tells a rename that leaves the old name beside the new one as a deprecated wrapper', () => {
  const record = fold([old], [wrapper, insert]);
  const evidence = ['same-body', 'same-prototype', 'comment', 'wrapper'];
  expect(record('stove_dispatch')).toMatchObject({
    status: 'deprecated',
    replacedBy: [{ name: 'stove_insert', release: 'v6.13', evidence }],
  });
  expect(record('stove_insert').replaces).toEqual([
    { name: 'stove_dispatch', release: 'v6.13', evidence },
  ]);
  expect(kinds(record('stove_dispatch'), 'v6.13')).toEqual(['renamed', 'deprecated']);
  expect(kinds(record('stove_insert'), 'v6.13')).toEqual(['added', 'renamed']);
});

test('keeps what replaced a kfunc when it goes later, and looks for nothing else', () => {
  const lookalike = kfunc('stove_dispatch_all', { body });
  const record = fold([old], [wrapper, insert], [insert, lookalike]);
  expect(record('stove_dispatch').status).toBe('removed');
  expect(record('stove_dispatch').replacedBy.map((r) => r.name)).toEqual(['stove_insert']);
  expect(kinds(record('stove_dispatch'), 'v6.14')).toEqual(['removed']);
  expect(record('stove_dispatch_all').replaces).toEqual([]);
});

test('believes the words of the first release scanned, but tells no rename', () => {
  const record = fold([wrapper, insert]);
  expect(record('stove_dispatch').replacedBy).toEqual([
    { name: 'stove_insert', release: 'v6.12', evidence: ['comment', 'wrapper'] },
  ]);
  expect(kinds(record('stove_dispatch'), 'v6.12')).toEqual(['added']);
});

test('tells a replacement, and no rename, when words point to a kfunc that was there before', () => {
  const heat = kfunc('stove_heat');
  const said = kfunc('stove_warm', { deprecation: [words({ instead: 'stove_heat' })] });
  const record = fold([kfunc('stove_warm'), heat], [said, heat]);
  expect(record('stove_warm').replacedBy).toEqual([
    { name: 'stove_heat', release: 'v6.13', evidence: ['comment'] },
  ]);
  expect(kinds(record('stove_warm'), 'v6.13')).toEqual(['deprecated']);
  expect(kinds(record('stove_heat'), 'v6.13')).toEqual([]);
});

test('takes the callee for the replacement where words of deprecation name none', () => {
  const said = kfunc('stove_warm', { wraps: 'stove_heat', deprecation: [words()] });
  const heat = kfunc('stove_heat');
  const record = fold([kfunc('stove_warm'), heat], [said, heat]);
  expect(record('stove_warm').replacedBy).toMatchObject([
    { name: 'stove_heat', evidence: ['comment', 'wrapper'] },
  ]);
});

test('tells one rename of two names that one new kfunc stands for', () => {
  const both = (name: string) =>
    kfunc(name, { wraps: 'stove_insert', deprecation: [words({ instead: 'stove_insert' })] });
  const record = fold(
    [old, kfunc('stove_put', { body })],
    [both('stove_dispatch'), both('stove_put'), insert],
  );
  const renamed = (name: string) =>
    record(name).lines[0]!.changes.filter((c) => c.kind === 'renamed');
  expect(renamed('stove_insert')).toMatchObject([
    { was: ['stove_dispatch', 'stove_put'], now: ['stove_insert'] },
  ]);
  expect(renamed('stove_put')).toMatchObject([{ was: ['stove_put'], now: ['stove_insert'] }]);
});

test('does not take a plain wrapper for a deprecated one', () => {
  const calls = kfunc('stove_warm', {
    wraps: 'stove_heat',
    deprecation: [words({ kind: 'wrapper', hash: null, instead: 'stove_heat' })],
  });
  const record = fold([kfunc('stove_warm')], [calls, kfunc('stove_heat')]);
  expect(record('stove_warm')).toMatchObject({ status: 'active', replacedBy: [] });
});

test('does not believe two kfuncs that point at each other', () => {
  const a = kfunc('stove_warm', { deprecation: [words({ instead: 'stove_heat' })] });
  const b = kfunc('stove_heat', { deprecation: [words({ instead: 'stove_warm' })] });
  const record = fold([a, b]);
  expect(record('stove_warm').replacedBy).toEqual([]);
  expect(record('stove_heat').replacedBy).toEqual([]);
});

test('does not name a replacement that is no kfunc of the release', () => {
  const said = kfunc('stove_warm', { deprecation: [words({ instead: 'stove_heat' })] });
  expect(fold([said])('stove_warm').replacedBy).toEqual([]);
});

test('takes the next generation for a replacement when it is called or has the same prototype', () => {
  const v2 = kfunc('stove_insert___v2', { body, params: 'struct kettle *k' });
  const record = fold([insert], [kfunc('stove_insert', { wraps: 'stove_insert___v2' }), v2]);
  expect(record('stove_insert').replacedBy).toMatchObject([
    {
      name: 'stove_insert___v2',
      evidence: ['same-body', 'same-prototype', 'wrapper', 'name-pair'],
    },
  ]);
  expect(record('stove_insert').status).toBe('active');
});

test('does not take the next generation for a replacement by its name alone', () => {
  const v2 = kfunc('stove_insert___v2', { params: 'u64 a, u64 b', returns: 'bool' });
  expect(fold([insert], [insert, v2])('stove_insert').replacedBy).toEqual([]);
});

test('does not take an older generation that comes later for a replacement', () => {
  const v2 = kfunc('stove_insert___v2', { body });
  expect(fold([v2], [v2, insert])('stove_insert___v2').replacedBy).toEqual([]);
});

test('gives the place of one that left to the first of two generations that came at once', () => {
  const first = kfunc('stove_insert', {
    body: '{ stove_insert___v2 ( k ) ; }',
    deprecation: [words(), words({ kind: 'wrapper', hash: null, instead: 'stove_insert___v2' })],
  });
  const record = fold([old], [first, kfunc('stove_insert___v2', { body })]);
  expect(record('stove_dispatch').replacedBy).toMatchObject([
    { name: 'stove_insert', evidence: ['same-body', 'same-prototype'] },
  ]);
  expect(record('stove_insert').replacedBy).toMatchObject([{ name: 'stove_insert___v2' }]);
});
