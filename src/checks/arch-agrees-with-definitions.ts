import type { DatasetCheck } from './check.ts';
import { listed, sameList } from './words.ts';

export const archAgreesWithDefinitions: DatasetCheck = {
  name: 'arch-agrees-with-definitions',
  description:
    'A kfunc is of some architectures alone exactly when all its definitions are under arch/, and then of those.',
  *check(view) {
    for (const { record, state } of view.states()) {
      const archs = state.definitions.map(({ file }) => /^arch\/([^/]+)\//.exec(file)?.[1]);
      const everywhere = archs.length === 0 || archs.includes(undefined);
      const expected = everywhere ? null : [...new Set(archs as string[])].sort();
      if (expected === null ? state.arch === null : sameList(state.arch ?? [], expected)) continue;
      yield {
        subject: record.name,
        release: state.from,
        message: `is of ${state.arch === null ? 'all' : listed(state.arch)}, its definitions of ${expected === null ? 'all' : listed(expected)}`,
      };
    }
  },
};
