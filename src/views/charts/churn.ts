import { releasesBetween } from '../../data/versions.ts';
import { type Atlas, mainline } from '../atlas.ts';
import { diffLink } from '../releases/pairs.ts';
import { type Tally, tallyOf, tallyWords } from '../releases/tally.ts';
import type { Piece } from '../text.ts';
import { type Percent, type Line, type Tick, columnsOf, footOf, round, stepsTo } from './scale.ts';

/** What each release did to kfuncs: what came and changed stands on the line, what went hangs below it. */
export interface Churn {
  columns: {
    href: string;
    title: string;
    isCurrent: boolean;
    bars: { what: 'added' | 'changed' | 'removed'; x: Percent; y: Percent; height: Percent }[];
  }[];
  width: Percent;
  /** Where the line is. */
  line: Percent;
  lines: Line[];
  foot: Tick[];
  table: { compare: Piece; tally: Tally }[];
  /** Whether a column tells of more than one release, since those before it were not read. */
  hasGaps: boolean;
}

const headroom = 1.08;

/** `current` is a release to point out. */
export function churnOf(atlas: Atlas, current: string | null = null): Churn | null {
  const releases = atlas.line(mainline);
  if (releases.length < 3) return null;
  const { columns, width } = columnsOf(releases.map((r) => r.id));
  const told = releases.slice(1).map((release, i) => ({
    release,
    before: releases[i]!,
    middle: columns[i + 1]!.middle,
    tally: tallyOf(atlas.compare(releases[i]!.id, release.id)),
  }));
  const up = Math.max(...told.map(({ tally }) => tally.added + tally.changed)) * headroom;
  const down = Math.max(...told.map(({ tally }) => goneIn(tally))) * headroom;
  if (up + down === 0) return null;
  const share = (n: number) => (n / (up + down)) * 100;
  const line = share(up);
  return {
    columns: told.map(({ release, before, middle, tally }) => ({
      href: atlas.to.release(release.id),
      title: `${release.id}, since ${before.id}: ${tallyWords(tally)}`,
      isCurrent: release.id === current,
      bars: [
        { what: 'added' as const, from: line - share(tally.added), size: share(tally.added) },
        {
          what: 'changed' as const,
          from: line - share(tally.added + tally.changed),
          size: share(tally.changed),
        },
        { what: 'removed' as const, from: line, size: share(goneIn(tally)) },
      ]
        .filter(({ size }) => size > 0)
        .map(({ what, from, size }) => ({
          what,
          x: round(middle - width / 2),
          y: round(from),
          height: round(size),
        })),
    })),
    width,
    line: round(line),
    lines: stepsTo(up).map((n) => ({ at: round(line - share(n)), text: String(n) })),
    foot: footOf(columns, current),
    table: told
      .toReversed()
      .map(({ before, release, tally }) => ({ compare: diffLink(atlas, before, release), tally })),
    hasGaps: told.some(({ before, release }) => (releasesBetween(before.id, release.id) ?? 0) > 0),
  };
}

/** A kfunc that was renamed is gone under its name. */
function goneIn({ removed, renamed }: Tally): number {
  return removed + renamed;
}
