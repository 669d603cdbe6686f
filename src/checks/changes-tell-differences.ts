import type { ChangeKind } from '../data/schema/index.ts';
import type { DatasetCheck, Finding } from './check.ts';
import { differences } from './differences.ts';
import { steps, type Step } from './steps.ts';
import type { View } from './view.ts';
import { listed, sameList } from './words.ts';

/** Program types are told with what filters them: `BPF_PROG_TYPE_LSM (filtered by fn)`. */
function plain(kind: ChangeKind, texts: readonly string[]): string[] {
  return texts.map((text) => (kind === 'programTypes' ? text.split(' ', 1)[0]! : text));
}

function* compared(
  view: View,
  { record, release, state, last, changes }: Step,
): Generator<Finding> {
  if (!state || !last) return;
  const hooks = (id: string) => view.file(id)?.hooks ?? [];
  const was = { state: last.state, hooks: hooks(last.release) };
  const now = { state, hooks: hooks(release) };
  const at = { subject: record.name, release };
  for (const difference of differences(was, now)) {
    const { kind, due } = difference;
    const change = changes.find((c) => c.kind === kind);
    if (!change) {
      if (due === true)
        yield { ...at, message: `differs from ${last.release} (${kind}), and no change tells it` };
    } else if (due === false) {
      yield { ...at, message: `is told to differ from ${last.release} (${kind}), and does not` };
    } else {
      if (change.after !== last.release) {
        yield {
          ...at,
          message: `tells ${kind} after ${change.after ?? 'nothing'}, expected ${last.release}`,
        };
      }
      for (const side of ['was', 'now'] as const) {
        const expected = difference[side];
        if (expected === null || sameList(plain(kind, change[side]), expected)) continue;
        yield {
          ...at,
          message: `tells ${kind} with ${listed(change[side])}, its state has ${listed(expected)}`,
        };
      }
    }
  }
}

const COMINGS = ['added', 'removed', 'returned', 'renamed'];

export const changesTellDifferences: DatasetCheck = {
  name: 'changes-tell-differences',
  description:
    'What differs between two states is told by a change of its kind, in the words of the states, and nothing else is.',
  *check(view) {
    for (const step of steps(view)) {
      yield* compared(view, step);
      if (step.state && step.last) continue;
      for (const { kind } of step.changes) {
        if (COMINGS.includes(kind)) continue;
        yield {
          subject: step.record.name,
          release: step.release,
          message: `is told to differ (${kind}), but is not in two releases`,
        };
      }
    }
  },
};
