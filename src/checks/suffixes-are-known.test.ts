import { expect, test } from 'vitest';
import { suffixesAreKnown } from './suffixes-are-known.ts';
import { findings } from './testing.ts';

test('finds a suffix that was not seen', () => {
  const found = findings(suffixesAreKnown, ({ state }) => {
    state('bpf_iter_lamp_new').prototype!.params[2]!.suffix = null;
  });
  expect(found).toEqual([
    'bpf_iter_lamp_new@v6.12: has the parameter buf__sz with the suffix null, expected __sz',
    'bpf_iter_lamp_new@v6.13: has the parameter buf__sz with the suffix null, expected __sz',
    'bpf_iter_lamp_new@v7.0: has the parameter buf__sz with the suffix null, expected __sz',
    'bpf_iter_lamp_new@garden: has the parameter buf__sz with the suffix null, expected __sz',
  ]);
});

test('finds a suffix that the release does not know', () => {
  const found = findings(suffixesAreKnown, ({ file }) => {
    file('v6.12').suffixes = [];
  });
  expect(found).toEqual([
    'bpf_iter_lamp_new@v6.12: has the parameter buf__sz with the suffix __sz, expected null',
    'bpf_lamp_dim_impl@v6.12: has the parameter by__k with the suffix __k, expected null',
    'bpf_lamp_dim_impl@v6.12: has the parameter aux__ign with the suffix __ign, expected null',
  ]);
});

test('finds a shorter suffix than fits', () => {
  const found = findings(suffixesAreKnown, ({ file }) => {
    file('v7.0').suffixes.push({ ...file('v7.0').suffixes[0]!, literal: '__lamp__by__k' });
    file('v7.0').suffixes.push({ ...file('v7.0').suffixes[0]!, literal: 'by__k' });
  });
  expect(found).toEqual([
    'bpf_lamp_dim@v7.0: has the parameter by__k with the suffix __k, expected by__k',
  ]);
});
