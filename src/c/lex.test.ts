import { describe, expect, test } from 'vitest';
import { lex } from './lex.ts';
import { textOf } from './source.ts';

const texts = (text: string) => {
  const lexed = lex(text);
  return Array.from({ length: lexed.count }, (_, i) => textOf(lexed, i));
};
const problems = (text: string) => lex(text).problems.map((p) => p.code);

describe('the lexer', () => {
  test('takes the longest punctuator', () => {
    expect(texts('a<<=b->c...d&&e++ +f<=g')).toEqual(
      'a <<= b -> c ... d && e ++ + f <= g'.split(' '),
    );
    expect(texts('a.b.. .c')).toEqual(['a', '.', 'b', '.', '.', '.', 'c']);
  });

  test('reads numbers with suffixes, exponents and hexadecimal digits', () => {
    expect(texts('0x1fUL 1.5e-3 .5f 0xe+1 1ULL')).toEqual(
      '0x1fUL 1.5e-3 .5f 0xe + 1 1ULL'.split(' '),
    );
  });

  test('keeps escapes and the quotes of strings and characters', () => {
    expect(texts(String.raw`"a \" b" '\'' "\\" 'x'`)).toEqual([
      String.raw`"a \" b"`,
      String.raw`'\''`,
      String.raw`"\\"`,
      `'x'`,
    ]);
  });

  test('does not take a comment mark inside a string for a comment, nor a quote inside a comment', () => {
    expect(texts('"/* a */" /* " */ b // "\nc')).toEqual(['"/* a */"', 'b', 'c']);
  });

  test('goes on after a continuation in the middle of a word, a number, a string or an operator', () => {
    expect(texts('ab\\\ncd 1\\\n2 "x\\\ny" a&\\\n&b a \\\n b')).toEqual([
      'abcd',
      '12',
      '"xy"',
      'a',
      '&&',
      'b',
      'a',
      'b',
    ]);
    expect(texts('ab\\  \r\ncd')).toEqual(['abcd']);
  });

  test('does not join what a continuation keeps apart', () => {
    expect(texts('a\\\n+b c+\\\nd')).toEqual(['a', '+', 'b', 'c', '+', 'd']);
  });

  test('takes a # for a directive only at the start of a line', () => {
    const lexed = lex('a # b\n /* c */ # define X \\\n 1\n#\nd');
    expect(lexed.directives.map((d) => d.word)).toEqual(['define', '']);
    expect(texts('a # b\n#if 1\nd')).toEqual(['a', '#', 'b', 'd']);
  });

  test('ends a directive where its comment ends, not its line', () => {
    expect(texts('#define A /* one\n two */ 3\nb')).toEqual(['b']);
    expect(texts(`#error don't /* really\nc */ x\nd`)).toEqual(['d']);
    expect(texts(`#define A "/*"\nb`)).toEqual(['b']);
  });

  test('reports what is not closed, and reads on', () => {
    expect(problems('char *s = "abc;\nint b;')).toEqual(['unterminated-string']);
    expect(texts('f("abc);\nint b;')).toEqual(['f', '(', '"abc', ')', ';', 'int', 'b', ';']);
    expect(problems(`int c = 'a;`)).toEqual(['unterminated-char']);
    expect(problems('int a; /* b')).toEqual(['unterminated-comment']);
    expect(texts('/* a\n * b\nint c;')).toEqual(['int', 'c', ';']);
    expect(problems('#define A /* b')).toEqual(['unterminated-comment']);
    expect(problems('/* a\n/* b\n/* c\n')).toEqual(['unterminated-comment']);
  });

  test('passes over characters that C does not know, and says so once', () => {
    expect(texts('in\ufffdt a\0b @ `c\u00e9 d')).toEqual(['in', 't', 'a', 'b', 'c', 'd']);
    expect(problems('\ufffd @')).toEqual(['stray-character']);
    expect(problems('"\ufffd" /* \u00e9 */ \0')).toEqual([]);
  });

  test('does not see a byte order mark', () => {
    expect(texts('\ufeff#define A\nint a;')).toEqual(['int', 'a', ';']);
  });
});
