import { describe, expect, it } from 'vitest';
import { toHtml } from './render.ts';
import { visible } from './visible.ts';

const html = (value: string) => toHtml({ type: 'root', children: [{ type: 'text', value }] });

describe('what cannot be seen', () => {
  it.each([
    ['a null', '\u0000', 'U+0000'],
    ['a bell', '\u0007', 'U+0007'],
    ['an escape', '\u001b', 'U+001B'],
    ['a carriage return', '\r', 'U+000D'],
    ['a C1 control', '\u009b', 'U+009B'],
    ['a soft hyphen', '\u00ad', 'U+00AD'],
    ['a zero-width space', '\u200b', 'U+200B'],
    ['a zero-width joiner', '\u200d', 'U+200D'],
    ['a left-to-right mark', '\u200e', 'U+200E'],
    ['a right-to-left mark', '\u200f', 'U+200F'],
    ['a line separator', '\u2028', 'U+2028'],
    ['a left-to-right embedding', '\u202a', 'U+202A'],
    ['a pop', '\u202c', 'U+202C'],
    ['a right-to-left override', '\u202e', 'U+202E'],
    ['a word joiner', '\u2060', 'U+2060'],
    ['an isolate', '\u2066', 'U+2066'],
    ['a pop of isolates', '\u2069', 'U+2069'],
    ['a Hangul filler', '\u3164', 'U+3164'],
    ['a variation selector', '\ufe0f', 'U+FE0F'],
    ['a byte order mark', '\ufeff', 'U+FEFF'],
    ['half of a pair', '\ud800', 'U+D800'],
    ['a private character', '\ue000', 'U+E000'],
    ['a tag', '\u{e0041}', 'U+E0041'],
  ])('such as %s is written out', (_, character, name) => {
    expect(visible(`a${character}b`)).toBe(`a‹${name}›b`);
    expect(html(`a${character}b`)).toBe(`a<span class="unprintable">‹${name}›</span>b`);
  });

  it('is written out at both ends of a text, and twice in a row', () => {
    expect(html('\u202e\u202ea\u200b')).toBe(
      '<span class="unprintable">‹U+202E›</span><span class="unprintable">‹U+202E›</span>a' +
        '<span class="unprintable">‹U+200B›</span>',
    );
  });

  it('is not what can be', () => {
    const text = 'naïve “quote” 漢字 😀 ≤\n\tindented עברית';
    expect([visible(text), html(text)]).toEqual([text, text]);
  });
});
