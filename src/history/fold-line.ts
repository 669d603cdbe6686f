import type { Change, KfuncLine, TreeEvent } from '../data/schema/index.ts';
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
  const moments = sequenceOf(line).map(({ id, reading, kfuncs }): Moment => ({
    id,
    hooks: reading.hooks,
    facts: kfuncs.get(name)?.facts ?? null,
  }));
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

/** By release, oldest first, and by kind within one. */
function inOrder(changes: readonly Change[], ids: readonly string[]): Change[] {
  const rank = new Map(ids.map((id, i) => [id, i]));
  return [...changes].sort(
    (a, b) =>
      rank.get(a.release)! - rank.get(b.release)! || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
  );
}
