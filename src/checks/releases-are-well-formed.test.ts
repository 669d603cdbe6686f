import { expect, test } from 'vitest';
import { releasesAreWellFormed } from './releases-are-well-formed.ts';
import { findings } from './testing.ts';

test('finds a commit, a date and a tag that are none', () => {
  const found = findings(releasesAreWellFormed, ({ dataset }) => {
    const [first, second] = dataset.releases;
    first!.commit = 'HEAD';
    first!.date = '2024-13-40';
    second!.tag = 'v6.12.3';
    second!.exact = false;
  });
  expect(found).toEqual([
    'releases.json@v6.12: has the commit HEAD',
    'releases.json@v6.12: has the date 2024-13-40',
    'releases.json@v6.13: is stood for by v6.12.3, of another series',
  ]);
});

test('finds what is exact by word alone', () => {
  const found = findings(releasesAreWellFormed, ({ dataset }) => {
    dataset.releases[0]!.tag = 'v6.12.107';
  });
  expect(found).toEqual(['releases.json@v6.12: is exactly v6.12.107']);
});

test('finds releases out of order, by version and by date', () => {
  const found = findings(releasesAreWellFormed, ({ dataset }) => {
    const { releases } = dataset;
    [releases[0], releases[1]] = [releases[1]!, releases[0]!];
  });
  expect(found).toEqual([
    'releases.json@v6.12: stands after v6.13',
    'releases.json@v6.12: is of 2024-11-17, and v6.13 before it of 2025-01-19',
  ]);
});

test('finds a line that stands apart, and mainline after another', () => {
  const found = findings(releasesAreWellFormed, ({ dataset }) => {
    const { releases } = dataset;
    releases.unshift(releases.pop()!);
  });
  expect(found).toEqual([
    'releases.json@v6.12: stands apart from its line, mainline',
    'releases.json@v6.13: stands apart from its line, mainline',
    'releases.json@v7.0: stands apart from its line, mainline',
  ]);
});

test('finds a preview that is not last, and a name that is no version', () => {
  const found = findings(releasesAreWellFormed, ({ dataset }) => {
    dataset.releases[0]!.preview = true;
    dataset.releases[2]!.id = 'newest';
    dataset.releases[2]!.tag = 'newest';
  });
  expect(found).toEqual([
    'releases.json@newest: is of mainline, and no version',
    'releases.json@v6.12: is a preview, and not last',
  ]);
});

test('does not mind the date of a tag that stands for another', () => {
  const found = findings(releasesAreWellFormed, ({ dataset }) => {
    Object.assign(dataset.releases[0]!, { tag: 'v6.12.107', exact: false, date: '2026-08-28' });
  });
  expect(found).toEqual([]);
});
