import { describe, expect, test } from 'vitest';
import { FALSE, TRUE, and, condKey, condToText, excludes, not, or } from './condition.ts';
import { ifExpression } from './if-expression.ts';
import type { Cond } from './types.ts';

const symbol = (name: string): Cond => ({ op: 'symbol', name, test: 'defined' });
const [a, b, c] = [symbol('CONFIG_A'), symbol('CONFIG_B'), symbol('CONFIG_C')];

describe('conditions', () => {
  test('flatten, fold constants and drop what is said twice', () => {
    expect(and(a, and(b, TRUE), a)).toEqual({ op: 'and', terms: [a, b] });
    expect(and(a, FALSE, b)).toEqual(FALSE);
    expect(and(a, b, FALSE)).toEqual(FALSE);
    expect(or(b, and(a, b), TRUE)).toEqual(TRUE);
    expect(or(a, or(FALSE), a)).toEqual(a);
    expect(or(a, TRUE)).toEqual(TRUE);
    expect(and()).toEqual(TRUE);
    expect(or()).toEqual(FALSE);
    expect(not(not(a))).toEqual(a);
  });

  test('have the same key whatever the order of their terms', () => {
    expect(condKey(and(a, or(b, c)))).toBe(condKey(and(or(c, b), a)));
    expect(condKey(and(a, b))).not.toBe(condKey(or(a, b)));
    expect(condKey(a)).not.toBe(condKey(symbol('CONFIG_AB')));
    expect(condKey({ ...a, test: 'module' } as Cond)).not.toBe(condKey(a));
  });

  test('are written with the parentheses they need and no others', () => {
    expect(condToText(and(a, or(b, not(c))))).toBe('CONFIG_A && (CONFIG_B || !CONFIG_C)');
    expect(condToText(or(and(a, b), c))).toBe('(CONFIG_A && CONFIG_B) || CONFIG_C');
    expect(condToText(not(and(a, b)))).toBe('!(CONFIG_A && CONFIG_B)');
    expect(condToText(not({ op: 'text', text: 'FOO > 3' }))).toBe('!(FOO > 3)');
    expect(condToText(not({ op: 'text', text: 'defined(FOO)' }))).toBe('!defined(FOO)');
    expect(condToText(and(a, { op: 'text', text: 'X ? Y : Z' }))).toBe('CONFIG_A && (X ? Y : Z)');
  });

  test('exclude each other when one says what the other denies', () => {
    expect(excludes(and(a, b), not(a))).toBe(true);
    expect(excludes(not(or(a, b)), and(c, or(b, a)))).toBe(true);
    expect(excludes(and(a, b), c)).toBe(false);
  });
});

describe('reads an #if that asks for', () => {
  test.each([
    ['defined(CONFIG_A)', 'CONFIG_A'],
    ['defined CONFIG_A', 'CONFIG_A'],
    ['CONFIG_A', 'CONFIG_A'],
    ['!defined(CONFIG_A)', '!CONFIG_A'],
    ['!!CONFIG_A', 'CONFIG_A'],
    ['IS_ENABLED(CONFIG_A)', 'CONFIG_A'],
    ['IS_BUILTIN(CONFIG_A)', 'CONFIG_A=y'],
    ['IS_MODULE(CONFIG_A)', 'CONFIG_A=m'],
    ['defined(CONFIG_A_MODULE)', 'CONFIG_A=m'],
    ['IS_REACHABLE(CONFIG_A)', 'IS_REACHABLE(CONFIG_A)'],
    ['CONFIG_A && CONFIG_B || CONFIG_C', '(CONFIG_A && CONFIG_B) || CONFIG_C'],
    ['CONFIG_A && (CONFIG_B || CONFIG_C)', 'CONFIG_A && (CONFIG_B || CONFIG_C)'],
    ['!(CONFIG_A || CONFIG_B)', '!(CONFIG_A || CONFIG_B)'],
    ['CONFIG_A  ==  3', 'CONFIG_A == 3'],
    ['!CONFIG_A == 3', '!CONFIG_A == 3'],
    ['FOO(a,b)>=BAR', 'FOO(a, b) >= BAR'],
    ['FOO', 'FOO'],
    ['!FOO', '!FOO'],
    ['0', '0'],
    ['1', '1'],
    ['0x10UL', '1'],
    ['0 && CONFIG_A', '0'],
    ['1 && CONFIG_A', 'CONFIG_A'],
    ['0 || (CONFIG_A)', 'CONFIG_A'],
    ['defined(CONFIG_A) ? 1 : 0', 'defined(CONFIG_A) ? 1 : 0'],
    ['IS_ENABLED(FOO)', 'IS_ENABLED(FOO)'],
    ['', ''],
    ['&&', ''],
    [')', ')'],
    ['(', '('],
  ])('%s', (text, told) => {
    expect(condToText(ifExpression(text))).toBe(told);
  });

  test('keeps apart how a symbol was asked for', () => {
    const tests = ['defined', 'IS_ENABLED', 'IS_BUILTIN', 'IS_MODULE', 'IS_REACHABLE'].map(
      (f) => ifExpression(`${f}(CONFIG_A)`) as { test: string },
    );
    expect(tests.map((t) => t.test)).toEqual([
      'defined',
      'enabled',
      'builtin',
      'module',
      'reachable',
    ]);
  });

  test('does not follow an expression deeper than anyone writes', () => {
    const deep = ifExpression(`${'('.repeat(400)}CONFIG_A${')'.repeat(400)}`);
    expect(deep.op).toBe('text');
  });
});
