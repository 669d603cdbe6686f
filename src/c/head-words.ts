/** The words of a declaration's head, and the brackets among them. */
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
} from './codes.ts';
import { type Source, textOf } from './source.ts';
import { spellDeclaration } from './spell.ts';
import { kindOf } from './token-kinds.ts';

/** A token of a head. */
export interface Word {
  /** See codes.ts. */
  code: number;
  text: string;
  /** Index of the token in the file. */
  at: number;
}

/** The words of a head, given as indexes of tokens. */
export function wordsOf(source: Source, tokens: readonly number[]): Word[] {
  return tokens.map((at) => ({
    code: source.lexed.kind[at]!,
    text: textOf(source.lexed, at),
    at,
  }));
}

/** Index of the bracket that closes the one at `open`; -1 when none does. */
export function closing(words: readonly Word[], open: number): number {
  let depth = 0;
  for (let i = open; i < words.length; i++) {
    const { code } = words[i]!;
    if (code === OPEN_PAREN || code === OPEN_BRACKET || code === OPEN_BRACE) depth++;
    else if (code === CLOSE_PAREN || code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      if (--depth === 0) return i;
    }
  }
  return -1;
}

/** Splits at the commas outside brackets; nothing at all gives no part. */
export function splitAtCommas<T extends { code: number }>(words: readonly T[]): T[][] {
  if (words.length === 0) return [];
  const parts: T[][] = [[]];
  let depth = 0;
  for (const w of words) {
    if (w.code === OPEN_PAREN || w.code === OPEN_BRACKET || w.code === OPEN_BRACE) depth++;
    else if (w.code === CLOSE_PAREN || w.code === CLOSE_BRACKET || w.code === CLOSE_BRACE) depth--;
    if (depth === 0 && w.code === COMMA) parts.push([]);
    else parts.at(-1)!.push(w);
  }
  return parts;
}

/** Words as text, in the kernel's style. */
export function spell(words: readonly Word[]): string {
  return spellDeclaration(words.map((w) => ({ kind: kindOf(w.code), text: w.text })));
}
