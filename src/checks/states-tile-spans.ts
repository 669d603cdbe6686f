import type { DatasetCheck } from './check.ts';
import { covered } from './view.ts';

export const statesTileSpans: DatasetCheck = {
  name: 'states-tile-spans',
  description: 'The states of a line cover the releases of its spans, each once and in order.',
  *check(view) {
    for (const { record, line, ids } of view.kfuncLines()) {
      const wanted = line.spans.flatMap((s) => covered(ids, { from: s.first, to: s.last }));
      const told = line.states.flatMap((state) => covered(ids, state));
      const wrong = Array.from({ length: Math.max(wanted.length, told.length) }, (_, i) => i).find(
        (i) => wanted[i] !== told[i],
      );
      if (wrong !== undefined) {
        yield {
          subject: record.name,
          release: told[wrong] ?? wanted[wrong]!,
          message: `has spans over ${wanted[wrong] ?? 'nothing'} where its states are of ${told[wrong] ?? 'nothing'}`,
        };
      }
      for (const { from, to } of line.states) {
        if (covered(ids, { from, to }).length === 0) {
          yield {
            subject: record.name,
            release: from,
            message: `has a state to ${to ?? 'now'}, which covers nothing`,
          };
        }
        if (to !== null && to === ids.at(-1)) {
          yield {
            subject: record.name,
            release: from,
            message: `has a state that ends in the newest`,
          };
        }
      }
    }
  },
};
