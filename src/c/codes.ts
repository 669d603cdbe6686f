/**
 * What a token is, in one byte: 1 to 4 for tokens with a text of their own, the character itself for a
 * punctuator of one character, 128 and up for the longer ones.
 */
export const IDENTIFIER = 1;
export const NUMBER = 2;
export const STRING = 3;
export const CHAR = 4;

export const OPEN_PAREN = 40;
export const CLOSE_PAREN = 41;
export const STAR = 42;
export const COMMA = 44;
const DOT_MARK = 46;
export const COLON = 58;
export const SEMICOLON = 59;
export const EQUALS = 61;
export const OPEN_BRACKET = 91;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;
export const ELLIPSIS = 128;

/** A punctuator of more than one character; `ELLIPSIS` apart, the scanner need not know which. */
const LONG = 129;

/** Longest first. */
const longer = ['...', '<<=', '>>='].concat(
  '-> ++ -- << >> <= >= == != && || += -= *= /= %= &= |= ^= ##'.split(' '),
);
/** By their first two characters. */
const byPair = Map.groupBy(longer, (p) => pairOf(p.charCodeAt(0), p.charCodeAt(1)));

function pairOf(first: number, second: number): number {
  return (first << 16) | second;
}

/** Length of the punctuator at `at`, whose first character is `first`. */
export function punctuatorLength(text: string, at: number, to: number, first: number): number {
  const second = at + 1 < to ? text.charCodeAt(at + 1) : 0;
  // A word, a blank or a bracket after it: nothing to join.
  if (second < 33 || (second > 63 && second !== 124) || second === 40 || second === 41) return 1;
  const candidates = byPair.get(pairOf(first, second));
  if (candidates === undefined) return 1;
  // No closure: it would cost memory at each call, of which there is one for each token.
  for (const p of candidates) {
    if (at + p.length <= to && text.startsWith(p, at)) return p.length;
  }
  return 1;
}

/** Whether two characters make one punctuator: `&\⏎&`. */
export function joins(first: number, second: number): boolean {
  return byPair.get(pairOf(first, second))?.some((p) => p.length === 2) ?? false;
}

/** The code of a punctuator of `length` characters whose first is `first`. */
export function punctuatorCode(first: number, length: number): number {
  if (length === 1) return first < 128 ? first : LONG;
  return length === 3 && first === DOT_MARK ? ELLIPSIS : LONG;
}
