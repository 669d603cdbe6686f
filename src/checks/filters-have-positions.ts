import type { DatasetCheck } from './check.ts';

export const filtersHavePositions: DatasetCheck = {
  name: 'filters-have-positions',
  description:
    'A release says where each filter is defined that its registrations name, and no other.',
  *check(view) {
    const used = new Map<string, Set<string>>();
    for (const { record, release, file, state } of view.moments()) {
      const filters = state.sets.flatMap((set) => set.registrations.map((r) => r.filter));
      for (const filter of new Set(filters.filter((f) => f !== null))) {
        used.set(release.id, (used.get(release.id) ?? new Set()).add(filter));
        if (Object.hasOwn(file.filters, filter)) continue;
        yield {
          subject: record.name,
          release: release.id,
          message: `is filtered by ${filter}, whose definition was not found`,
        };
      }
    }
    for (const { id, filters } of view.dataset.releaseFiles) {
      if (!view.isKnown(id)) continue;
      for (const filter of Object.keys(filters)) {
        if (used.get(id)?.has(filter) === true) continue;
        yield { subject: filter, release: id, message: 'filters nothing' };
      }
    }
  },
};
