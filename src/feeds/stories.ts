import type { Change, KfuncRecord, ReleaseEntry, State, TreeEvent } from '../data/schema/index.ts';
import type { Difference, EventDifference, KfuncDifference } from '../diff/types.ts';
import type { Atlas } from '../views/atlas.ts';
import { predecessor } from '../views/releases/pairs.ts';

/** What one release did to one kfunc. */
export interface Story {
  release: ReleaseEntry;
  record: KfuncRecord;
  /** In the order of kinds; those of tree-wide changes included. */
  changes: Change[];
  /** Whether tree-wide changes tell all of it. */
  isTold: boolean;
  /** What it means for programs; null where no older release was read. */
  difference: KfuncDifference | null;
  /** The release that this one is compared with; null where none was read. */
  older: ReleaseEntry | null;
  /** What was and is true of the kfunc; null where it is absent. */
  was: State | null;
  now: State | null;
}

/** A tree-wide change that a release made. */
export interface EventStory {
  release: ReleaseEntry;
  event: TreeEvent;
  difference: EventDifference;
}

/** All that one release did. */
export interface Chapter {
  release: ReleaseEntry;
  /** The release that it is compared with. */
  older: ReleaseEntry | null;
  difference: Difference | null;
  /** By name of the kfunc. */
  stories: Story[];
  events: EventStory[];
}

/** What each release of the dataset did, the newest first, by date. */
export function chaptersOf(atlas: Atlas): Chapter[] {
  const changed = changesByRelease(atlas);
  const { releases } = atlas.dataset;
  const place = new Map(releases.map(({ id }, i) => [id, i]));
  return [...releases]
    .sort((a, b) =>
      a.date < b.date ? 1 : a.date > b.date ? -1 : place.get(b.id)! - place.get(a.id)!,
    )
    .map((release) => chapterOf(atlas, release, changed.get(release.id) ?? []));
}

function chapterOf(
  atlas: Atlas,
  release: ReleaseEntry,
  changed: readonly { record: KfuncRecord; changes: Change[] }[],
): Chapter {
  const older = predecessor(atlas, release);
  const compared = older === null ? null : atlas.compare(older.id, release.id);
  const differences = new Map(
    (compared?.kfuncs ?? []).flatMap((k) => [
      [k.name, k] as const,
      ...(k.from === null ? [] : [[k.from, k] as const]),
    ]),
  );
  const told = new Map((compared?.events ?? []).map((e) => [e.event.id, e]));
  return {
    release,
    older,
    difference: compared,
    stories: changed.map(({ record, changes }) => ({
      release,
      record,
      changes,
      isTold: changes.every(({ event }) => event !== null),
      difference: differences.get(record.name) ?? null,
      older,
      was: (older === null ? undefined : atlas.stateAt(record, older.id)) ?? null,
      now: atlas.stateAt(record, release.id) ?? null,
    })),
    events: atlas.file(release.id).events.map((event) => ({
      release,
      event,
      difference: told.get(event.id) ?? { event, severity: 'compatible', text: '' },
    })),
  };
}

function changesByRelease(atlas: Atlas): Map<string, { record: KfuncRecord; changes: Change[] }[]> {
  const found = new Map<string, { record: KfuncRecord; changes: Change[] }[]>();
  for (const record of atlas.dataset.kfuncs) {
    const all = record.lines.flatMap(({ changes }) => changes);
    for (const [release, changes] of Map.groupBy(all, (change) => change.release)) {
      const there = found.get(release) ?? [];
      found.set(release, there);
      there.push({ record, changes });
    }
  }
  return found;
}
