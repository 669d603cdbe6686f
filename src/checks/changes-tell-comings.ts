import type { Change } from '../data/schema/index.ts';
import type { DatasetCheck } from './check.ts';
import { steps, type Step } from './steps.ts';
import { listed, sameList } from './words.ts';

type Told = Pick<Change, 'kind' | 'was' | 'now'>;

const KINDS = ['added', 'removed', 'returned'];

function expected({ record, state, last, wasThere }: Step): Told | null {
  const declared = (s: NonNullable<Step['state']>) => [s.prototype?.bpf ?? record.name];
  if (state && !wasThere) {
    const kind = last === null ? 'added' : 'returned';
    return { kind, was: [], now: declared(state) };
  }
  return !state && wasThere ? { kind: 'removed', was: declared(last!.state), now: [] } : null;
}

export const changesTellComings: DatasetCheck = {
  name: 'changes-tell-comings',
  description:
    'Each coming, going and coming back of a kfunc is told as a change, with its declaration, and nothing else is.',
  *check(view) {
    for (const step of steps(view)) {
      const at = { subject: step.record.name, release: step.release };
      const told = step.changes.filter(({ kind }) => KINDS.includes(kind));
      const wanted = expected(step);
      for (const change of told) {
        if (change.kind !== wanted?.kind) {
          yield {
            ...at,
            message: `is told as ${change.kind}, expected ${wanted?.kind ?? 'nothing'}`,
          };
        } else if (!sameList(change.was, wanted.was) || !sameList(change.now, wanted.now)) {
          yield {
            ...at,
            message: `is told as ${change.kind} with ${listed([...change.was, ...change.now])}, not as it is declared`,
          };
        } else if (change.after !== step.before) {
          yield {
            ...at,
            message: `is told as ${change.kind} after ${change.after ?? 'nothing'}, expected ${step.before ?? 'nothing'}`,
          };
        }
      }
      if (wanted && told.length === 0) {
        yield { ...at, message: `is ${wanted.kind}, and no change tells it` };
      }
    }
  },
};
