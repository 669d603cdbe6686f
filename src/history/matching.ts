import { byCodeUnit } from '../kfunc/names.ts';
import type { Likeness } from './likeness.ts';

/** One that left and one that came, which may be the same. */
export interface Candidate extends Likeness {
  old: string;
  now: string;
}

/** Kfuncs that left and kfuncs that came, which could not be told apart. */
export interface Ambiguity {
  gone: string[];
  come: string[];
}

/** How near a second candidate may come before neither is believed. */
const MARGIN = 0.75;

/** The candidates that are still open, by either name. */
class Field {
  private readonly byOld: Map<string, Candidate[]>;
  private readonly byNow: Map<string, Candidate[]>;
  private readonly settledOld = new Set<string>();
  private readonly settledNow = new Set<string>();

  constructor(candidates: readonly Candidate[]) {
    this.byOld = Map.groupBy(candidates, (c) => c.old);
    this.byNow = Map.groupBy(candidates, (c) => c.now);
  }

  isOpen(c: Candidate): boolean {
    return !this.settledOld.has(c.old) && !this.settledNow.has(c.now);
  }

  settle(c: Candidate): void {
    this.settledOld.add(c.old);
    this.settledNow.add(c.now);
  }

  /** Open candidates that share a name with `best`, come near it, and have no better partner. */
  rivalsOf(best: Candidate): Candidate[] {
    const near = (c: Candidate): boolean =>
      c !== best && this.isOpen(c) && c.score > best.score - MARGIN;
    const betterOff = (c: Candidate, others: readonly Candidate[]): boolean =>
      others.some((other) => this.isOpen(other) && other.score >= c.score + MARGIN / 2);
    return [
      ...this.byOld.get(best.old)!.filter((c) => near(c) && !betterOff(c, this.byNow.get(c.now)!)),
      ...this.byNow.get(best.now)!.filter((c) => near(c) && !betterOff(c, this.byOld.get(c.old)!)),
    ];
  }
}

/**
 * Pairs kfuncs that left with kfuncs that came, best candidates first, each with one other at most.
 * Where a second candidate is nearly as good as the best, nothing is claimed of any of them. The
 * result does not depend on the order of `candidates`.
 */
export function matchOneToOne(candidates: readonly Candidate[]): {
  matches: Candidate[];
  ambiguous: Ambiguity[];
} {
  const field = new Field(candidates);
  const matches: Candidate[] = [];
  const ambiguous: Ambiguity[] = [];
  const bestFirst = [...candidates].sort(
    (a, b) => b.score - a.score || byCodeUnit(a.old, b.old) || byCodeUnit(a.now, b.now),
  );
  for (const best of bestFirst) {
    if (!field.isOpen(best)) continue;
    const rivals = field.rivalsOf(best);
    const met = [best, ...rivals];
    for (const candidate of met) field.settle(candidate);
    if (rivals.length === 0) {
      matches.push(best);
      continue;
    }
    ambiguous.push({
      gone: [...new Set(met.map((c) => c.old))].sort(byCodeUnit),
      come: [...new Set(met.map((c) => c.now))].sort(byCodeUnit),
    });
  }
  return { matches, ambiguous };
}
