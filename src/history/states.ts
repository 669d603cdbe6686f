import type { KfuncFacts, State } from '../data/schema/index.ts';

/**
 * Runs of releases in which all facts of a kfunc stay equal. `ids` are one line's releases, oldest
 * first; `facts[i]` belongs to `ids[i]`, null where the kfunc is absent. `to` is null while the state
 * lasts in the newest of them.
 */
export function statesOf(ids: readonly string[], facts: readonly (KfuncFacts | null)[]): State[] {
  const states: State[] = [];
  let run: { state: State; facts: KfuncFacts } | null = null;
  ids.forEach((id, i) => {
    const now = facts[i] ?? null;
    if (run && now && sameFacts(run.facts, now)) return;
    if (run) run.state.to = ids[i - 1]!;
    run = now ? { state: { from: id, to: null, ...now }, facts: now } : null;
    if (run) states.push(run.state);
  });
  return states;
}

/** Whether nothing at all differs. The order of keys does not count; that of lists does. */
export function sameFacts(a: KfuncFacts | null, b: KfuncFacts | null): boolean {
  return sameJson(a, b);
}

/** As `isDeepStrictEqual` of values of JSON, in a third of the time. */
function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!sameJson(a[i], b[i])) return false;
    return true;
  }
  const [own, others] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(own);
  if (keys.length !== Object.keys(others).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(others, key) || !sameJson(own[key], others[key])) return false;
  }
  return true;
}
