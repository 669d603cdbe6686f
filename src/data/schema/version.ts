/** The line of Linus' releases; every other line is compared with it. */
export const MAINLINE = 'mainline';

/** A kernel version: numbers that order it; a preview (`-rc3`) stands before its release. */
export type Version = readonly [major: number, minor: number, patch: number, rc: number];

/** Reads `v6.12`, `6.12.107`, `v7.4-rc3`; null for anything else. */
export function versionOf(text: string): Version | null {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,6}))?(?:-rc(\d{1,4}))?$/.exec(text);
  if (!match) return null;
  const [, major, minor, patch = '0', rc] = match;
  return [Number(major), Number(minor), Number(patch), rc === undefined ? Infinity : Number(rc)];
}

/** Below 0 when `a` is the older one. */
export function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1;
  }
  return 0;
}
