import { byCodeUnit } from '../kfunc/names.ts';
import type { KfuncReading } from '../kfunc/types.ts';
import { deprecationOf } from './deprecation.ts';
import { EVIDENCE, likenessOf, type Context } from './likeness.ts';
import type { Snapshot } from './lines.ts';
import { isLaterGeneration, stemOf } from './name-likeness.ts';

/** A claim that `now` replaces `old`, which stays beside it. */
export interface Successor {
  old: string;
  now: string;
  evidence: string[];
  /** True when `now` came in this release and is what `old` was: a rename that left the old name. */
  renamed: boolean;
}

/** Whom the kernel's words about `old` point to; a wrapper's callee where the words name nobody. */
function pointedTo(old: KfuncReading): { name: string; evidence: string[] }[] {
  const words = deprecationOf(old.facts);
  if (words.length === 0) return [];
  const wrapped = wrappedBy(old);
  const named = [...new Set(words.flatMap((w) => w.instead ?? []))];
  if (named.length === 0) {
    return wrapped === null ? [] : [{ name: wrapped, evidence: ['comment', 'wrapper'] }];
  }
  return named.map((name) => ({
    name,
    evidence: name === wrapped ? ['comment', 'wrapper'] : ['comment'],
  }));
}

function wrappedBy(reading: KfuncReading): string | null {
  const told = reading.facts.deprecation.find((d) => d.kind === 'wrapper');
  return told?.instead ?? reading.fingerprint.wraps;
}

/** What says that a new kfunc is what the old one was, and not only a better choice. */
const IDENTITY = ['same-body', 'similar-body', 'similar-doc', 'wrapper', 'name-pair'];

function inOrder(evidence: Iterable<string>): string[] {
  const found = new Set(evidence);
  return EVIDENCE.filter((word) => found.has(word));
}

/**
 * Kfuncs of `now` that another one beside them replaces, by what this release says:
 * - words of deprecation that name it, or words and a body that only calls it;
 * - a name of the next generation (`bpf_x_impl` → `bpf_x`, `bpf_x` → `bpf_x___v2`) that comes in this
 *   release, if more than the name speaks for it: a body or prototype that is the same, or a call.
 *
 * Two that point at each other replace nobody. `was` is the release before; null for the first.
 */
export function successorsIn(
  was: Snapshot | null,
  now: Snapshot,
  contextFor: (() => Context) | null,
): Successor[] {
  const isNew = (name: string): boolean => was !== null && !was.kfuncs.has(name);
  const come = Map.groupBy([...now.kfuncs.keys()].filter(isNew).sort(byCodeUnit), (name) =>
    stemOf(name),
  );
  const found: Successor[] = [];
  for (const old of now.reading.kfuncs) {
    const before = was?.kfuncs.get(old.name);
    const claims = new Map<string, string[]>();
    for (const { name, evidence } of pointedTo(old)) {
      const target = now.kfuncs.get(name);
      if (!target || name === old.name) continue;
      if (pointedTo(target).some((back) => back.name === old.name)) continue;
      claims.set(name, evidence);
    }
    for (const name of (before && come.get(stemOf(old.name))) ?? []) {
      if (isLaterGeneration(old.name, name)) claims.set(name, claims.get(name) ?? []);
    }
    for (const [name, evidence] of claims) {
      const target = now.kfuncs.get(name)!;
      // Once it is a wrapper, what it was is to be seen in the release before.
      const alike =
        before && contextFor && isNew(name)
          ? likenessOf(before, target, contextFor()).evidence
          : [];
      const calls = wrappedBy(old) === name ? ['wrapper'] : [];
      const all = inOrder([...evidence, ...alike, ...calls]);
      if (all.every((word) => word === 'name-pair')) continue;
      const renamed =
        isNew(name) && before !== undefined && all.some((word) => IDENTITY.includes(word));
      found.push({ old: old.name, now: name, evidence: all, renamed });
    }
  }
  return found.sort((a, b) => byCodeUnit(a.now, b.now) || byCodeUnit(a.old, b.old));
}
