/** What a condition says twice, once Kconfig is known. */
import { and, condKey, or } from '../../c/condition.ts';
import type { Cond } from '../../c/types.ts';
import type { Kconfig } from './kconfig.ts';

type Needs = Kconfig['needs'];

/**
 * Leaves out of a condition what the rest of it brings along: `CONFIG_BPF && CONFIG_BPF_SYSCALL` is
 * `CONFIG_BPF_SYSCALL` where BPF_SYSCALL selects BPF. It holds in the same configurations, of those
 * that Kconfig gives.
 */
export function withoutImplied(cond: Cond, needs: Needs): Cond {
  if (cond.op === 'or') return or(...cond.terms.map((term) => withoutImplied(term, needs)));
  if (cond.op !== 'and') return cond;
  let terms: readonly Cond[] = cond.terms.map((term) =>
    term.op === 'or' ? withoutImplied(term, needs) : term,
  );
  // One after the other, since two can imply each other: what many terms need goes first.
  for (const term of byWeight(terms, needs)) {
    const rest = terms.filter((other) => other !== term);
    if (rest.length > 0 && follows(term, rest, needs)) terms = rest;
  }
  return and(...terms);
}

/** Terms that bring fewer others along first; of the same weight, in the order of their keys. */
function byWeight(terms: readonly Cond[], needs: Needs): Cond[] {
  const weight = (term: Cond) => {
    const symbol = onIf(term);
    return symbol === null ? 0 : broughtBy([symbol], needs).on.size;
  };
  return [...terms].sort((a, b) => weight(a) - weight(b) || (condKey(a) < condKey(b) ? -1 : 1));
}

/** The symbol that is on, y or m, when a term holds. */
function onIf(term: Cond): string | null {
  return term.op === 'symbol' && term.test !== 'reachable' ? term.name : null;
}

/** Symbols of a term that holds when one of them is on; null for any other term. */
function anyOf(term: Cond): string[] | null {
  const terms = term.op === 'or' ? term.terms : [term];
  const symbols = terms.flatMap((t) => (t.op === 'symbol' && t.test === 'enabled' ? [t.name] : []));
  return symbols.length === terms.length ? symbols : null;
}

function follows(term: Cond, rest: readonly Cond[], needs: Needs): boolean {
  const wanted = anyOf(term);
  if (wanted === null) return false;
  const given = rest.flatMap((other) => onIf(other) ?? []);
  const { on, oneOf } = broughtBy(given, needs);
  if (wanted.some((symbol) => on.has(symbol))) return true;
  // One of several is on, and each of them brings a wanted one along.
  const choices = [
    ...oneOf,
    ...rest.flatMap((other) => (other.op === 'or' ? [anyOf(other) ?? []] : [])),
  ];
  return choices.some(
    (choice) =>
      choice.length > 0 &&
      choice.every((symbol) => {
        const brought = broughtBy([symbol], needs).on;
        return wanted.some((w) => brought.has(w));
      }),
  );
}

/** What is on when these symbols are. */
function broughtBy(
  symbols: readonly string[],
  needs: Needs,
): { on: Set<string>; oneOf: string[][] } {
  const on = new Set(symbols);
  const oneOf: string[][] = [];
  for (const symbol of on) {
    for (const need of needs.get(symbol) ?? []) {
      const symbolsOf = need.split('|');
      if (symbolsOf.length === 1) on.add(need);
      else oneOf.push(symbolsOf);
    }
  }
  return { on, oneOf };
}
