import type { KfuncRecord, Span } from '../data/schema/index.ts';
import { releasesBetween } from '../data/versions.ts';
import { type Atlas, mainline } from './atlas.ts';
import { type Piece, list, plain, say } from './text.ts';

export type StatusWord = 'there' | 'deprecated' | 'removed';

/** The answer of five seconds. */
export interface Life {
  status: StatusWord;
  /** Set before the sentence: `Deprecated`, `Removed`; null when there is nothing to warn of. */
  badge: string | null;
  /** `Since v6.2. Still there in v7.3.` */
  sentence: Piece[];
  /** For a table's cell: `v6.2`, or `≤ v6.12` when it may have been a little earlier. */
  first: string;
  /** For a table's cell: `still there`, `deprecated`, `gone in v6.4`. */
  cell: string;
}

/** How a release that brought or took something is told, when not every release between was read. */
function bound(atlas: Atlas, release: string, after: string | null): Piece[] {
  const link = say(release, atlas.to.release(release));
  if (after === null) return [link, say(' or earlier (no older release was read)')];
  const gap = releasesBetween(after, release);
  if (gap === null || gap === 0) return [link];
  const words = gap <= 3 ? ' or a little earlier, after ' : ' or earlier, after ';
  return [link, say(words), say(after, atlas.to.release(after))];
}

/** `v6.2`, `≤ v6.12`. */
export function firstCell(span: Span): string {
  const exact = span.after !== null && (releasesBetween(span.after, span.first) ?? 0) === 0;
  return exact ? span.first : `≤ ${span.first}`;
}

/** How the life of a kfunc is told in one line. What a preview does is told, and decides nothing. */
export function lifeOf(atlas: Atlas, record: KfuncRecord): Life {
  const line = record.lines.find((l) => l.id === mainline && l.spans.length > 0);
  if (line === undefined) return lifeElsewhere(atlas, record);
  const spans = line.spans;
  const last = spans.at(-1)!;
  const isGone = last.goneIn !== null && !atlas.release(last.goneIn).preview;
  const status = isGone ? 'removed' : record.status === 'deprecated' ? 'deprecated' : 'there';
  const sentence = isGone ? past(atlas, spans) : present(atlas, spans);
  return {
    status,
    badge: { there: null, deprecated: 'Deprecated', removed: 'Removed' }[status],
    cell: { there: 'still there', deprecated: 'deprecated', removed: `gone in ${goneCell(last)}` }[
      status
    ],
    sentence,
    first: firstCell(spans[0]!),
  };
}

/** `v6.4`, `≤ v7.2`. */
function goneCell({ last, goneIn }: Span): string {
  if (last === null || goneIn === null) return '';
  return (releasesBetween(last, goneIn) ?? 0) === 0 ? goneIn : `≤ ${goneIn}`;
}

function present(atlas: Atlas, spans: readonly Span[]): Piece[] {
  const newest = atlas.newest!;
  const last = spans.at(-1)!;
  const earlier = spans.slice(0, -1).map((s) => run(atlas, s));
  if (atlas.release(last.first).preview) {
    const before = earlier.length === 0 ? [] : [say(' Earlier '), ...list(earlier), say('.')];
    return [
      say('New in '),
      ...bound(atlas, last.first, last.after),
      say(', a preview.'),
      ...before,
    ];
  }
  const since =
    earlier.length === 0
      ? [say('Since '), ...bound(atlas, last.first, last.after), say('. ')]
      : [
          say('Back since '),
          ...bound(atlas, last.first, last.after),
          say('; earlier '),
          ...list(earlier),
          say('. '),
        ];
  return [
    ...since,
    say('Still there in '),
    say(newest.id, atlas.to.release(newest.id)),
    ...(last.goneIn === null
      ? []
      : [say('; gone in '), say(last.goneIn, atlas.to.release(last.goneIn)), say(', a preview')]),
    say('.'),
  ];
}

function past(atlas: Atlas, spans: readonly Span[]): Piece[] {
  const last = spans.at(-1)!;
  const only = spans.length === 1;
  return [
    say('Gone in '),
    ...bound(atlas, last.goneIn!, last.last),
    only ? say('. It came with ') : say('. It was there '),
    ...(only
      ? bound(atlas, last.first, last.after)
      : list(
          spans.map((s) => run(atlas, s)),
          ' and ',
        )),
    say('.'),
  ];
}

/** `v6.1 to v6.3`. */
function run(atlas: Atlas, span: Span): Piece[] {
  const from = say(span.first, atlas.to.release(span.first));
  if (span.last === null || span.last === span.first) return [say('in '), from];
  return [say('from '), from, say(' to '), say(span.last, atlas.to.release(span.last))];
}

/** A kfunc that no mainline release has. */
function lifeElsewhere(atlas: Atlas, record: KfuncRecord): Life {
  const releases = record.lines.flatMap((l) => l.spans.map((s) => s.first));
  const sentence = [
    say('In no mainline release. Found in '),
    ...list(releases.map((id) => [say(id, atlas.to.release(id))])),
    say('.'),
  ];
  return {
    status: 'there',
    badge: null,
    sentence,
    first: releases[0] ?? '',
    cell: 'elsewhere',
  };
}

/** Says which of the releases that `pieces` lead to were read from another tag; empty when none was. */
export function readFrom(atlas: Atlas, pieces: readonly Piece[]): Piece[] {
  const named = new Set(pieces.filter((p) => p.href !== undefined).map((p) => p.text));
  const standIns = atlas.dataset.releases.filter((r) => named.has(r.id) && !r.exact);
  if (standIns.length === 0) return [];
  const told = standIns.map((r, i) => [say(`${r.id} ${i === 0 ? 'read from' : 'from'} ${r.tag}`)]);
  return [...list(told), say('.')];
}

/** `Deprecated. Since v6.2. Still there in v7.3.` without links, for descriptions. */
export function lifeText({ badge, sentence }: Life): string {
  return `${badge === null ? '' : `${badge}. `}${plain(sentence)}`;
}

/** `v7.2 or earlier, after v6.12`: when something was first found, the release before it lacking it. */
export function foundIn(atlas: Atlas, release: string): Piece[] {
  const line = atlas.line(atlas.release(release).line);
  return bound(atlas, release, line[atlas.order(release) - 1]?.id ?? null);
}
