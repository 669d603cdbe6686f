import { describe, expect, test } from 'vitest';
import { compareVersions, parseVersion, seriesId } from './version.ts';

describe('parseVersion', () => {
  test('reads a release, a stable release and a candidate', () => {
    expect(parseVersion('v6.12')).toEqual({ major: 6, minor: 12, stable: null, candidate: null });
    expect(parseVersion('v6.12.107')).toMatchObject({ stable: 107, candidate: null });
    expect(parseVersion('v7.4-rc2')).toMatchObject({ stable: null, candidate: 2 });
    expect(parseVersion('v7.0')).toMatchObject({ major: 7, minor: 0 });
  });

  test.each([
    'v2.6.39',
    'v6.12-rc1-dontuse',
    'v6.1-rt4',
    'next-20240101',
    'v6.6.1-foo',
    'v06.1',
    'v6.01',
    'v6.1.0',
    'v6.1-rc0',
    '6.1',
    'V6.1',
    'v6',
    'v6.1\n',
    'x/v6.1',
    'v6.1.2.3',
    'v99999.1',
    '',
  ])('does not take %j for a version', (tag) => {
    expect(parseVersion(tag)).toBeNull();
  });
});

test('versions are ordered by number, a candidate before its release', () => {
  const tags = ['v6.1', 'v6.0.10', 'v6.0', 'v6.0-rc10', 'v5.19', 'v6.0.9', 'v6.0-rc2', 'v6.10'];
  const sorted = tags.map((tag) => parseVersion(tag)!).sort(compareVersions);
  expect(sorted.map((v) => `${seriesId(v)}:${v.stable ?? '-'}:${v.candidate ?? '-'}`)).toEqual([
    'v5.19:-:-',
    'v6.0:-:2',
    'v6.0:-:10',
    'v6.0:-:-',
    'v6.0:9:-',
    'v6.0:10:-',
    'v6.1:-:-',
    'v6.10:-:-',
  ]);
});
