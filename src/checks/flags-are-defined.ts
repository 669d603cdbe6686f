import type { DatasetCheck } from './check.ts';

/**
 * Releases before 5.18 know no flags, 5.18 and 5.19 those that membership of a set amounts to, later
 * ones what include/linux/btf.h defines.
 */
export const flagsAreDefined: DatasetCheck = {
  name: 'flags-are-defined',
  description: 'Every flag of a kfunc, or of one of its sets, is one that the release defines.',
  *check(view) {
    for (const { record, release, file, state } of view.moments()) {
      const known = new Set(file.flags.map((flag) => flag.name));
      const used = new Set([...state.flags, ...state.sets.flatMap((set) => set.flags)]);
      for (const flag of used) {
        if (known.has(flag)) continue;
        yield {
          subject: record.name,
          release: release.id,
          message: `has ${flag}, which the release does not define`,
        };
      }
    }
  },
};
