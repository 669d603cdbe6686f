import { isDeepStrictEqual } from 'node:util';
import type { State } from '../data/schema/index.ts';
import type { DatasetCheck } from './check.ts';

function facts(state: State): Partial<State> {
  return { ...state, from: undefined, to: undefined };
}

export const neighbouringStates: DatasetCheck = {
  name: 'neighbouring-states',
  description: 'Two states that follow each other without a gap differ in something.',
  *check(view) {
    for (const { record, line, ids } of view.kfuncLines()) {
      for (const [i, state] of line.states.entries()) {
        const before = line.states[i - 1];
        if (before?.to == null || ids.indexOf(before.to) + 1 !== ids.indexOf(state.from)) continue;
        if (!isDeepStrictEqual(facts(before), facts(state))) continue;
        yield {
          subject: record.name,
          release: state.from,
          message: `has the same state as in ${before.to}, told anew`,
        };
      }
    }
  },
};
