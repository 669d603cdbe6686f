/**
 * The stack of open conditionals. It knows which condition is in force and what a branch began with; what
 * is kept for a branch (`T`) is the scanner's business.
 */
import { FALSE, TRUE, and, not } from './condition.ts';
import { definedCond, ifExpression } from './if-expression.ts';
import type { Directive, Lexed } from './lex.ts';
import type { Cond } from './types.ts';
import { unsplice } from './chars.ts';

export interface Frame<T> {
  /** The `#if`. */
  opener: Directive;
  /** In force outside. */
  outer: Cond;
  /** No branch so far applies. */
  noneBefore: Cond;
  /** In force in the branch that is open. */
  inForce: Cond;
  hasElse: boolean;
  /** The scanner's state at `#if`. */
  before: T;
  /** Its state at the end of each branch that is not `#if 0`, with the guard there. */
  ends: { state: T; guard: Cond }[];
}

/** Conditionals nested or chained deeper than this no longer add to the condition. */
const MAX_TERMS = 100;

/** The condition that `#if`, `#ifdef`, `#elif`, … asks for, read once for each wording in a file. */
export function conditionOf(lexed: Lexed, directive: Directive, seen: Map<string, Cond>): Cond {
  const raw = lexed.text.slice(directive.wordEnd, directive.end);
  const isNamed = directive.word.endsWith('def');
  const key = isNamed ? `#${raw}` : raw;
  let condition = seen.get(key);
  if (condition === undefined) {
    condition = isNamed
      ? definedCond(/[A-Za-z_]\w*/.exec(withoutComments(unsplice(raw)))?.[0] ?? '')
      : ifExpression(raw);
    seen.set(key, condition);
  }
  return directive.word.endsWith('ndef') ? not(condition) : condition;
}

function withoutComments(text: string): string {
  return text.includes('/') ? text.replace(/\/\*.*?\*\/|\/\/.*/gs, ' ') : text;
}

/** Opens a conditional; `depth` counts those already open. */
export function openFrame<T>(
  opener: Directive,
  condition: Cond,
  outer: Cond,
  before: T,
  depth: number,
): Frame<T> {
  const told = depth < MAX_TERMS ? condition : TRUE;
  return {
    opener,
    outer,
    noneBefore: not(told),
    inForce: and(outer, told),
    hasElse: false,
    before,
    ends: [],
  };
}

/** Goes on to `#elif` (with its condition) or `#else` (with TRUE). */
export function nextBranch(frame: Frame<unknown>, condition: Cond): void {
  if (frame.hasElse) {
    frame.inForce = and(frame.outer, FALSE);
    return;
  }
  const size = frame.noneBefore.op === 'and' ? frame.noneBefore.terms.length : 1;
  const told = size < MAX_TERMS ? condition : TRUE;
  frame.inForce = and(frame.outer, frame.noneBefore, told);
  frame.noneBefore = size < MAX_TERMS ? and(frame.noneBefore, not(told)) : frame.noneBefore;
}

/**
 * The conditional that keeps a header from being read twice: `#ifndef X`, `#define X` right after it, and
 * the `#endif` at the end, with no token and no other conditional outside. It is no condition of what it holds. -1 without one.
 */
export function includeGuard(lexed: Lexed): number {
  const { directives } = lexed;
  //   #ifndef _LINUX_X_H
  //   #define _LINUX_X_H
  //   …
  //   #endif
  const first = directives.findIndex((d) => d.word !== 'pragma');
  const opener = directives[first];
  const define = directives[first + 1];
  if (opener?.token !== 0 || define?.word !== 'define' || define.token !== 0) return -1;
  const asked =
    opener.word === 'ifndef'
      ? /^\s*(\w+)/.exec(lexed.text.slice(opener.wordEnd, opener.end))
      : opener.word === 'if'
        ? /^\s*!\s*defined\s*\(?\s*(\w+)\s*\)?\s*$/.exec(
            lexed.text.slice(opener.wordEnd, opener.end),
          )
        : null;
  const defined = /^\s*(\w+)/.exec(lexed.text.slice(define.wordEnd, define.end));
  const name = asked?.[1];
  if (name === undefined || name !== defined?.[1] || name.startsWith('CONFIG_')) return -1;
  let depth = 0;
  for (let i = first; i < directives.length; i++) {
    const { word, token } = directives[i]!;
    if (word === 'if' || word === 'ifdef' || word === 'ifndef') depth++;
    else if (depth === 1 && (word === 'else' || word.startsWith('elif'))) return -1;
    else if (word === 'endif' && --depth === 0) {
      const isLast = directives.slice(i + 1).every((d) => !/^(?:if|el|end)/.test(d.word));
      return isLast && token === lexed.count ? first : -1;
    }
  }
  return -1;
}
