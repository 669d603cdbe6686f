import type { DatasetCheck, Finding } from './check.ts';
import type { Moment } from './view.ts';
import { listed, sameList } from './words.ts';

function* ofKfunc({ record, release, file, state }: Moment): Generator<Finding> {
  const at = { subject: record.name, release: release.id };
  const own = <T>(places: Record<string, T[]>): T[] =>
    Object.hasOwn(places, record.name) ? places[record.name]! : [];
  const told: [what: string, positions: string[], state: string[]][] = [
    ['definitions', own(file.definitions).map((p) => p.file), state.definitions.map((d) => d.file)],
    [
      'entries',
      own(file.entries).map((e) => `${e.set} of ${e.file}`),
      state.sets.map((set) => `${set.name} of ${set.file}`),
    ],
    [
      'deprecations',
      own(file.deprecations).map((p) => p.file),
      state.deprecation.map((d) => d.file),
    ],
  ];
  for (const [what, positions, expected] of told) {
    if (sameList(positions, expected)) continue;
    yield {
      ...at,
      message: `has ${what} at ${listed(positions)}, its state at ${listed(expected)}`,
    };
  }
}

export const positionsAgree: DatasetCheck = {
  name: 'positions-agree',
  description:
    'A release has positions for exactly the kfuncs it has, one for one with their definitions, sets and words of deprecation; its documents show and its programs call no other.',
  *check(view) {
    const byRelease = new Map<string, Set<string>>();
    for (const moment of view.moments()) {
      const { id } = moment.release;
      byRelease.set(id, (byRelease.get(id) ?? new Set()).add(moment.record.name));
      yield* ofKfunc(moment);
    }
    const records = new Map(view.dataset.kfuncs.map((k) => [k.name, k]));
    for (const file of view.dataset.releaseFiles) {
      for (const what of ['definitions', 'entries', 'deprecations', 'examples', 'users'] as const) {
        for (const name of Object.keys(file[what])) {
          if (byRelease.get(file.id)?.has(name) === true) continue;
          const record = records.get(name);
          // A line that no record tells apart from its base: what it has is not known here.
          if (record && view.stateAt(record, file.id) === undefined) continue;
          yield { subject: name, release: file.id, message: `has ${what}, but is not there` };
        }
      }
    }
  },
};
