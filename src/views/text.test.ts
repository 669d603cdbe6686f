import { describe, expect, it } from 'vitest';
import { count, list, plain, say, visible } from './text.ts';

describe('words of the dataset', () => {
  it.each([
    ['a\u202eb', 'a‹U+202E›b'],
    ['a\u0000b', 'a‹U+0000›b'],
    ['a\u200bb', 'a‹U+200B›b'],
    ['a\rb', 'a‹U+000D›b'],
    ['a\ud800b', 'a‹U+D800›b'],
    ['\u{e0041}', '‹U+E0041›'],
  ])('shows what cannot be seen in %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves letters, symbols, tabs and lines as they are', () => {
    const text = 'naïve “quote” 漢字 😀 ≤\n\tindented';
    expect(visible(text)).toBe(text);
  });

  it('is joined with commas', () => {
    expect(plain(list([[say('a')], [say('b'), say('!')], [say('c')]]))).toBe('a, b!, c');
  });

  it('is counted as English does', () => {
    expect([count(1, 'kfunc'), count(0, 'kfunc'), count(2345, 'kfunc')]).toEqual([
      '1 kfunc',
      '0 kfuncs',
      '2,345 kfuncs',
    ]);
  });
});
