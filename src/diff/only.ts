import { matchesGlob } from 'node:path';
import type { Difference, KfuncDifference } from './types.ts';

/**
 * A difference cut down to kfuncs of some names, old or new, and to the tree-wide changes that touch them.
 *
 * @param patterns names or globs: `bpf_task_acquire`, `scx_*`
 */
export function onlyNamed(difference: Difference, patterns: readonly string[]): Difference {
  const isNamed = (name: string): boolean => fits(name, patterns);
  const kfuncs = difference.kfuncs.filter(({ name, from, replacedBy, replaces }: KfuncDifference) =>
    [name, ...(from === null ? [] : [from]), ...replacedBy, ...replaces].some(isNamed),
  );
  const events = difference.events.flatMap(({ event, ...meaning }) => {
    const [changed, stricter] = [event.changed.filter(isNamed), event.stricter.filter(isNamed)];
    if (changed.length + stricter.length === 0) return [];
    return [{ event: { ...event, changed, stricter }, ...meaning }];
  });
  return { ...difference, kfuncs, events };
}

/** Whether a name is one of `patterns`, or fits a glob among them. */
export function fits(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => name === pattern || matchesGlob(name, pattern));
}
