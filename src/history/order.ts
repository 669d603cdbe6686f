import {
  compareVersions,
  MAINLINE,
  versionOf,
  type ReleaseEntry,
  type Version,
} from '../data/schema/index.ts';
import { byCodeUnit } from '../kfunc/names.ts';

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
