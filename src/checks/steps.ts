import type { Change, State } from '../data/schema/index.ts';
import type { LineView, View } from './view.ts';

/** One release of one line of one kfunc, beside what was true of it before. */
export interface Step extends LineView {
  release: string;
  /** The release right before, or the line's base; null for the first of all. */
  before: string | null;
  wasThere: boolean;
  state: State | null;
  /** The last release that had it, and what was true then; null when none had. */
  last: { release: string; state: State } | null;
  /** What the line tells of this release. */
  changes: Change[];
}

/** Every kfunc release by release, as the changes of a line tell it: from its base on. */
export function* steps(view: View): Generator<Step> {
  for (const lineView of view.kfuncLines()) {
    const { record, line, ids } = lineView;
    let before = line.base;
    const atBase = before === null ? null : (view.stateAt(record, before) ?? null);
    let last = before !== null && atBase ? { release: before, state: atBase } : null;
    for (const release of ids) {
      const state = view.stateAt(record, release) ?? null;
      const wasThere = last !== null && last.release === before;
      const changes = line.changes.filter((change) => change.release === release);
      yield { ...lineView, release, before, wasThere, state, last, changes };
      if (state) last = { release, state };
      before = release;
    }
  }
}
