import type { Change, KfuncFacts, KfuncLine, TreeEvent } from '../data/schema/index.ts';
import { changesOf, KINDS, type Moment } from './changes.ts';
import { eventOf } from './event-marks.ts';
import { sequenceOf, type Line } from './lines.ts';
import { renameChanges, type Succession } from './replacements.ts';
import { spansOf } from './spans.ts';
import { sameFacts, statesOf } from './states.ts';

/**
 * One kfunc through one line; null when the line has nothing to say of it: it is in no release of
 * mainline, or in every release of another line it is what it is at the line's base. A line that has
 * something to say tells all its spans and states, and its changes from the base on; a kfunc that the
 * base has and the line has not shows as no span, no state, and a removal.
 *
 * `successions` are those of the line that the kfunc takes part in; `events` those of each release.
 */
export function foldLine(
  name: string,
  line: Line,
  successions: readonly Succession[],
  events: ReadonlyMap<string, readonly TreeEvent[]>,
): KfuncLine | null {
  const moments = momentsOf(name, line);
  const own = line.base ? moments.slice(1) : moments;
  const base = line.base ? moments[0]!.facts : null;
  if (own.every((moment) => sameFacts(base, moment.facts))) return null;

  const ids = own.map((moment) => moment.id);
  const facts = own.map((moment) => moment.facts);
  const changes = changesOf(name, moments, line.base !== null).map((change) => ({
    ...change,
    event: eventOf(name, change, events.get(change.release) ?? []),
  }));
  return {
    id: line.id,
    base: line.base?.id ?? null,
    spans: spansOf(
      ids,
      facts.map((f) => f !== null),
      line.base && !base ? line.base.id : null,
    ),
    states: statesOf(ids, facts),
    changes: inOrder([...changes, ...renameChanges(name, successions)], ids),
  };
}

/** The kfunc in each release; equal facts in a row are one object, so that telling them equal is cheap. */
function momentsOf(name: string, line: Line): Moment[] {
  let last: KfuncFacts | null = null;
  return sequenceOf(line).map(({ id, reading, kfuncs }) => {
    const read = kfuncs.get(name)?.facts ?? null;
    const facts: KfuncFacts | null = sameFacts(last, read) ? last : read;
    last = facts ?? last;
    return { id, hooks: reading.hooks, facts };
  });
}

/** By release, oldest first, and by kind within one. */
function inOrder(changes: readonly Change[], ids: readonly string[]): Change[] {
  const rank = new Map(ids.map((id, i) => [id, i]));
  return [...changes].sort(
    (a, b) =>
      rank.get(a.release)! - rank.get(b.release)! || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
  );
}
