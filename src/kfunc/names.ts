import type { Token } from '../c/types.ts';

/** The name in `&name` or `name`; null when the tokens are something else (a condition, `NULL`). */
export function namedBy(tokens: readonly Token[]): string | null {
  const [first, second] = tokens;
  const name = first?.text === '&' ? second : first;
  const length = first?.text === '&' ? 2 : 1;
  if (tokens.length !== length || name?.kind !== 'identifier' || name.text === 'NULL') return null;
  return name.text;
}

/** Every identifier among the tokens, in order, without duplicates. */
export function identifiers(tokens: readonly Token[]): string[] {
  return [...new Set(tokens.filter((t) => t.kind === 'identifier').map((t) => t.text))];
}

/** Compares by code unit, whatever the locale: the order of everything that the dataset sorts. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
