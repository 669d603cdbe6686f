import type { KfuncLine, KfuncRecord } from '../../data/schema/index.ts';
import { releasesBetween } from '../../data/versions.ts';
import { anchor } from '../address.ts';
import { type Atlas, mainline, releasesOf } from '../atlas.ts';
import { isDeprecated } from './deprecation.ts';
import { breaksOf } from './evidence.ts';
import { type Placed, spread, type Wanted } from './lifeline-labels.ts';

/** What a mark stands for; the gravest that a release has, in this order. */
export const markKinds = [
  'removed',
  'added',
  'breaks',
  'deprecated',
  'may-break',
  'change',
  'doc',
] as const;
export type MarkKind = (typeof markKinds)[number];

/** What each kind of mark is called. */
const markWords: Record<MarkKind, string> = {
  added: 'came',
  breaks: 'breaks programs',
  'may-break': 'may break programs',
  change: 'other change',
  doc: 'documentation',
  deprecated: 'deprecated',
  removed: 'gone',
};

/** A stretch of the line; places are in percent of its width. */
export interface Bar {
  /** `there`; `deprecated` from its deprecation on; `maybe` where releases between were not read. */
  kind: 'there' | 'deprecated' | 'maybe';
  from: number;
  to: number;
}

export interface Mark {
  kind: MarkKind;
  release: string;
  x: number;
  /** Where the release compared with stands, if some between were not read: it came somewhere in there. */
  after: number | null;
  /** 0 on the line, 1 above it: neighbours take turns, so that marks keep apart. */
  lane: 0 | 1;
  /** Its place in the history. */
  href: string;
  /** `v6.4: may break programs`. */
  label: string;
}

/** The geometry of a lifeline: releases from left to right, all the same distance apart. */
export interface Lifeline {
  /** Releases read, oldest first. */
  ticks: { id: string; x: number }[];
  /** The line below all: `gap` where releases between were not read. */
  axis: { kind: 'read' | 'gap'; from: number; to: number }[];
  bars: Bar[];
  marks: Mark[];
  /** Where the line goes on past the newest release; null when it ended. */
  goesOn: { x: number; isDeprecated: boolean } | null;
  labels: Placed[];
  /** The same in words, by kind of mark in the order in which they first came. */
  told: { kind: MarkKind; words: string; releases: { text: string; href: string }[] }[];
}

/** From so many releases on, marks of neighbours would touch on a phone. */
const crowded = 14;

/** Their bars show what is not sure. */
function isEnd(kind: MarkKind): boolean {
  return kind === 'added' || kind === 'removed';
}

/** Room at both ends, in percent: for what may have been before, and for what goes on. */
const margin = 4;

/**
 * The mainline life of a kfunc as a picture: where it was there, deprecated, or may have been, with a mark
 * for each release that changed it. null where no mainline release has it.
 */
export function lifelineOf(atlas: Atlas, record: KfuncRecord): Lifeline | null {
  const line = record.lines.find((l) => l.id === mainline && l.spans.length > 0);
  if (line === undefined) return null;
  const releases = atlas.line(mainline);
  const step = (100 - 2 * margin) / Math.max(1, releases.length - 1);
  const at = (id: string) =>
    releases.length === 1 ? 50 : round(margin + step * Math.max(0, atlas.order(id)));
  const ticks = releases.map(({ id }) => ({ id, x: at(id) }));
  const marks = marksOf(atlas, record, line, at);
  const newest = line.states.at(-1);
  const goesOn =
    line.spans.at(-1)!.goneIn === null
      ? {
          x: at(releases.at(-1)!.id),
          isDeprecated: newest !== undefined && isDeprecated(newest),
        }
      : null;
  return {
    ticks,
    axis: axisOf(ticks),
    bars: barsOf(atlas, line, at),
    marks,
    goesOn,
    labels: spread(wanted(ticks, marks)),
    told: toldOf(marks),
  };
}

function round(x: number): number {
  return Math.round(x * 100) / 100;
}

function hasGap(older: string, newer: string): boolean {
  return (releasesBetween(older, newer) ?? 0) > 0;
}

function axisOf(ticks: Lifeline['ticks']): Lifeline['axis'] {
  const axis: Lifeline['axis'] = [];
  ticks.slice(1).forEach(({ id, x }, i) => {
    const { id: older, x: from } = ticks[i]!;
    const kind = hasGap(older, id) ? 'gap' : 'read';
    const last = axis.at(-1);
    if (last?.kind === kind) last.to = x;
    else axis.push({ kind, from, to: x });
  });
  return axis;
}

/** Bars from left to right; those of one kind that meet are one. */
function barsOf(atlas: Atlas, line: KfuncLine, at: (id: string) => number): Bar[] {
  const bars: Bar[] = [];
  const draw = (kind: Bar['kind'], from: number, to: number) => {
    const last = bars.at(-1);
    if (last?.kind === kind && last.to === from) last.to = to;
    else if (to > from) bars.push({ kind, from, to });
  };
  for (const span of line.spans) {
    const first = at(span.first);
    if (span.after === null) draw('maybe', 0, first);
    else if (hasGap(span.after, span.first)) draw('maybe', at(span.after), first);
    const order = (id: string) => atlas.order(id);
    const isIn = (id: string) =>
      order(id) >= order(span.first) && (span.last === null || order(id) <= order(span.last));
    const states = line.states.filter((state) => isIn(state.from));
    states.forEach((state, i) => {
      const kind = isDeprecated(state) ? 'deprecated' : 'there';
      const next = states[i + 1]?.from;
      const until = next ?? releasesOf(atlas, line.id, state).at(-1)?.id ?? state.from;
      draw(kind, at(state.from), at(until));
      if (next !== undefined || span.last === null || span.goneIn === null) return;
      draw(hasGap(span.last, span.goneIn) ? 'maybe' : kind, at(until), at(span.goneIn));
    });
  }
  return bars;
}

/** One mark a release that changed it, oldest first. */
function marksOf(
  atlas: Atlas,
  record: KfuncRecord,
  line: KfuncLine,
  at: (id: string) => number,
): Mark[] {
  const byRelease = Map.groupBy(line.changes, (change) => change.release);
  const found = [...byRelease]
    .map(([release, changes]) => {
      const kinds = changes.map((change): MarkKind => {
        switch (change.kind) {
          case 'added':
          case 'returned':
            return 'added';
          case 'removed':
            return 'removed';
          case 'renamed':
            return change.now.includes(record.name) ? 'added' : 'removed';
          case 'doc':
            return 'doc';
          default: {
            const severity = breaksOf(atlas, record, change);
            if (severity === 'breaks-load') return 'breaks';
            if (change.kind === 'deprecated' && change.now.length > 0) return 'deprecated';
            return severity === 'may-break' ? 'may-break' : 'change';
          }
        }
      });
      const kind = markKinds.find((one) => kinds.includes(one)) ?? 'change';
      const older = changes[0]!.after;
      const isSure = older === null || isEnd(kind) || !hasGap(older, release);
      return { release, kind, after: isSure ? null : at(older) };
    })
    .sort((a, b) => atlas.order(a.release) - atlas.order(b.release));
  const isCrowded = atlas.line(mainline).length > crowded;
  let before: { order: number; lane: 0 | 1 } | null = null;
  return found.map(({ release, kind, after }): Mark => {
    const order = atlas.order(release);
    const isNear: boolean = isCrowded && before !== null && order - before.order === 1;
    const lane: 0 | 1 = isNear && before!.lane === 0 ? 1 : 0;
    before = { order, lane };
    const label = `${release}: ${markWords[kind]}`;
    return { kind, release, x: at(release), after, lane, href: `#${anchor(release)}`, label };
  });
}

/** Releases that a label would serve, the most wanted first: the newest, what happened, the oldest, all. */
function wanted(ticks: Lifeline['ticks'], marks: readonly Mark[]): Wanted[] {
  const weight = (kind: MarkKind) => markKinds.indexOf(kind);
  const ends = [ticks.at(-1), ticks[0]].filter((tick) => tick !== undefined);
  const marked = marks
    .toSorted((a, b) => weight(a.kind) - weight(b.kind) || b.x - a.x)
    .map(({ release, x }) => ({ id: release, x }));
  const [newest, ...oldest] = ends;
  const order = [...(newest === undefined ? [] : [newest]), ...marked, ...oldest, ...ticks];
  const known = new Set(marks.map((mark) => mark.release)).add(newest?.id ?? '');
  const byText = new Map(order.map(({ id, x }) => [id, x]));
  return [...byText].map(([text, x]) => ({ text, x, isScale: !known.has(text) }));
}

function toldOf(marks: readonly Mark[]): Lifeline['told'] {
  return [...Map.groupBy(marks, (mark) => mark.kind)].map(([kind, those]) => ({
    kind,
    words: markWords[kind],
    releases: those.map(({ release, href }) => ({ text: release, href })),
  }));
}

/** `came v6.2; may break programs v6.4, v7.0; gone v7.3`, for those who do not see it. */
export function lifelineWords({ told }: Pick<Lifeline, 'told'>): string {
  return told
    .map(({ words, releases }) => `${words} ${releases.map((r) => r.text).join(', ')}`)
    .join('; ');
}
