/** What two conditions on a kernel's configuration say of each other, after their text. */

/** Terms that must all hold: what stands between the `&&` of the outermost level. */
function conjuncts(expr: string): string[] {
  return cutAt(expr, '||').length > 1 ? [expr] : cutAt(expr, '&&');
}

/** Terms of which one must hold, of a term in parentheses or not. */
function disjuncts(term: string): Set<string> {
  const inner = /^\(.*\)$/.test(term) && closes(term) === term.length - 1;
  return new Set(cutAt(inner ? term.slice(1, -1) : term, '||'));
}

/** Where the parenthesis is closed that a text begins with. */
function closes(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')' && --depth === 0) return i;
  }
  return -1;
}

/** `A && (B || C)` at `&&`: `A`, `(B || C)`. What stands in parentheses is not cut. */
function cutAt(text: string, operator: '&&' | '||'): string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')') depth--;
    if (depth > 0 || !text.startsWith(operator, i)) continue;
    parts.push(text.slice(from, i).trim());
    from = i + operator.length;
  }
  return [...parts, text.slice(from).trim()];
}

/**
 * The terms of `now` that no term of `was` brings along: what is newly needed. An expression is as the
 * dataset has it; null needs nothing.
 *
 *     A            -> A && B           B
 *     A            -> A || B           nothing: the term got wider
 *     A && B       -> A                nothing
 */
export function newlyNeeded(was: string | null, now: string | null): string[] {
  if (now === null) return [];
  const given = was === null ? [] : conjuncts(was).map(disjuncts);
  return conjuncts(now).filter((term) => {
    const wanted = disjuncts(term);
    return !given.some((have) => [...have].every((part) => wanted.has(part)));
  });
}
