/** What a tag's name says of a kernel version. */
export interface Version {
  major: number;
  minor: number;
  /** 107 of `v6.12.107`; null of a release or a candidate. */
  stable: number | null;
  /** 2 of `v7.4-rc2`; null of a release. */
  candidate: number | null;
}

/** Since 3.0 a release is `vX.Y`; before, `v2.6.39` was one, and its name means something else. */
const FIRST_MAJOR = 3;
const number = '(0|[1-9][0-9]{0,3})';
const pattern = new RegExp(
  `^v${number}\\.${number}(?:\\.([1-9][0-9]{0,3})|-rc([1-9][0-9]{0,2}))?$`,
);

/**
 * Reads `v6.12`, `v6.12.107` and `v7.4-rc2`. Null for every other name: `v2.6.39`, `v6.1-rt4`,
 * `v6.12-rc1-dontuse`, `next-20240101`, `v06.1`, `v6.6.1-foo`, `v6.1.0`.
 */
export function parseVersion(tag: string): Version | null {
  const match = pattern.exec(tag);
  if (match === null) return null;
  const [, major, minor, stable, candidate] = match;
  if (Number(major) < FIRST_MAJOR) return null;
  return {
    major: Number(major),
    minor: Number(minor),
    stable: stable === undefined ? null : Number(stable),
    candidate: candidate === undefined ? null : Number(candidate),
  };
}

/** More than any candidate's number: a release comes after all of its candidates. */
const NO_CANDIDATE = 1000;

/** Orders by number: v5.19 < v6.0-rc1 < v6.0-rc2 < v6.0 < v6.0.1 < v6.1. */
export function compareVersions(a: Version, b: Version): number {
  return (
    compareSeries(a, b) ||
    (a.candidate ?? NO_CANDIDATE) - (b.candidate ?? NO_CANDIDATE) ||
    (a.stable ?? 0) - (b.stable ?? 0)
  );
}

/** Orders by major and minor alone: 0 for v6.12 and v6.12.107. */
export function compareSeries(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor;
}

/** `v6.12` of v6.12, v6.12.107 and v6.12-rc3. */
export function seriesId({ major, minor }: Version): string {
  return `v${major}.${minor}`;
}
