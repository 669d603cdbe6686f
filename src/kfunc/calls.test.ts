import { describe, expect, test } from 'vitest';
import { callsIn } from './calls.ts';

const names = (text: string) => callsIn(text).map(({ name }) => name);

describe('callsIn()', () => {
  test('finds what is called, with the line of the first time', () => {
    expect(
      callsIn(
        'lamp = bpf_lamp_get(1);\nif (!lamp)\n\treturn -ENOENT;\nbpf_lamp_put(bpf_lamp_get(2));',
      ),
    ).toEqual([
      { name: 'bpf_lamp_get', line: 0 },
      { name: 'bpf_lamp_put', line: 3 },
    ]);
  });

  test.each([
    ['a declaration', 'extern struct lamp *bpf_lamp_get(u32 nr) __ksym;'],
    ['a definition', '__bpf_kfunc int bpf_lamp_dim(struct lamp *lamp__ign)\n{\n...\n}'],
    ['a definition whose type was left out', '__bpf_kfunc bpf_lamp_dim(..., int nr)'],
    ['a comment', '/* bpf_lamp_dim() dims */ // so does bpf_lamp_dim(lamp)'],
    ['a string', 'const char *s = "bpf_lamp_dim(lamp)";'],
    ['a name without a parenthesis', 'BTF_ID_FLAGS = bpf_lamp_dim;'],
    ['a part of a name', 'x = 1 + my_lamp - bpf_lamp_dim_2;'],
  ])('does not take %s for a call', (_, text) => {
    expect(names(text)).toEqual([]);
  });

  test.each([
    ['return', 'return bpf_lamp_dim(lamp);'],
    ['else', 'if (x) y = 1; else bpf_lamp_dim(lamp);'],
    ['a label', 'out:\n\tbpf_lamp_dim(lamp);'],
    ['a cast', 'x = (struct lamp *)bpf_lamp_dim(lamp);'],
    ['a product', 'x = y * bpf_lamp_dim(lamp);'],
    ['return and a product', 'return y * bpf_lamp_dim(lamp);'],
    ['a block', 'for (;;) { bpf_lamp_dim(lamp); }'],
    ['nothing', 'bpf_lamp_dim(..., lamp, ...);'],
  ])('finds a call after %s', (_, text) => {
    expect(names(text)).toEqual(['bpf_lamp_dim']);
  });

  test('reads what is cut off, unbalanced or no C at all', () => {
    for (const text of [
      '',
      '(',
      'f(',
      '"f(',
      '/* f(',
      '}}} f() {{{',
      '\0\ud800 f(',
      '$ ls -l (x)',
    ]) {
      expect(() => callsIn(text)).not.toThrow();
    }
    expect(names('}}} f() {{{')).toEqual(['f']);
  });
});

test('reads the bodies of macros, and takes no macro for a call of itself', () => {
  const macros = [
    '#define lamp_each(nr, lamp) \\',
    '\tfor (lamp = bpf_lamp_first(nr); lamp; \\',
    '\t     lamp = bpf_lamp_next(lamp))',
    '#define lamp_off() bpf_lamp_off(0)',
    '#ifdef bpf_lamp_on(1)',
    '#endif',
    'int x = bpf_lamp_get(1);',
  ];
  expect(callsIn(macros.join('\n'))).toEqual([
    { name: 'bpf_lamp_first', line: 1 },
    { name: 'bpf_lamp_next', line: 2 },
    { name: 'bpf_lamp_off', line: 3 },
    { name: 'bpf_lamp_get', line: 6 },
  ]);
});
