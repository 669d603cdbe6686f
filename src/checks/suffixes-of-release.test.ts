import { expect, test } from 'vitest';
import { suffixesOfRelease } from './suffixes-of-release.ts';
import { findings } from './testing.ts';

test('finds what is no suffix', () => {
  const found = findings(suffixesOfRelease, ({ file }) => {
    file('v7.0').suffixes[0]!.literal = 'ign';
  });
  expect(found).toEqual([
    'ign@v7.0: is no suffix of a parameter',
    '__k@v7.0: stands twice or out of order',
  ]);
});

test('finds a suffix that stands twice', () => {
  const found = findings(suffixesOfRelease, ({ file }) => {
    const { suffixes } = file('v7.0');
    suffixes.push(suffixes.at(-1)!);
  });
  expect(found).toEqual(['__sz@v7.0: stands twice or out of order']);
});
