import type { ReleaseEntry } from '../data/schema/index.ts';
import { byCodeUnit } from '../kfunc/names.ts';

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

export function compareVersions(a: Version, b: Version): number {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return a[i]! < b[i]! ? -1 : 1;
  }
  return 0;
}

/** `6.12` of the stable series `6.12.y`; null for a line of another name. */
export function seriesOf(line: string): Version | null {
  return line.endsWith('.y') ? versionOf(line.slice(0, -2)) : null;
}

/** Mainline first, then stable series by version, then trees that a user named, by name. */
export function compareLines(a: string, b: string): number {
  const rank = (line: string): number => (line === MAINLINE ? 0 : seriesOf(line) ? 1 : 2);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  const [seriesA, seriesB] = [seriesOf(a), seriesOf(b)];
  const bySeries = seriesA && seriesB ? compareVersions(seriesA, seriesB) : 0;
  return bySeries || byCodeUnit(a, b);
}

/**
 * Orders the releases of one line, oldest first: by version (5.19 < 6.0), never by ancestry. Trees
 * without a version go by date, then by name.
 */
export function compareReleases(a: ReleaseEntry, b: ReleaseEntry): number {
  const [versionA, versionB] = [versionOf(a.id), versionOf(b.id)];
  const byVersion = versionA && versionB ? compareVersions(versionA, versionB) : 0;
  return byVersion || byCodeUnit(a.date, b.date) || byCodeUnit(a.id, b.id);
}
