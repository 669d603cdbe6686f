/** Takes out what terms have in common: `A && C || B && C` is `(A || B) && C`. */

/** An `and` of literals, as their numbers in ascending order. */
export type Product = readonly number[];

export type Factored = { op: 'literal'; literal: number } | { op: 'and' | 'or'; terms: Factored[] };

const contains = (product: Product, part: Product): boolean =>
  part.every((literal) => product.includes(literal));

const without = (product: Product, part: Product): Product =>
  product.filter((literal) => !part.includes(literal));

const keyOf = (product: Product): string => product.join();

function common(products: readonly Product[]): Product {
  const [first = [], ...others] = products;
  return first.filter((literal) => others.every((other) => other.includes(literal)));
}

/** The literal that stands in most products, the lowest of several; null when none stands in two. */
function mostFrequent(products: readonly Product[]): number | null {
  const counts = new Map<number, number>();
  for (const literal of products.flat()) counts.set(literal, (counts.get(literal) ?? 0) + 1);
  let best: number | null = null;
  for (const [literal, count] of [...counts].sort(([a], [b]) => a - b)) {
    if (count > 1 && count > (best === null ? 1 : counts.get(best)!)) best = literal;
  }
  return best;
}

const conjunction = (product: Product): Factored => join('and', product.map(toLiteral));

function toLiteral(literal: number): Factored {
  return { op: 'literal', literal };
}

/** Lowest literal, by which terms are put in order. */
function lowest(f: Factored): number {
  return f.op === 'literal' ? f.literal : Math.min(...f.terms.map(lowest));
}

function join(op: 'and' | 'or', terms: readonly Factored[]): Factored {
  const flat = terms.flatMap((term) => (term.op === op ? term.terms : [term]));
  if (flat.length === 1) return flat[0]!;
  return { op, terms: flat.sort((a, b) => lowest(a) - lowest(b)) };
}

/**
 * Factors a sum of products, none of them empty, by dividing it again and again: by what all products
 * share, then by what goes with the literal that is in most of them.
 */
export function factor(products: readonly Product[]): Factored {
  if (products.length === 1) return conjunction(products[0]!);
  const shared = common(products);
  if (shared.length > 0) {
    const rest = products.map((product) => without(product, shared));
    return join('and', [...shared.map(toLiteral), factor(rest)]);
  }
  const literal = mostFrequent(products);
  if (literal === null) return join('or', products.map(conjunction));

  //   A&C | A&D | B&C | B&D | E:  the literal A goes with the divisor C | D,
  //   by which the whole divided is A | B, and E remains.
  const withLiteral = products.filter((product) => product.includes(literal));
  const sharedThere = common(withLiteral);
  const divisor = withLiteral.map((product) => without(product, sharedThere));
  const keys = new Set(products.map(keyOf));
  const sum = (a: Product, b: Product): string => keyOf([...a, ...b].sort((x, y) => x - y));
  const quotient = products
    .filter((product) => contains(product, divisor[0]!))
    .map((product) => without(product, divisor[0]!))
    .filter((q) => divisor.every((d) => keys.has(sum(q, d)) && !d.some((l) => q.includes(l))));
  const covered = new Set(quotient.flatMap((q) => divisor.map((d) => sum(q, d))));
  const rest = products.filter((product) => !covered.has(keyOf(product)));
  const divided = join('and', [factor(quotient), factor(divisor)]);
  return rest.length === 0 ? divided : join('or', [divided, factor(rest)]);
}
