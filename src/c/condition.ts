/**
 * Conditions as the preprocessor combines them: flattened, constants folded, nothing cleverer. What a
 * Kconfig expression simplifies to is for those who know Kconfig.
 */
import type { Cond } from './types.ts';

export const TRUE: Cond = { op: 'true' };
export const FALSE: Cond = { op: 'false' };

/** All of them. Nested `and`s become one; a term that stands there twice is kept once. */
export function and(...terms: readonly Cond[]): Cond {
  return join('and', terms, 'true', 'false');
}

/** Any of them. Nested `or`s become one; a term that stands there twice is kept once. */
export function or(...terms: readonly Cond[]): Cond {
  return join('or', terms, 'false', 'true');
}

function join(
  op: 'and' | 'or',
  terms: readonly Cond[],
  neutral: 'true' | 'false',
  absorbing: 'true' | 'false',
): Cond {
  const telling: Cond[] = [];
  for (const term of terms) {
    if (term.op === absorbing) return term;
    if (term.op !== neutral) telling.push(term);
  }
  // As most often; keys cost more than all else here.
  if (telling.length < 2) return telling[0] ?? { op: neutral };
  const kept = new Map<string, Cond>();
  for (const term of telling) {
    if (term.op !== op) kept.set(condKey(term), term);
    else for (const t of term.terms) kept.set(condKey(t), t);
  }
  const list = [...kept.values()];
  return list.length === 1 ? list[0]! : { op, terms: list };
}

/** The opposite; `!!X` is X. */
export function not(c: Cond): Cond {
  if (c.op === 'true') return FALSE;
  if (c.op === 'false') return TRUE;
  return c.op === 'not' ? c.term : { op: 'not', term: c };
}

const keys = new WeakMap<Cond, string>();

/** A string that is the same for conditions of the same form; the order of terms does not matter. */
export function condKey(c: Cond): string {
  let key = keys.get(c);
  if (key === undefined) {
    key = keyOf(c);
    keys.set(c, key);
  }
  return key;
}

function keyOf(c: Cond): string {
  switch (c.op) {
    case 'true':
      return '1';
    case 'false':
      return '0';
    case 'not':
      return `!${condKey(c.term)}`;
    case 'symbol':
      return `${c.name}:${c.test}`;
    case 'text':
      return JSON.stringify(c.text);
    default:
      return `${c.op}(${c.terms.map(condKey).sort().join(',')})`;
  }
}

/** The terms that must all hold. */
export const conjuncts = (c: Cond): readonly Cond[] => (c.op === 'and' ? c.terms : [c]);

/** Whether two conditions cannot both hold, as far as their form tells. */
export function excludes(a: Cond, b: Cond): boolean {
  const keys = new Set(conjuncts(a).map(condKey));
  return conjuncts(b).some((c) =>
    c.op === 'not' ? keys.has(condKey(c.term)) : keys.has(`!${condKey(c)}`),
  );
}

/**
 * A condition as a reader of Kconfig and C would write it: `CONFIG_NET && !CONFIG_X=m`. `CONFIG_X` is
 * "defined" and "enabled" alike, `=y` is built in, `=m` a module; parentheses only where needed.
 */
export function condToText(c: Cond): string {
  switch (c.op) {
    case 'true':
      return '1';
    case 'false':
      return '0';
    case 'symbol':
      if (c.test === 'builtin') return `${c.name}=y`;
      if (c.test === 'module') return `${c.name}=m`;
      return c.test === 'reachable' ? `IS_REACHABLE(${c.name})` : c.name;
    case 'text':
      return c.text;
    case 'not': {
      const needed =
        c.term.op === 'and' ||
        c.term.op === 'or' ||
        (c.term.op === 'text' && !isPrimary(c.term.text));
      return needed ? `!(${condToText(c.term)})` : `!${condToText(c.term)}`;
    }
    case 'and':
      return c.terms.map((t) => bracketed(t, t.op === 'or')).join(' && ');
    case 'or':
      return c.terms.map((t) => bracketed(t, t.op === 'and')).join(' || ');
  }
}

/** `FOO`, `defined(FOO)`, `FOO(a, b)`: needs no parentheses after `!`. */
function isPrimary(text: string): boolean {
  return /^\w+(\([^()]*\))?$/.test(text);
}

function bracketed(c: Cond, needed: boolean): string {
  const text = condToText(c);
  return needed || (c.op === 'text' && /[?]|\|\||&&/.test(c.text)) ? `(${text})` : text;
}
