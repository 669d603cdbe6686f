import { expect, test } from 'vitest';
import { spansOf } from './spans.ts';

const ids = ['v6.1', 'v6.2', 'v6.3', 'v6.4'];
const spans = (presence: string, before: string | null = null) =>
  spansOf(
    ids,
    Array.from(presence, (c) => c === 'x'),
    before,
  );

test('has no lower bound for what the first release scanned has', () => {
  expect(spans('xxxx')).toEqual([{ first: 'v6.1', after: null, last: null, goneIn: null }]);
});

test('bounds a span by the releases next to it that lack the kfunc', () => {
  expect(spans('-xx-')).toEqual([{ first: 'v6.2', after: 'v6.1', last: 'v6.3', goneIn: 'v6.4' }]);
});

test('begins a second span when a name comes back', () => {
  expect(spans('x-x-')).toEqual([
    { first: 'v6.1', after: null, last: 'v6.1', goneIn: 'v6.2' },
    { first: 'v6.3', after: 'v6.2', last: 'v6.3', goneIn: 'v6.4' },
  ]);
});

test('takes the base of a line that lacks the kfunc for the lower bound', () => {
  expect(spans('x---', 'v6.0')[0]!.after).toBe('v6.0');
});

test('gives nothing for a kfunc that is nowhere', () => {
  expect(spans('----', 'v6.0')).toEqual([]);
});
