import type { DatasetCheck } from './check.ts';

/** Only the end of a name counts, and the longest ending that fits (`__arena__nullable`). */
export const suffixesAreKnown: DatasetCheck = {
  name: 'suffixes-are-known',
  description:
    'A parameter has a suffix exactly when its name ends in one that the release knows, and then the longest.',
  *check(view) {
    for (const { record, release, file, state } of view.moments()) {
      const known = file.suffixes.filter((s) => s.kind === 'parameter').map((s) => s.literal);
      for (const { name, suffix } of state.prototype?.params ?? []) {
        const fitting = known.filter((literal) => name.endsWith(literal));
        const longest = fitting.sort((a, b) => b.length - a.length)[0] ?? null;
        if (longest === suffix) continue;
        yield {
          subject: record.name,
          release: release.id,
          message: `has the parameter ${name} with the suffix ${suffix ?? 'null'}, expected ${longest ?? 'null'}`,
        };
      }
    }
  },
};
