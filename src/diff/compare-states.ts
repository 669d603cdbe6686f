import type { ReleaseFile, State } from '../data/schema/index.ts';
import { compareFacts, type FactChange } from '../history/changes.ts';

type Hooks = ReleaseFile['hooks'];

/** What differs between two states of a kfunc, each in a release with those hooks. */
export type CompareStates = (
  was: State,
  wasIn: Hooks,
  now: State,
  nowIn: Hooks,
) => readonly FactChange[];

/**
 * Compares each two states once, however many releases they stand for: most of the pairs of 45 releases
 * have the same states on both sides. Hooks belong to it, since they say which programs a filter is for.
 */
export function stateComparer(): CompareStates {
  const numberOf = hookNumbers();
  const all = new WeakMap<State, WeakMap<State, Map<string, FactChange[]>>>();
  return (was, wasIn, now, nowIn) => {
    const from = all.get(was) ?? new WeakMap<State, Map<string, FactChange[]>>();
    const between = from.get(now) ?? new Map<string, FactChange[]>();
    const key = `${numberOf(wasIn)} ${numberOf(nowIn)}`;
    const changes =
      between.get(key) ?? compareFacts({ facts: was, hooks: wasIn }, { facts: now, hooks: nowIn });
    all.set(was, from.set(now, between.set(key, changes)));
    return changes;
  };
}

/** Gives hooks that say the same one number: few releases change them. */
function hookNumbers(): (hooks: Hooks) => number {
  const numbers = new Map<string, number>();
  const known = new WeakMap<Hooks, number>();
  return (hooks) => {
    let number = known.get(hooks);
    if (number === undefined) {
      const text = JSON.stringify(hooks);
      number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      known.set(hooks, number);
    }
    return number;
  };
}
