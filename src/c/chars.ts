/** Classes of characters, as a table indexed by UTF-16 code unit: the lexer's inner loop asks nothing else. */

export const SPACE = 0;
export const NEWLINE = 1;
export const WORD = 2;
export const DIGIT = 3;
export const QUOTE = 4;
export const PUNCTUATOR = 5;
export const SLASH = 6;
export const BACKSLASH = 7;
export const HASH = 8;
export const DOT = 9;
/** Nothing that C knows outside of strings and comments. */
const STRAY = 10;

export const classOf = new Uint8Array(65536).fill(STRAY);
/** 1 for a character that can stand in an identifier after its first. */
export const inWord = new Uint8Array(65536);

const put = (characters: string, kind: number) => {
  for (const c of characters) classOf[c.charCodeAt(0)] = kind;
};
put(' \t\v\f\r\0\u00a0\ufeff', SPACE);
put('\n', NEWLINE);
put('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$', WORD);
put('0123456789', DIGIT);
put('"\'', QUOTE);
put('()[]{}<>;,:?=+-*%&|^~!', PUNCTUATOR);
put('/', SLASH);
put('\\', BACKSLASH);
put('#', HASH);
put('.', DOT);
for (let c = 0; c < 128; c++) {
  if (classOf[c] === WORD || classOf[c] === DIGIT) inWord[c] = 1;
}

/**
 * Where a line goes on after `\` and the end of its line; -1 when the backslash at `at` is an ordinary one.
 * White space after the backslash is passed over, as the kernel's compilers do.
 */
export function afterSplice(text: string, at: number, to: number): number {
  //   #define X(a) \␠␠⏎
  //                ^
  for (let i = at + 1; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === 10) return i + 1;
    if (c !== 32 && c !== 9 && c !== 13) return -1;
  }
  return -1;
}

/** Source text without its line continuations. */
export function unsplice(text: string): string {
  return text.includes('\\') ? text.replace(/\\[ \t\r]*\n/g, '') : text;
}
