/** The expression of `#if` and `#elif`, read as a condition. */
import { FALSE, TRUE, and, not, or } from './condition.ts';
import { lex } from './lex.ts';
import { directiveTokens } from './source.ts';
import { tokensToText } from './spell.ts';
import type { Cond, Token } from './types.ts';

/** Longer or deeper expressions stay text: nobody wrote those by hand. */
const MAX_LENGTH = 1000;
const MAX_DEPTH = 50;

/**
 * Reads the text after `#if`. `&&`, `||`, `!` and parentheses combine; `defined(CONFIG_X)`,
 * `IS_ENABLED(CONFIG_X)` and its sisters (include/linux/kconfig.h) and a bare `CONFIG_X` are symbols; a
 * number is true or false; what is left is text. An empty expression is the text ''.
 */
export function ifExpression(text: string): Cond {
  const tokens = directiveTokens(lex(text, 0, text.length, true), 0, TRUE);
  if (tokens.length > MAX_LENGTH) return { op: 'text', text: tokensToText(tokens) };
  return expression(tokens, 0);
}

/** `X` as `#ifdef X` asks for it. */
export function definedCond(name: string): Cond {
  if (/^CONFIG_\w+_MODULE$/.test(name)) {
    return { op: 'symbol', name: name.slice(0, -'_MODULE'.length), test: 'module' };
  }
  if (/^CONFIG_\w+$/.test(name)) return { op: 'symbol', name, test: 'defined' };
  return { op: 'text', text: `defined(${name})` };
}

function expression(tokens: readonly Token[], depth: number): Cond {
  if (depth > MAX_DEPTH || isChoice(tokens)) return { op: 'text', text: tokensToText(tokens) };
  const alternatives = splitAt(tokens, '||');
  if (alternatives.length > 1) return or(...alternatives.map((t) => expression(t, depth + 1)));
  const terms = splitAt(tokens, '&&');
  if (terms.length > 1) return and(...terms.map((t) => expression(t, depth + 1)));
  return operand(tokens, depth);
}

function operand(tokens: readonly Token[], depth: number): Cond {
  const [first, second] = tokens;
  if (first?.text === '!' && isSingle(tokens.slice(1))) {
    return not(operand(tokens.slice(1), depth + 1));
  }
  if (first?.text === '(' && closes(tokens, 0) === tokens.length - 1) {
    return expression(tokens.slice(1, -1), depth + 1);
  }
  if (first?.text === 'defined') {
    //   defined CONFIG_X     defined(CONFIG_X)
    const name = tokens.length === 2 ? second : tokens.length === 4 ? tokens[2] : undefined;
    if (name?.kind === 'identifier') return definedCond(name.text);
  }
  if (first?.kind === 'identifier' && tokens.length === 4 && second?.text === '(') {
    const test = tests.get(first.text);
    const name = tokens[2]!.text;
    if (test !== undefined && /^CONFIG_\w+$/.test(name)) return { op: 'symbol', name, test };
  }
  if (first !== undefined && tokens.length === 1) {
    if (first.kind === 'number') {
      const value = Number(first.text.replace(/[uUlL]+$/, ''));
      if (!Number.isNaN(value)) return value === 0 ? FALSE : TRUE;
    }
    if (/^CONFIG_\w+$/.test(first.text)) return definedCond(first.text);
  }
  return { op: 'text', text: tokensToText(tokens) };
}

const tests = new Map<string, 'enabled' | 'builtin' | 'module' | 'reachable'>([
  ['IS_ENABLED', 'enabled'],
  ['IS_BUILTIN', 'builtin'],
  ['IS_MODULE', 'module'],
  ['IS_REACHABLE', 'reachable'],
]);

/** Whether a `!` before these tokens negates them all: `!X`, `!f(X)`, `!(…)`, `!!X`; not `!X == 2`. */
function isSingle(tokens: readonly Token[]): boolean {
  let i = 0;
  while (tokens[i]?.text === '!') i++;
  const first = tokens[i];
  if (first === undefined) return false;
  if (first.text === '(') return closes(tokens, i) === tokens.length - 1;
  if (i === tokens.length - 1) return first.kind !== 'punctuator';
  if (first.text === 'defined' && i === tokens.length - 2) return true;
  return (
    first.kind === 'identifier' &&
    tokens[i + 1]?.text === '(' &&
    closes(tokens, i + 1) === tokens.length - 1
  );
}

/** `a ? b : c` outside parentheses. */
function isChoice(tokens: readonly Token[]): boolean {
  let depth = 0;
  return tokens.some((t) => {
    if (t.text === '(') depth++;
    if (t.text === ')') depth--;
    return depth === 0 && t.text === '?';
  });
}

function closes(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i]!.text === '(') depth++;
    if (tokens[i]!.text === ')' && --depth === 0) return i;
  }
  return -1;
}

function splitAt(tokens: readonly Token[], operator: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const t of tokens) {
    if (t.text === '(') depth++;
    if (t.text === ')') depth--;
    if (depth === 0 && t.text === operator) parts.push([]);
    else parts.at(-1)!.push(t);
  }
  return parts;
}
