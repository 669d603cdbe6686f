import type { ChangeKind, TreeEvent } from '../data/schema/index.ts';
import type { DatasetCheck, Finding } from './check.ts';
import type { View } from './view.ts';
import { outOfOrder } from './words.ts';

/** The kind of change by which a kfunc shows an event. */
const SHOWN_BY: Readonly<Record<TreeEvent['kind'], ChangeKind | null>> = {
  'flag-added': 'flags',
  'flag-removed': 'flags',
  'trusted-by-default': 'flags',
  'suffix-added': 'prototype',
  'suffix-removed': 'prototype',
  'hook-changed': 'programTypes',
  'jit-added': null,
  'jit-removed': null,
};

function* ofEvent(view: View, release: string, event: TreeEvent): Generator<Finding> {
  const kind = SHOWN_BY[event.kind];
  const line = view.entry(release)?.line;
  const before = view.before(release);
  for (const list of [event.changed, event.stricter]) {
    const wrong = outOfOrder(list);
    if (wrong !== null) {
      yield { subject: event.id, release, message: `names ${wrong} twice or out of order` };
    }
  }
  for (const name of new Set([...event.changed, ...event.stricter])) {
    const at = { subject: name, release };
    const record = view.dataset.kfuncs.find((k) => k.name === name);
    if (!record) {
      yield { ...at, message: `is named by ${event.id}, but is no kfunc` };
      continue;
    }
    const there = [release, before ?? release].every((id) => view.stateAt(record, id) !== null);
    if (!there) yield { ...at, message: `is named by ${event.id}, but is not in both releases` };
    if (!event.changed.includes(name)) continue;
    if (event.stricter.includes(name)) {
      yield { ...at, message: `is both changed and made stricter by ${event.id}` };
    }
    const changes = record.lines.find((l) => l.id === line)?.changes ?? [];
    const change = changes.find((c) => c.release === release && c.kind === kind);
    if (!change) {
      yield {
        ...at,
        message: `was changed by ${event.id}, and no change of it tells ${kind ?? 'that'}`,
      };
    } else if (event.kind === 'hook-changed' && change.event === null) {
      yield { ...at, message: `was changed by ${event.id} alone, and its change names no event` };
    }
  }
}

export const eventsAndChanges: DatasetCheck = {
  name: 'events-and-changes',
  description:
    'A kfunc that an event names has a change of its kind in that release; a change that names an event is named by it.',
  *check(view) {
    for (const { id, events } of view.dataset.releaseFiles) {
      for (const event of events) yield* ofEvent(view, id, event);
    }
    for (const { record, line } of view.kfuncLines()) {
      for (const { release, kind, event: id } of line.changes) {
        if (id === null) continue;
        const event = view.file(release)?.events.find((e) => e.id === id);
        if (event && SHOWN_BY[event.kind] === kind && event.changed.includes(record.name)) continue;
        yield {
          subject: record.name,
          release,
          message: `tells a change (${kind}) as part of ${id}, which does not name it`,
        };
      }
    }
  },
};
