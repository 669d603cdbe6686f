import { describe, expect, test } from 'vitest';
import { calls, stringLiterals, switchCases } from './body.ts';
import { condToText } from './condition.ts';
import { parseC } from './parse.ts';
import { tokensToText } from './spell.ts';
import type { Token } from './types.ts';

function bodyOf(text: string): Token[] {
  const item = parseC(`void f(void)\n{\n${text}\n}\n`, 'a.c').value.items[0];
  return item?.kind === 'function' ? item.body : [];
}

describe('calls', () => {
  const told = (text: string, names?: string[]) =>
    calls(bodyOf(text), names && new Set(names)).map(
      (c) => `${c.line}: ${c.name}(${c.args.map(tokensToText).join(' | ')})`,
    );

  test('are found wherever they stand, nested ones too', () => {
    expect(told('ret = ret ?: reg(TYPE, &set);\nif (a(b(1), "x,y")) return c();')).toEqual([
      '3: reg(TYPE | &set)',
      '4: a(b(1) | "x,y")',
      '4: b(1)',
      '4: c()',
    ]);
  });

  test('can be asked for by name', () => {
    expect(told('a(b(1)); b(2);', ['b'])).toEqual(['3: b(1)', '3: b(2)']);
  });

  test('are not statements that look like them, nor left open', () => {
    expect(told('if (a) while (b) switch (c) { } return (d); sizeof(e);')).toEqual([]);
    expect(told('a(b[1, 2);')).toEqual(['3: a(b[1, 2)']);
  });

  test('know the guard they stand under', () => {
    const found = calls(bodyOf('#ifdef CONFIG_A\na();\n#else\nb();\n#endif'));
    expect(found.map((c) => condToText(c.guard))).toEqual(['CONFIG_A', '!CONFIG_A']);
  });
});

test('string literals are unquoted, and joined where they touch', () => {
  expect(stringLiterals(bodyOf('f("__sz", "a " "b");\ng("c\\n");'))).toEqual([
    { text: '__sz', line: 3 },
    { text: 'a b', line: 3 },
    { text: 'c\\n', line: 4 },
  ]);
});

describe('cases of a switch', () => {
  const told = (text: string) =>
    switchCases(bodyOf(text)).map((c) => `${c.cases.join(', ')} -> ${c.returns ?? 'nothing'}`);

  test('that share their statements are one', () => {
    expect(
      told(`switch (type) {
	case BPF_PROG_TYPE_A:
		return HOOK_A;
	case BPF_PROG_TYPE_B:
	case BPF_PROG_TYPE_C:
		return HOOK_B;
	default:
		return -EINVAL;
	}`),
    ).toEqual([
      'BPF_PROG_TYPE_A -> HOOK_A',
      'BPF_PROG_TYPE_B, BPF_PROG_TYPE_C -> HOOK_B',
      'default -> -EINVAL',
    ]);
  });

  test('may hold blocks, choices and other switches', () => {
    expect(
      told(`switch (a) {
	case X ? 1 : 2: { b(); return c ? d : e; }
	case 'z': switch (f) { case 1: return 10; } break;
	case Y: g(); break;
	case Z:
	}`),
    ).toEqual([
      'X ? 1 : 2 -> c ? d : e',
      "'z' -> nothing",
      'Y -> nothing',
      'Z -> nothing',
      '1 -> 10',
    ]);
  });

  test('know the guard of each label', () => {
    const [only] = switchCases(
      bodyOf('switch (a) {\n#ifdef CONFIG_A\ncase X:\n#endif\ncase Y: return 1; }'),
    );
    expect(only!.labels.map((l) => `${l.text} ${condToText(l.guard)}`)).toEqual([
      'X CONFIG_A',
      'Y 1',
    ]);
  });

  test('are not looked for in a switch without braces', () => {
    expect(told('switch (a) case 1: return 2;')).toEqual([]);
  });
});
