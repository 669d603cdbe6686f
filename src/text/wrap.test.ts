import { describe, expect, test } from 'vitest';
import { columnsOf, wrap } from './wrap.ts';

const long = (words: number): string =>
  Array.from({ length: words }, (_, i) => `lamp${i}`).join(' ');
const ADDRESS = `https://example.org/${'lamps/'.repeat(20)}`;
const SUBJECT = `bpf: ${'Light the lamps '.repeat(6).trim()}`;

describe('wrap', () => {
  test('fills lines up to 75 columns and no further', () => {
    const lines = wrap(long(40)).split('\n');
    expect(lines.length).toBeGreaterThan(3);
    expect(Math.max(...lines.map(columnsOf))).toBeLessThanOrEqual(75);
    expect(lines.join(' ')).toBe(long(40));
    for (const [i, line] of lines.slice(0, -1).entries()) {
      const [next = ''] = lines[i + 1]!.split(' ');
      expect(columnsOf(`${line} ${next}`)).toBeGreaterThan(75);
    }
  });

  test('takes a line of exactly 75 columns whole, and wraps one of 76', () => {
    const line = `${'a'.repeat(37)} ${'b'.repeat(37)}`;
    expect(wrap(line)).toBe(line);
    expect(wrap(`${line}b`)).toBe(`${'a'.repeat(37)}\n${'b'.repeat(38)}`);
  });

  test('begins the first line with the indent and the others with the hanging one', () => {
    const text = wrap('one two three four', { columns: 11, indent: '- ', hanging: '    ' });
    expect(text).toBe('- one two\n    three\n    four');
  });

  test('hangs further lines as it indents the first unless told otherwise', () => {
    expect(wrap('one two three', { columns: 9, indent: '  ' })).toBe('  one two\n  three');
  });

  test('keeps the lines of a text apart, and empty ones', () => {
    expect(wrap('one\n\ntwo\nthree\n', { indent: '  ' })).toBe('  one\n\n  two\n  three\n');
  });

  test('leaves no blank at the end of a line, whatever stood there', () => {
    expect(wrap('one   \n \t \n  two\t', { indent: '    ' })).toBe('    one\n\n    two');
  });

  test('puts an address that is too long on a line of its own and does not cut it', () => {
    expect(wrap(`see ${ADDRESS} for more`)).toBe(`see\n${ADDRESS}\nfor more`);
  });

  test('does not part an address from the number of its footnote', () => {
    expect(wrap(`[1] ${ADDRESS}`, { indent: '  ' })).toBe(`  [1] ${ADDRESS}`);
    expect(wrap(`[12]: ${ADDRESS}`)).toBe(`[12]: ${ADDRESS}`);
  });

  test('does not wrap a Fixes: line', () => {
    const line = `Fixes: 0123456789ab ("${SUBJECT}")`;
    expect(wrap(`${long(14)}\n${line}`)).toBe(`${wrap(long(14))}\n${line}`);
  });

  test('does not wrap a commit with its subject', () => {
    const commit = `commit 0123456789ab ("${SUBJECT}")`;
    expect(wrap(`This came with ${commit}, and stayed.`)).toBe(
      `This came with\n${commit},\nand stayed.`,
    );
    expect(wrap(`Gone (${commit}).`)).toBe(`Gone\n(${commit}).`);
  });

  test('finds the end of a subject that holds quotes and parentheses', () => {
    const commit = 'commit 0123456789ab ("Revert "bpf: Let it (slowly) go"")';
    expect(wrap(`a ${commit} b`, { columns: 10 })).toBe(`a\n${commit}\nb`);
  });

  test('does not take every word commit for one', () => {
    expect(wrap('commit this to memory', { columns: 12 })).toBe('commit this\nto memory');
  });

  test('cuts any other word that is wider than a line', () => {
    expect(wrap('a'.repeat(12), { columns: 5, indent: ' ' })).toBe(' aaaa\n aaaa\n aaaa');
  });

  test('goes on after a word that was cut', () => {
    expect(wrap(`${'a'.repeat(7)} b`, { columns: 5 })).toBe('aaaaa\naa b');
  });

  test('counts wide characters as two columns and does not cut through one', () => {
    expect(wrap('漢字漢字', { columns: 5 })).toBe('漢字\n漢字');
    expect(wrap('e\u0301'.repeat(4), { columns: 2 })).toBe('e\u0301e\u0301\ne\u0301e\u0301');
  });

  test('ends when there is no room at all', () => {
    expect(wrap('abc d', { columns: 2, indent: '    ' }).split('\n')).toEqual([
      '    a',
      '    b',
      '    c',
      '    d',
    ]);
  });

  test.each([
    ['a\u202eb', 'a‹U+202E›b'],
    ['a\u001b[31mb', 'a‹U+001B›[31mb'],
    ['a\u200bb', 'a‹U+200B›b'],
    ['a\rb', 'a‹U+000D›b'],
    ['a\r\nb', 'a\nb'],
    [`https://example.org/\u202ek`, 'https://example.org/‹U+202E›k'],
    ['Fixes: 0123456789ab ("a\u0007")', 'Fixes: 0123456789ab ("a‹U+0007›")'],
  ])('makes inert what cannot be seen in %j', (text, shown) => {
    expect(wrap(text)).toBe(shown);
  });

  test('says nothing of nothing', () => {
    expect(wrap('')).toBe('');
    expect(wrap('   ', { indent: '  ' })).toBe('');
  });
});
