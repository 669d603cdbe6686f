/** A lexed file with what its offsets mean: lines, guards, tokens as objects for those who ask. */
import { TRUE } from './condition.ts';
import type { Lexed } from './lex.ts';
import { kindOf } from './token-kinds.ts';
import type { Cond, Token } from './types.ts';

export interface Source {
  lexed: Lexed;
  path: string;
  /** Offsets of the line ends, in order. */
  lineEnds: number[];
  /** Guards in force: from token `guardFrom[n]` on it is `guards[n]`. */
  guardFrom: number[];
  guards: Cond[];
}

/** A source without guards; the scanner adds them as it meets conditionals. */
export function makeSource(lexed: Lexed, path: string): Source {
  const lineEnds: number[] = [];
  for (let i = lexed.text.indexOf('\n'); i >= 0; i = lexed.text.indexOf('\n', i + 1)) {
    lineEnds.push(i);
  }
  return { lexed, path, lineEnds, guardFrom: [], guards: [] };
}

/** Index of the first element that is not below `value` in an ascending list. */
export function lowerBound(list: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** 1-based line of an offset. */
export function lineAt(source: Source, offset: number): number {
  return lowerBound(source.lineEnds, offset) + 1;
}

/** 1-based line of a token. */
export function lineOf(source: Source, token: number): number {
  return lineAt(source, source.lexed.start[token]!);
}

/** Guard in force at a token. */
export function guardOf(source: Source, token: number): Cond {
  const n = lowerBound(source.guardFrom, token + 1) - 1;
  return n < 0 ? TRUE : source.guards[n]!;
}

/** Source text of a token, continuations taken out. */
export function textOf(lexed: Lexed, token: number): string {
  const spliced = lexed.spliced.size > 0 ? lexed.spliced.get(token) : undefined;
  return spliced ?? lexed.text.slice(lexed.start[token], lexed.end[token]);
}

/** Whether a word may be a token of a range, whose end `to` is not in it: false is certain. */
export function mayHold(source: Source, from: number, to: number, word: string): boolean {
  const { text, start, count, spliced } = source.lexed;
  // A word that is split by a continuation is in no text.
  if (spliced.size > 0) return true;
  return from < to && text.slice(start[from], to < count ? start[to] : undefined).includes(word);
}

/** Token objects of a range; `to` is not in it. */
export function tokensOf(source: Source, from: number, to: number): Token[] {
  const { lexed, lineEnds, guardFrom, guards } = source;
  const tokens: Token[] = [];
  if (from >= to) return tokens;
  let line = lineOf(source, from);
  let guard = lowerBound(guardFrom, from + 1) - 1;
  for (let i = from; i < to; i++) {
    const start = lexed.start[i]!;
    while (line <= lineEnds.length && lineEnds[line - 1]! < start) line++;
    while (guard + 1 < guardFrom.length && guardFrom[guard + 1]! <= i) guard++;
    tokens.push({
      kind: kindOf(lexed.kind[i]!),
      text: textOf(lexed, i),
      line,
      start,
      guard: guard < 0 ? TRUE : guards[guard]!,
    });
  }
  return tokens;
}

/** Tokens of the inside of a directive: its text from `from` to `to`, all on the line it begins on. */
export function directiveTokens(lexed: Lexed, line: number, guard: Cond): Token[] {
  return Array.from({ length: lexed.count }, (_, i) => ({
    kind: kindOf(lexed.kind[i]!),
    text: textOf(lexed, i),
    line,
    start: lexed.start[i]!,
    guard,
  }));
}
