import { describe, expect, test } from 'vitest';
import { condToText } from './condition.ts';
import { expandInvocation } from './expand.ts';
import { parseC } from './parse.ts';
import { tokensToText } from './spell.ts';

/** Expands each invocation of a file with the macros above it. */
function expanded(text: string, stop: string[] = []): { told: string[]; codes: string[] } {
  const { items, macros } = parseC(text, 'a.c').value;
  const results = items
    .filter((item) => item.kind === 'invocation')
    .map((item) =>
      expandInvocation(
        item,
        macros.filter((m) => m.order < item.order),
        new Set(stop),
      ),
    );
  return {
    told: results.flatMap((r) =>
      r.value.map((e) => {
        const args = e.args === null ? '' : `(${e.args.map(tokensToText).join(', ')})`;
        const guard = e.guard.op === 'true' ? '' : ` if ${condToText(e.guard)}`;
        return `${e.line}: ${e.name}${args}${guard}`;
      }),
    ),
    codes: results.flatMap((r) => r.diagnostics.map((d) => d.code)),
  };
}
const told = (text: string, stop?: string[]) => expanded(text, stop).told;

describe('expanding an invocation', () => {
  test('follows an X-macro to the entries it makes', () => {
    expect(
      told(`
#define ORCHARD_KFUNC_xxx \\
	ORCHARD_KFUNC(A, __b, bpf_apple, xmo_apple) \\
	ORCHARD_KFUNC(B, __b, bpf_pear, xmo_pear)
#define ORCHARD_KFUNC(_, __, name, ___) BTF_ID_FLAGS(func, name, KF_TRUSTED_ARGS)
ORCHARD_KFUNC_xxx
`),
    ).toEqual([
      '6: BTF_ID_FLAGS(func, bpf_apple, KF_TRUSTED_ARGS)',
      '6: BTF_ID_FLAGS(func, bpf_pear, KF_TRUSTED_ARGS)',
    ]);
  });

  test('leaves alone what is no macro', () => {
    expect(told('BTF_ID_FLAGS(func, a, KF_A | KF_B)')).toEqual([
      '1: BTF_ID_FLAGS(func, a, KF_A | KF_B)',
    ]);
  });

  test('leaves alone the names it is told to stop at', () => {
    const text = `
#define KF_A (1 << 0)
#define BTF_ID_FLAGS(prefix, name, ...) asm(name)
#define FLAGS KF_A | KF_B
BTF_ID_FLAGS(func, a, FLAGS)`;
    expect(told(text, ['BTF_ID_FLAGS', 'KF_A'])).toEqual(['5: BTF_ID_FLAGS(func, a, KF_A | KF_B)']);
    expect(told(text)).toEqual(['5: asm(a)']);
  });

  test('joins and quotes', () => {
    expect(
      told(`
#define K(a, b) BTF_ID_FLAGS(func, bpf_##a##_##b, #a, x ## 1)
K(apple, pick)
K(, pick)`),
    ).toEqual([
      '3: BTF_ID_FLAGS(func, bpf_apple_pick, "apple", x1)',
      '4: BTF_ID_FLAGS(func, bpf__pick, "", x1)',
    ]);
  });

  test('does not expand an argument of #, and does expand one of a plain parameter', () => {
    expect(
      told(`
#define NAME apple
#define S(x) f(#x, x)
S(NAME)`),
    ).toEqual(['4: f("NAME", apple)']);
  });

  test('hands on variadic arguments, and drops the comma before none', () => {
    expect(
      told(`
#define V(name, ...) BTF_ID_FLAGS(func, name, ##__VA_ARGS__)
#define G(name, rest...) f(name, rest)
V(a)
V(b, KF_A, KF_B)
G(c, d, e)`),
    ).toEqual([
      '4: BTF_ID_FLAGS(func, a)',
      '5: BTF_ID_FLAGS(func, b, KF_A, KF_B)',
      '6: f(c, d, e)',
    ]);
  });

  test('ends with what remains of a macro that names itself', () => {
    expect(told('#define ORCHARD_SELF ORCHARD_SELF\nORCHARD_SELF\n')).toEqual(['2: ORCHARD_SELF']);
    expect(told('#define F(x) F(x + 1)\nF(a)\n')).toEqual(['2: F(a + 1)']);
  });

  test('ends with what remains of macros that name each other', () => {
    expect(told('#define F(x) G(x)\n#define G(x) F(x)\nF(a)\nG(b)\n')).toEqual([
      '3: F(a)',
      '4: G(b)',
    ]);
  });

  test('takes the last of several definitions, and none after #undef', () => {
    expect(
      told(`
#define F(x) first(x)
#define F(x) second(x)
F(a)
#undef F
F(b)
#define F(x) third(x)
F(c)`),
    ).toEqual(['4: second(a)', '6: F(b)', '8: third(c)']);
  });

  test('takes both alternatives of a conditional, each under its guard', () => {
    expect(
      told(`
#ifdef CONFIG_A
#define F(x) first(x)
#else
#define F(x) second(x)
#endif
F(a)
#ifdef CONFIG_A
F(b)
#endif`),
    ).toEqual(['7: first(a) if CONFIG_A', '7: second(a) if !CONFIG_A', '9: first(b) if CONFIG_A']);
  });

  test('does not take a fallback where there is a definition', () => {
    expect(
      told(`
#define F(x) first(x)
#ifndef F
#define F(x) second(x)
#endif
#if 0
#define F(x) third(x)
#endif
F(a)`),
    ).toEqual(['9: first(a)']);
  });

  test('does not take the name of a macro with parameters for a use of it', () => {
    expect(told('#define F(x) g(x)\n#define CALL h(F) F (1)\nCALL();')).toEqual([
      '3: h(F)',
      '3: g(1)',
    ]);
  });

  test('gives up on a macro that grows without end', () => {
    const doubling = Array.from({ length: 60 }, (_, i) => `#define M${i} M${i + 1} M${i + 1}\n`);
    expect(expanded(`${doubling.join('')}M0();`).codes).toEqual(['macro-too-large']);
    const nested = `#define D(x) x x\n${'D('.repeat(400)}a${')'.repeat(400)};`;
    expect(expanded(nested).codes).toEqual(['macro-too-large']);
  });
});
