import { describe, expect, it } from 'vitest';
import { highlight } from './highlight.ts';

describe('C on a page', () => {
  it('is marked by kind, and is the same text', () => {
    const text = 'extern struct lamp *bpf_lamp_get(u32 nr__k) __weak __ksym;';
    const tokens = highlight(text);
    expect(tokens.map((t) => t.text).join('')).toBe(text);
    const kinds = Object.fromEntries(tokens.map((t) => [t.text, t.kind]));
    expect(kinds).toMatchObject({
      extern: 'keyword',
      struct: 'keyword',
      bpf_lamp_get: 'function',
      nr__k: 'param',
    });
  });

  it('has a comment in one colour, its marks included', () => {
    const comments = highlight('return 0; /* Dark. */').filter((t) => t.kind === 'comment');
    expect(comments.map((t) => t.text.trim())).toEqual(['/* Dark. */']);
  });

  it('shows what cannot be seen', () => {
    expect(
      highlight('int a\u202e;')
        .map((t) => t.text)
        .join(''),
    ).toBe('int a‹U+202E›;');
  });
});
