import { expect, test } from 'vitest';
import { flagsOfEra } from './flags-of-era.ts';
import { findings } from './testing.ts';

test('finds two flags of one bit, and a name twice', () => {
  const found = findings(flagsOfEra, ({ file }) => {
    const { flags } = file('v7.0');
    flags[1]!.bit = 0;
    flags[2]!.name = 'KF_ACQUIRE';
  });
  expect(found).toEqual([
    'KF_ACQUIRE@v7.0: is defined twice',
    'KF_RELEASE@v7.0: has bit 0, as KF_ACQUIRE has',
  ]);
});

test('finds flags out of order, and one that is none', () => {
  const found = findings(flagsOfEra, ({ file }) => {
    const { flags } = file('v7.0');
    flags.reverse();
    flags[0]!.name = 'kf_dim';
  });
  expect(found).toEqual([
    'kf_dim@v7.0: is no name of a flag',
    'KF_ITER_NEW@v7.0: has bit 8 and stands after bit 16',
    'KF_RET_NULL@v7.0: has bit 2 and stands after bit 8',
    'KF_RELEASE@v7.0: has bit 1 and stands after bit 2',
    'KF_ACQUIRE@v7.0: has bit 0 and stands after bit 1',
  ]);
});

test('finds a bit beyond the word, and one that is missing', () => {
  const found = findings(flagsOfEra, ({ file }) => {
    const { flags } = file('v7.0');
    flags.at(-1)!.bit = 64;
    flags[0]!.bit = null;
  });
  expect(found).toEqual([
    'KF_IMPLICIT_ARGS@v7.0: has bit 64, for which no word has room',
    'flags@v7.0: have a bit in part: some are null',
    'KF_ACQUIRE@v7.0: has no bit',
  ]);
});

test('finds bits before 6.0 and flags before 5.18', () => {
  const found = findings(flagsOfEra, ({ dataset }) => {
    dataset.releases[0]!.tag = 'v5.17';
    dataset.releases[1]!.tag = 'v5.19';
  });
  expect(found).toEqual([
    'KF_ACQUIRE@v6.12: is a flag of a release that has none',
    'KF_RELEASE@v6.12: is a flag of a release that has none',
    'KF_RET_NULL@v6.12: is a flag of a release that has none',
    'KF_TRUSTED_ARGS@v6.12: is a flag of a release that has none',
    'KF_ITER_NEW@v6.12: is a flag of a release that has none',
    'KF_ACQUIRE@v6.13: is no flag that a set can give',
    'KF_RELEASE@v6.13: is no flag that a set can give',
    'KF_RET_NULL@v6.13: is no flag that a set can give',
    'KF_TRUSTED_ARGS@v6.13: is no flag that a set can give',
    'KF_ITER_NEW@v6.13: is no flag that a set can give',
  ]);
});

test('finds no flags where there are some', () => {
  const found = findings(flagsOfEra, ({ file, dataset }) => {
    dataset.releases[0]!.tag = 'v5.18';
    file('v6.12').flags = [];
    file('v6.13').flags = [];
  });
  expect(found).toEqual(['flags@v6.12: are missing', 'flags@v6.13: are missing']);
});

test('takes the flags that sets give in 5.19', () => {
  const found = findings(flagsOfEra, ({ file, dataset }) => {
    dataset.releases[0]!.tag = 'v5.19';
    file('v6.12').flags = file('v6.12')
      .flags.slice(0, 3)
      .map((flag) => ({ ...flag, bit: null }));
  });
  expect(found).toEqual([]);
});
