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

describe('the kernel’s own words in C', () => {
  it.each([
    ['u32 a;', 'u32', 'type'],
    ['__be16 a;', '__be16', 'type'],
    ['__u64 a;', '__u64', 'type'],
    ['struct lamp *a;', 'lamp', 'type'],
    ['enum lamp_colour a;', 'lamp_colour', 'type'],
    ['lamp_t a;', 'lamp_t', 'type'],
    ['__bpf_kfunc int f(void)', '__bpf_kfunc', 'keyword'],
    ['int f(void) __weak __ksym;', '__ksym', 'keyword'],
    ['BTF_ID_FLAGS(func, f, KF_ACQUIRE)', 'KF_ACQUIRE', 'constant'],
    ['return -ENOENT;', 'ENOENT', 'constant'],
    ['return LAMP_MAX;', 'LAMP_MAX', 'constant'],
  ])('such as in %j: %s is of the kind %s', (text, word, kind) => {
    const kinds = highlight(text).flatMap((t) =>
      t.text.split(/[^\w]+/).map((w): [string, string | null] => [w, t.kind]),
    );
    expect(kinds.find(([w]) => w === word)?.[1]).toBe(kind);
  });

  it('are not looked for in comments and strings', () => {
    const kinds = highlight('/* u32 LAMP_MAX */ "u32 LAMP_MAX"').map((t) => t.kind);
    expect(kinds).not.toContain('type');
    expect(kinds).not.toContain('constant');
  });

  it('are the same text', () => {
    const text = 'static const struct lamp_ops __rcu *ops[LAMP_MAX] = {\n\t.get = NULL,\n};\n';
    expect(
      highlight(text)
        .map((t) => t.text)
        .join(''),
    ).toBe(text);
  });
});
