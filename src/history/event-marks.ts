import type { Change, KfuncFacts, TreeEvent } from '../data/schema/index.ts';
import { callableSets } from './facts-text.ts';
import type { HookChange } from './hook-changes.ts';

/** The registrations by which programs may call, as the source writes them, sorted. */
function registered(facts: KfuncFacts): string[] {
  const texts = callableSets(facts).flatMap((set) =>
    set.registrations.map((r) => `${r.programType} ${r.filter ?? ''}`),
  );
  return [...new Set(texts)].sort();
}

/**
 * Whether a kfunc's program types differ with a hook while nobody touched its registrations: of two
 * consecutive releases, and a hook whose program types changed between them.
 */
export function fannedOutOnly(
  was: KfuncFacts,
  now: KfuncFacts,
  hook: Pick<HookChange, 'was' | 'now'>,
): boolean {
  if (was.programTypes.join() === now.programTypes.join()) return false;
  if (registered(was).join() !== registered(now).join()) return false;
  return callableSets(now).some((set) =>
    set.registrations.some((r) => [...hook.was, ...hook.now].includes(r.programType)),
  );
}

/** The event that explains why flags were lost, when nothing else happened to them. */
function endOfFlag(change: Change, events: readonly TreeEvent[]): TreeEvent | undefined {
  const flagOf = (text: string): string => text.split(' ', 1)[0]!;
  if (change.now.some((text) => !change.was.includes(text))) return undefined;
  const lost = change.was.filter((text) => !change.now.includes(text)).map(flagOf);
  const ends = events.filter((e) => e.kind === 'flag-removed' || e.kind === 'trusted-by-default');
  if (!lost.every((flag) => ends.some((e) => e.subject === flag))) return undefined;
  return ends.find((e) => lost.includes(e.subject));
}

/**
 * The id of the tree-wide event that a change of one kfunc consists of: flags of which only one that
 * ended went; program types that differ by the hook's fan-out alone. null for a change of its own.
 */
export function eventOf(name: string, change: Change, events: readonly TreeEvent[]): string | null {
  if (change.kind === 'flags') return endOfFlag(change, events)?.id ?? null;
  if (change.kind !== 'programTypes') return null;
  const hooks = events.filter((e) => e.kind === 'hook-changed' && e.changed.includes(name));
  return hooks[0]?.id ?? null;
}
