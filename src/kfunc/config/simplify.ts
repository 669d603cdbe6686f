/** A shorter condition that is true in the same configurations. */
import { FALSE, TRUE, and, condKey, not, or } from '../../c/condition.ts';
import type { Cond } from '../../c/types.ts';
import {
  MODULE,
  NO,
  YES,
  intersection,
  irredundant,
  newEffort,
  primes,
  union,
  type Cube,
  type Effort,
} from './cubes.ts';
import { factor, type Factored } from './factor.ts';

type SymbolCond = Extract<Cond, { op: 'symbol' }>;

/** What a condition is about: a Kconfig symbol with three values, or anything else that holds or not. */
interface Variable {
  /** Any condition on it; of a symbol only the name counts. */
  example: Cond;
  full: number;
  /** `CONFIG_X` was asked for by `#ifdef` and never by IS_BUILTIN or `ifeq (…,y)`. */
  isPlain: boolean;
}

/** Masks in the order in which a reader expects the literals of one variable: `X`, `X=y`, …, `!X`. */
const MASKS = [YES | MODULE, YES, MODULE, NO | YES, NO | MODULE, NO];

/** More symbols than a person would put into one condition. */
const MAX_VARIABLES = 40;
const MAX_DEPTH = 200;

function isTristate(c: Cond): c is SymbolCond {
  return c.op === 'symbol' && c.test !== 'reachable';
}

function collect(c: Cond, variables: Map<string, Variable>, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if (c.op === 'true' || c.op === 'false') return true;
  if (c.op === 'and' || c.op === 'or') {
    return c.terms.every((term) => collect(term, variables, depth + 1));
  }
  if (c.op === 'not') return collect(c.term, variables, depth + 1);
  const key = variableKey(c);
  const seen = variables.get(key);
  if (seen) {
    if (c.op === 'symbol' && c.test === 'builtin') seen.isPlain = false;
  } else {
    variables.set(key, {
      example: c,
      full: isTristate(c) ? NO | YES | MODULE : NO | YES,
      isPlain: !(c.op === 'symbol' && c.test === 'builtin'),
    });
  }
  return variables.size <= MAX_VARIABLES;
}

function variableKey(c: Cond): string {
  return isTristate(c) ? c.name : condKey(c);
}

/** The values that a test allows. `#ifdef` of a tristate is true of built in only. */
function allowed(c: Cond): number {
  if (!isTristate(c)) return YES;
  if (c.test === 'enabled') return YES | MODULE;
  return c.test === 'module' ? MODULE : YES;
}

/** A condition, or its opposite, as cubes; null when they get too many. */
function toCubes(
  c: Cond,
  isNegated: boolean,
  space: { index: ReadonlyMap<string, number>; full: Cube },
  effort: Effort,
): Cube[] | null {
  switch (c.op) {
    case 'true':
    case 'false':
      return (c.op === 'true') === isNegated ? [] : [space.full];
    case 'not':
      return toCubes(c.term, !isNegated, space, effort);
    case 'and':
    case 'or': {
      const lists: Cube[][] = [];
      for (const term of c.terms) {
        const list = toCubes(term, isNegated, space, effort);
        if (list === null) return null;
        lists.push(list);
      }
      return (c.op === 'and') === isNegated
        ? union(lists, effort)
        : intersection(lists, space.full, effort);
    }
    default: {
      const at = space.index.get(variableKey(c))!;
      const mask = isNegated ? space.full[at]! & ~allowed(c) : allowed(c);
      return [space.full.map((m, v) => (v === at ? mask : m))];
    }
  }
}

/** The condition that a variable has one of the values of `mask`. */
function toCond({ example, isPlain }: Variable, mask: number): Cond {
  if (!isTristate(example)) return mask === YES ? example : not(example);
  const test = (name: SymbolCond['test']): Cond => ({ ...example, test: name });
  const builtin = test(isPlain ? 'defined' : 'builtin');
  switch (mask) {
    case YES:
      return builtin;
    case MODULE:
      return test('module');
    case YES | MODULE:
      return test('enabled');
    case NO:
      return not(test('enabled'));
    case NO | MODULE:
      return not(builtin);
    default:
      return not(test('module'));
  }
}

/**
 * Minimises a condition: absorption, complements, redundant terms, common factors. A tristate has three
 * values, so `X=y || X=m` is `X`. The result is true in exactly the same configurations; equal input gives
 * equal output. Symbols keep the order in which they are first met, or stand by name: then conditions that
 * were put together in another order look the same.
 *
 * Never expensive: what is too large to minimise comes back as it is.
 */
export function simplify(cond: Cond, order: 'met' | 'name' = 'met'): Cond {
  const met = new Map<string, Variable>();
  if (!collect(cond, met, 0)) return cond;
  const variables = order === 'met' ? met : new Map([...met].sort(byKey));
  const list = [...variables.values()];
  const full: Cube = list.map((variable) => variable.full);
  const index = new Map([...variables.keys()].map((key, at) => [key, at]));
  const effort = newEffort();

  const cubes = toCubes(cond, false, { index, full }, effort);
  const prime = cubes && primes(cubes, effort);
  if (!prime) return cond;
  if (prime.length === 0) return FALSE;
  const kept = irredundant(prime, full, effort);

  // A literal is a variable with a mask, numbered so that variables stay in their order.
  const products = kept
    .map((cube) =>
      cube.flatMap((mask, v) => (mask === full[v] ? [] : [v * 8 + MASKS.indexOf(mask)])),
    )
    .sort(byLiterals);
  if (products.some((product) => product.length === 0)) return TRUE;
  const build = (f: Factored): Cond => {
    if (f.op === 'literal') return toCond(list[f.literal >> 3]!, MASKS[f.literal & 7]!);
    const terms = f.terms.map(build);
    return f.op === 'and' ? and(...terms) : or(...terms);
  };
  return build(factor(products));
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byLiterals(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] !== b[i]) return a[i]! - b[i]!;
  }
  return a.length - b.length;
}
