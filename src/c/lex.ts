/**
 * The lexer: kernel C into arrays of numbers. Nothing is allocated for a token before somebody asks for it
 * (see tokens.ts), since nearly all tokens of a kernel lie in bodies that nobody reads.
 */
import {
  BACKSLASH,
  DIGIT,
  DOT,
  HASH,
  NEWLINE,
  PUNCTUATOR,
  QUOTE,
  SLASH,
  SPACE,
  WORD,
  afterSplice,
  classOf,
  inWord,
  unsplice,
} from './chars.ts';
import {
  CHAR,
  IDENTIFIER,
  NUMBER,
  STRING,
  joins,
  punctuatorCode,
  punctuatorLength,
} from './codes.ts';
import { commentEnd } from './comment-end.ts';
import { directiveEnd } from './directive-end.ts';

/** A preprocessor directive: a logical line, with its continuations. Offsets into the text. */
export interface Directive {
  /** Of the `#`. */
  start: number;
  /** Of the end of its line. */
  end: number;
  /** `define`, `ifdef`, …; '' for a lone `#`. */
  word: string;
  /** Right after the word. */
  wordEnd: number;
  /** Index of the token that comes next. */
  token: number;
  /** Its last comment; -1 without one. */
  commentStart: number;
  commentEnd: number;
}

/** Something the lexer stumbled over. */
export interface Problem {
  code: string;
  message: string;
  /** Offset in the text. */
  at: number;
}

export interface Lexed {
  text: string;
  count: number;
  /** Per token: see codes.ts. */
  kind: Uint8Array;
  start: Int32Array;
  end: Int32Array;
  /** Text of the few tokens that a line continuation cuts in two. */
  spliced: Map<number, string>;
  /** Start and end of each comment, in turn; those on directives are with the directive. */
  comments: number[];
  directives: Directive[];
  problems: Problem[];
}

/**
 * Fifteen times what the longest file with kfuncs holds, some 100 bytes of memory each once it is parsed;
 * a file with more is read as far as this.
 */
const MAX_TOKENS = 1_500_000;

/**
 * Splits C into tokens, comments and directives. `from` and `to` are offsets into `text`.
 * With `isDirective`, the range is the inside of one directive: `#` is then a punctuator like others.
 *
 * Reports `unterminated-comment`, `unterminated-string`, `unterminated-char`, `too-many-tokens`,
 * `stray-character` (the first of a file).
 */
export function lex(text: string, from = 0, to = text.length, isDirective = false): Lexed {
  let capacity = Math.min(MAX_TOKENS, ((to - from) >> 2) + 16);
  let kind = new Uint8Array(capacity);
  let start = new Int32Array(capacity);
  let end = new Int32Array(capacity);
  let count = 0;
  const spliced = new Map<number, string>();
  const comments: number[] = [];
  const directives: Directive[] = [];
  const problems: Problem[] = [];
  const state = { noneClosedFrom: Infinity };

  let i = from;
  let startsLine = !isDirective;
  let hasStray = false;
  while (i < to) {
    const first = text.charCodeAt(i);
    let code: number;
    let j: number;
    let isSpliced = false;
    switch (classOf[first]) {
      case SPACE:
        i++;
        continue;
      case NEWLINE:
        i++;
        startsLine = !isDirective;
        continue;
      case WORD:
        code = IDENTIFIER;
        j = i + 1;
        while (j < to && inWord[text.charCodeAt(j)] === 1) j++;
        break;
      case DIGIT:
        code = NUMBER;
        j = numberEnd(text, i, to);
        break;
      case QUOTE:
        code = first === 34 ? STRING : CHAR;
        j = quoteEnd(text, i, to, first);
        if (j < 0) {
          j = openQuoteEnd(text, i, -j);
          const what = first === 34 ? 'string' : 'char';
          problems.push({
            code: `unterminated-${what}`,
            at: i,
            message:
              first === 34
                ? 'A string is not closed on its line.'
                : 'A character constant is not closed on its line.',
          });
        }
        break;
      case SLASH: {
        const second = i + 1 < to ? text.charCodeAt(i + 1) : 0;
        if (second === 42) {
          const close = commentEnd(text, i, to, state, problems);
          comments.push(i, close);
          i = close;
          continue;
        }
        if (second === 47) {
          const stop = lineEnd(text, i, to);
          comments.push(i, stop);
          i = stop;
          continue;
        }
        j = i + punctuatorLength(text, i, to, first);
        code = punctuatorCode(first, j - i);
        break;
      }
      case BACKSLASH: {
        const next = afterSplice(text, i, to);
        if (next >= 0) {
          i = next;
          continue;
        }
        j = i + 1;
        code = first;
        break;
      }
      case HASH:
        if (startsLine) {
          const directive = directiveEnd(text, i, to, count, state, problems);
          directives.push(directive);
          i = directive.end;
          continue;
        }
        j = i + punctuatorLength(text, i, to, first);
        code = punctuatorCode(first, j - i);
        break;
      case DOT:
        if (i + 1 < to && classOf[text.charCodeAt(i + 1)] === DIGIT) {
          code = NUMBER;
          j = numberEnd(text, i, to);
          break;
        }
        j = i + punctuatorLength(text, i, to, first);
        code = punctuatorCode(first, j - i);
        break;
      case PUNCTUATOR:
        j = i + punctuatorLength(text, i, to, first);
        code = punctuatorCode(first, j - i);
        break;
      default:
        // Passed over like a blank, so that no name ever holds one.
        if (!hasStray) {
          hasStray = true;
          const message = 'A character stands here that C does not know.';
          problems.push({ code: 'stray-character', at: i, message });
        }
        i++;
        continue;
    }
    //   struct bpf_\⏎map *m;
    //              ^
    if (j < to && text.charCodeAt(j) === 92 && code !== STRING && code !== CHAR) {
      const whole = splicedEnd(text, i, j, to, code);
      if (whole !== j) {
        isSpliced = true;
        j = whole;
        if (code > CHAR) code = punctuatorCode(first, 2);
      }
    } else if (code === STRING || code === CHAR) {
      isSpliced = j - i > 2 && hasSplice(text, i, j);
    }
    if (count === capacity) {
      if (count >= MAX_TOKENS) {
        problems.push({
          code: 'too-many-tokens',
          at: i,
          message: `The file has more than ${MAX_TOKENS} tokens; the rest is not read.`,
        });
        break;
      }
      capacity = Math.min(MAX_TOKENS, capacity * 2);
      kind = grown(kind, new Uint8Array(capacity));
      start = grown(start, new Int32Array(capacity));
      end = grown(end, new Int32Array(capacity));
    }
    if (isSpliced) spliced.set(count, unsplice(text.slice(i, j)));
    kind[count] = code;
    start[count] = i;
    end[count] = j;
    count++;
    i = j;
    startsLine = false;
  }
  return { text, count, kind, start, end, spliced, comments, directives, problems };
}

function grown<T extends Uint8Array | Int32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

/** End of a preprocessing number: `0x1fUL`, `1.5e-3`. */
function numberEnd(text: string, from: number, to: number): number {
  let i = from + 1;
  for (; i < to; i++) {
    const c = text.charCodeAt(i);
    if (inWord[c] === 1 || c === 46) continue;
    //   1e-3
    //     ^
    if (c === 43 || c === 45) {
      const before = text.charCodeAt(i - 1) | 32;
      const isHex = (text.charCodeAt(from + 1) | 32) === 120;
      if (before === 112 || (before === 101 && !isHex)) continue;
    }
    break;
  }
  return i;
}

/** End of a string or character constant; the end of the line, negated, when it is not closed there. */
function quoteEnd(text: string, from: number, to: number, quote: number): number {
  let i = from + 1;
  while (i < to) {
    const c = text.charCodeAt(i);
    if (c === quote) return i + 1;
    if (c === 10) return -i;
    if (c === 92) {
      const next = afterSplice(text, i, to);
      i = next >= 0 ? next : i + 2;
    } else i++;
  }
  return -to;
}

/** Where a string ends that its line does not close: before the punctuation that closes a statement. */
function openQuoteEnd(text: string, from: number, lineEnd: number): number {
  //   printk("never closed);
  //                       ^
  let i = lineEnd;
  while (i > from + 1 && ' \t\r;,)}'.includes(text.charAt(i - 1))) i--;
  return i;
}

/** End of the line at `from`, continuations followed. */
function lineEnd(text: string, from: number, to: number): number {
  let i = from;
  for (;;) {
    i = text.indexOf('\n', i);
    if (i < 0 || i >= to) return to;
    let before = i - 1;
    while (before > from && (text.charCodeAt(before) === 13 || text.charCodeAt(before) === 32))
      before--;
    if (text.charCodeAt(before) !== 92) return i;
    i++;
  }
}

function hasSplice(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (text.charCodeAt(i) === 10) return true;
  }
  return false;
}

/** Where a token ends that a continuation cuts in two; `at`, where it stopped, when nothing joins. */
function splicedEnd(text: string, from: number, at: number, to: number, code: number): number {
  let i = at;
  for (;;) {
    const next = i < to && text.charCodeAt(i) === 92 ? afterSplice(text, i, to) : -1;
    if (next < 0 || next >= to) return i;
    const c = text.charCodeAt(next);
    if (code === IDENTIFIER || code === NUMBER) {
      if (inWord[c] !== 1) return i;
      i = next;
      while (i < to && inWord[text.charCodeAt(i)] === 1) i++;
    } else {
      return at - from === 1 && joins(text.charCodeAt(from), c) ? next + 1 : i;
    }
  }
}
