import { roleSchema } from '../data/schema/index.ts';
import type { DatasetCheck } from './check.ts';
import { listed, repeated, sameList } from './words.ts';

export const rolesAgreeWithSets: DatasetCheck = {
  name: 'roles-agree-with-sets',
  description:
    'The roles of a state are those of its sets, in the order of the schema; a set counts once in a role.',
  *check(view) {
    for (const { record, state } of view.states()) {
      const at = { subject: record.name, release: state.from };
      const expected = roleSchema.options.filter((role) => state.sets.some((s) => s.role === role));
      if (!sameList(state.roles, expected)) {
        yield {
          ...at,
          message: `has the roles ${listed(state.roles)}, its sets ${listed(expected)}`,
        };
      }
      for (const set of repeated(state.sets.map((s) => `${s.name} of ${s.file} (${s.role})`))) {
        yield { ...at, message: `is twice in ${set}` };
      }
      for (const set of state.sets) {
        if (set.file.startsWith('tools/testing/') && set.role === 'kfunc') {
          yield { ...at, message: `is a kfunc by ${set.name} of ${set.file}, a test's` };
        }
      }
    }
  },
};
