/** `#define`, `#undef` and `#include` as records. */
import { inWord, unsplice } from './chars.ts';
import { commentAbove, commentFrom } from './comments.ts';
import { type Directive, lex } from './lex.ts';
import { type Source, directiveTokens, lineAt } from './source.ts';
import type { CInclude, CMacro, Cond, Token } from './types.ts';

/** The macro that a `#define` or `#undef` names; null when it names none. Its body is read when asked for. */
export function macroOf(source: Source, d: Directive, guard: Cond): CMacro | null {
  const { text } = source.lexed;
  //   #define XDP_KFUNC(_, name) \⏎   BTF_ID_FLAGS(func, name) /* why */
  //           ^
  let i = skipSpace(text, d.wordEnd, d.end);
  const from = i;
  while (i < d.end && inWord[text.charCodeAt(i)] === 1) i++;
  if (i === from) return null;
  const name = text.slice(from, i);
  const line = lineAt(source, d.start);
  let params: string[] | null = null;
  if (d.word === 'define' && i < d.end && text.charCodeAt(i) === 40) {
    const close = text.indexOf(')', i);
    if (close < 0 || close > d.end) return null;
    params = paramNames(text.slice(i + 1, close));
    i = close + 1;
  }
  const bodyFrom = i;
  let body: Token[] | null | undefined = d.word === 'undef' ? null : undefined;
  return {
    name,
    params,
    get body() {
      if (body === undefined) {
        body = directiveTokens(lex(text, bodyFrom, d.end, true), line, guard);
      }
      return body;
    },
    line,
    guard,
    order: d.start,
    get comment() {
      return d.commentStart >= 0 ? trailing(source, d) : commentAbove(source, d.start, name);
    },
  };
}

function paramNames(list: string): string[] {
  const bare = unsplice(list).replace(/\/\*.*?\*\//gs, ' ');
  const names = bare.split(',').map((p) => p.trim());
  return names.length === 1 && names[0] === '' ? [] : names;
}

function trailing(source: Source, d: Directive) {
  const comment = commentFrom(source, d.commentStart, d.commentEnd);
  return { ...comment, kind: 'comment' as const };
}

/** The file that an `#include` names; null when that is a macro. */
export function includeOf(source: Source, d: Directive, guard: Cond): CInclude | null {
  const rest = source.lexed.text.slice(d.wordEnd, d.end);
  const match = /^\s*(?:"([^"\n]*)"|<([^>\n]*)>)/.exec(rest);
  if (match === null) return null;
  const path = match[1] ?? match[2]!;
  return { path, system: match[1] === undefined, line: lineAt(source, d.start), guard };
}

function skipSpace(text: string, from: number, to: number): number {
  let i = from;
  while (i < to && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i++;
  //   #define \⏎ NAME
  if (i < to && text.charCodeAt(i) === 92) {
    const next = /^\\[ \t\r]*\n[ \t]*/.exec(text.slice(i, to));
    if (next !== null) return i + next[0].length;
  }
  return i;
}
