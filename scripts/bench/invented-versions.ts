import type { Version } from '../../src/git/version.ts';
import { compareSeries } from '../../src/git/version.ts';

type Series = Pick<Version, 'major' | 'minor'>;

/** 5.19 is followed by 6.0, 6.19 by 7.0. */
const LAST_MINOR = 19;
const FIRST: Series = { major: 5, minor: 13 };

function next({ major, minor }: Series): Series {
  return minor >= LAST_MINOR ? { major: major + 1, minor: 0 } : { major, minor: minor + 1 };
}

function isBefore(a: Series, b: Series): boolean {
  const plain = { stable: null, candidate: null };
  return compareSeries({ ...a, ...plain }, { ...b, ...plain }) < 0;
}

/** Releases between two, from v5.13 on: `['v6.13', …, 'v7.1']` for 6.12 and 7.2. */
export function versionsBetween(older: Series, newer: Series): string[] {
  const between: string[] = [];
  for (let at = next(older); isBefore(at, newer); at = next(at)) {
    if (!isBefore(at, FIRST)) between.push(`v${at.major}.${at.minor}`);
  }
  return between;
}
