import type { DatasetCheck } from './check.ts';

/** The extractor finds the definition of whatever is in a set, in every role. */
export const prototypeInEveryState: DatasetCheck = {
  name: 'prototype-in-every-state',
  description: 'Every kfunc has a definition, and so a prototype, in every state.',
  *check(view) {
    for (const { record, state } of view.states()) {
      const at = { subject: record.name, release: state.from };
      if (state.prototype === null) {
        yield { ...at, message: 'has no prototype' };
      }
      if ((state.prototype === null) !== (state.definitions.length === 0)) {
        yield {
          ...at,
          message: `has ${state.definitions.length} definitions and ${state.prototype ? 'a' : 'no'} prototype`,
        };
      }
    }
  },
};
