/**
 * Boolean minimisation over symbols that have three values: off, built in, a module. A condition becomes
 * a list of cubes (an `or` of `and`s), the cubes become prime, and those that others cover are dropped.
 *
 * A cube holds for each variable the set of values that it allows, as a mask:
 *
 *     CONFIG_A && !CONFIG_B && CONFIG_C=m   ->   [y|m, n, m]
 */

/** Values of a tristate; a question with two answers has only NO and YES. */
export const NO = 1;
export const YES = 2;
export const MODULE = 4;

export type Cube = readonly number[];

/** More cubes, or more steps, than a condition that a person wrote can need. */
const MAX_CUBES = 200;
const MAX_STEPS = 200_000;

/** Steps that are left; below zero the work is given up. */
export interface Effort {
  steps: number;
}

export function newEffort(): Effort {
  return { steps: MAX_STEPS };
}

const isWithin = (a: Cube, b: Cube): boolean => a.every((mask, v) => (mask & b[v]!) === mask);

/** Drops cubes that lie within another; the first of two equal ones stays. */
function absorb(cubes: readonly Cube[], effort: Effort): Cube[] | null {
  effort.steps -= cubes.length * cubes.length;
  if (effort.steps < 0) return null;
  return cubes.filter((a, i) =>
    cubes.every((b, j) => i === j || !isWithin(a, b) || (isWithin(b, a) && i < j)),
  );
}

export function union(lists: readonly (readonly Cube[])[], effort: Effort): Cube[] | null {
  const all = absorb(lists.flat(), effort);
  return all === null || all.length > MAX_CUBES ? null : all;
}

export function intersection(
  lists: readonly (readonly Cube[])[],
  full: Cube,
  effort: Effort,
): Cube[] | null {
  let product: Cube[] = [full];
  for (const list of lists) {
    effort.steps -= product.length * list.length;
    if (product.length * list.length > MAX_CUBES * 10 || effort.steps < 0) return null;
    const met = product.flatMap((a) =>
      list.map((b) => a.map((mask, v) => mask & b[v]!)).filter((cube) => !cube.includes(0)),
    );
    const kept = union([met], effort);
    if (kept === null) return null;
    product = kept;
  }
  return product;
}

/**
 * All prime cubes, by iterated consensus: where two cubes meet in every variable but one, a cube that
 * allows in that one what either does is implied too.
 */
export function primes(start: readonly Cube[], effort: Effort): Cube[] | null {
  let cubes: Cube[] = [...start];
  for (let i = 1; i < cubes.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [cubes[i]!, cubes[j]!];
      for (let v = 0; v < a.length; v++) {
        if (--effort.steps < 0) return null;
        const joined = a[v]! | b[v]!;
        if (joined === a[v] || joined === b[v]) continue;
        const consensus = a.map((mask, w) => (w === v ? joined : mask & b[w]!));
        if (consensus.includes(0) || cubes.some((c) => isWithin(consensus, c))) continue;
        cubes.push(consensus);
        if (cubes.length > MAX_CUBES * 2) return null;
      }
    }
  }
  const kept = absorb(cubes, effort);
  if (kept === null) return null;
  cubes = kept;
  return cubes;
}

/** Whether the cubes together allow everything that `cube` does; false when that costs too much. */
function covers(cubes: readonly Cube[], cube: Cube, effort: Effort): boolean {
  effort.steps -= cubes.length + 1;
  if (effort.steps < 0) return false;
  const met = cubes.map((c) => c.map((mask, v) => mask & cube[v]!)).filter((c) => !c.includes(0));
  if (met.some((c) => isWithin(cube, c))) return true;
  const v = cube.findIndex((mask, w) => met.some((c) => c[w] !== mask));
  if (v < 0) return false;
  return [NO, YES, MODULE]
    .filter((value) => (cube[v]! & value) !== 0)
    .every((value) =>
      covers(
        met,
        cube.map((mask, w) => (w === v ? value : mask)),
        effort,
      ),
    );
}

/** How many variables a cube says something about. */
function size(cube: Cube, full: Cube): number {
  return cube.filter((mask, v) => mask !== full[v]).length;
}

/** Drops cubes that the others cover, the longest first, and of those the last. */
export function irredundant(cubes: readonly Cube[], full: Cube, effort: Effort): Cube[] {
  const order = cubes
    .map((cube, at) => ({ cube, at }))
    .sort((a, b) => size(b.cube, full) - size(a.cube, full) || b.at - a.at);
  const kept = new Set(cubes);
  for (const { cube } of order) {
    const others = [...kept].filter((c) => c !== cube);
    if (covers(others, cube, effort)) kept.delete(cube);
  }
  return [...kept];
}
