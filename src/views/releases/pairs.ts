import type { ReleaseEntry } from '../../data/schema/index.ts';
import { pairName } from '../address.ts';
import { type Atlas, mainline } from '../atlas.ts';
import { type Piece, say } from '../text.ts';

/** Two releases that have a page of their own, the older first. */
export interface Pair {
  from: ReleaseEntry;
  to: ReleaseEntry;
}

/**
 * Every two mainline releases; and the newest release of each other line with the mainline release that
 * the line is told from.
 */
export function allPairs(atlas: Atlas): Pair[] {
  const releases = atlas.line(mainline);
  const pairs = releases.flatMap((to, i) => releases.slice(0, i).map((from) => ({ from, to })));
  const tips = atlas.otherLines.flatMap((line) => {
    const base = atlas.base(line);
    const tip = atlas.line(line).at(-1);
    return base === null || tip === undefined ? [] : [{ from: atlas.release(base), to: tip }];
  });
  return [...pairs, ...tips];
}

/** The release that one is compared with in its changelog: the one before it in its line, or its line's base. */
export function predecessor(atlas: Atlas, release: ReleaseEntry): ReleaseEntry | null {
  const before = atlas.line(release.line)[atlas.order(release.id) - 1];
  if (before !== undefined) return before;
  const base = atlas.base(release.line);
  return base === null ? null : atlas.release(base);
}

/** The address of the page of two releases; null where they have none. */
export function diffHref(atlas: Atlas, from: ReleaseEntry, to: ReleaseEntry): string | null {
  const isMainline = from.line === mainline && to.line === mainline;
  const isTip =
    to.line !== mainline &&
    atlas.base(to.line) === from.id &&
    atlas.line(to.line).at(-1)?.id === to.id;
  const isPair = isTip || (isMainline && atlas.order(from.id) < atlas.order(to.id));
  return isPair ? atlas.to.diff(from.id, to.id) : null;
}

/** `v6.11..v6.12` as a link, or without one where the two have no page. */
export function diffLink(
  atlas: Atlas,
  from: ReleaseEntry,
  to: ReleaseEntry,
  words?: string,
): Piece {
  return say(words ?? pairName(from.id, to.id), diffHref(atlas, from, to));
}

/** A side of a comparison, and what else it can be. */
export interface Side {
  label: string;
  choices: (Piece & { current: boolean })[];
}

/** What either side of a pair can be while the other stays, newest first. */
export function sidesOf(atlas: Atlas, { from, to }: Pair): Side[] {
  const tips = atlas.otherLines.flatMap((line) => atlas.line(line).slice(-1));
  const all = [...atlas.line(mainline).toReversed(), ...tips];
  const choices = (current: ReleaseEntry, href: (other: ReleaseEntry) => string | null) =>
    all.flatMap((other) => {
      const address = href(other);
      return address === null ? [] : [{ ...say(other.id, address), current: other === current }];
    });
  return [
    { label: 'From', choices: choices(from, (other) => diffHref(atlas, other, to)) },
    { label: 'To', choices: choices(to, (other) => diffHref(atlas, from, other)) },
  ];
}
