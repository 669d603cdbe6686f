import { describe, expect, it } from 'vitest';
import { declaration, highlight, wrapPrototype } from './code.ts';

describe('C on a page', () => {
  it('is marked by kind, and is the same text', () => {
    const text = declaration('struct lamp *bpf_lamp_get(u32 nr__k)');
    expect(text).toBe('extern struct lamp *bpf_lamp_get(u32 nr__k) __weak __ksym;');
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

  it('shows what cannot be seen', () => {
    expect(
      highlight('int a\u202e;')
        .map((t) => t.text)
        .join(''),
    ).toBe('int a‹U+202E›;');
  });

  it('stays on one line when it fits', () => {
    expect(wrapPrototype('int f(int a, int b)')).toBe('int f(int a, int b)');
  });

  it('is broken at the commas between parameters, and at no other', () => {
    const text =
      'int bpf_lamp_each(struct lamp *first, int (*visit)(struct lamp *l, void *ctx), void *ctx)';
    expect(wrapPrototype(text)).toBe(
      [
        'int bpf_lamp_each(struct lamp *first, int (*visit)(struct lamp *l, void *ctx),',
        '                  void *ctx)',
      ].join('\n'),
    );
  });

  it('breaks before the first parameter of a long name', () => {
    const name = 'bpf_lamp_with_a_name_that_takes_most_of_the_line';
    expect(wrapPrototype(`struct lamp *${name}(struct lamp *first, u64 flags)`)).toBe(
      `struct lamp *${name}(\n        struct lamp *first, u64 flags)`,
    );
  });

  it('is left alone when it has no parameters to break at', () => {
    const text = `int ${'long_'.repeat(20)}(void)`;
    expect(wrapPrototype(text)).toBe(text);
  });
});
