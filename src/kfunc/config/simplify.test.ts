import { describe, expect, it } from 'vitest';
import { and, condToText, not, or } from '../../c/condition.ts';
import type { Cond } from '../../c/types.ts';
import { evaluate } from './dot-config.ts';
import { parseExpr } from './expression.ts';
import { simplify } from './simplify.ts';

const read = (text: string): Cond => parseExpr(text).value;
const simplified = (text: string): string => condToText(simplify(read(text)));

/** Random numbers that are the same in every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const NAMES = ['CONFIG_A', 'CONFIG_B', 'CONFIG_C', 'CONFIG_D'];
const TESTS = ['enabled', 'builtin', 'module'] as const;

function randomCond(next: (below: number) => number, depth: number): Cond {
  const kind = depth === 0 ? 0 : next(4);
  if (kind === 0) {
    return { op: 'symbol', name: NAMES[next(NAMES.length)]!, test: TESTS[next(3)]! };
  }
  if (kind === 1) return not(randomCond(next, depth - 1));
  const terms = Array.from({ length: 2 + next(2) }, () => randomCond(next, depth - 1));
  return kind === 2 ? and(...terms) : or(...terms);
}

/** Every configuration of four tristates. */
function configurations(): Map<string, string>[] {
  return Array.from({ length: 3 ** NAMES.length }, (_, n) => {
    const config = new Map<string, string>();
    NAMES.forEach((name, i) => {
      const value = Math.floor(n / 3 ** i) % 3;
      if (value > 0) config.set(name, value === 1 ? 'y' : 'm');
    });
    return config;
  });
}

describe('simplify', () => {
  it('writes alike what was put together in another order, when told to go by name', () => {
    const texts = [
      'CONFIG_C && (CONFIG_A || !CONFIG_B)',
      '(!CONFIG_B || CONFIG_A) && CONFIG_C',
      'CONFIG_A && CONFIG_C || CONFIG_C && !CONFIG_B',
    ];
    const named = texts.map((text) => condToText(simplify(read(text), 'name')));
    expect(new Set(named).size).toBe(1);
    expect(condToText(simplify(read('CONFIG_B && CONFIG_A'), 'name'))).toBe('CONFIG_A && CONFIG_B');
    expect(condToText(simplify(read('CONFIG_B && CONFIG_A')))).toBe('CONFIG_B && CONFIG_A');
  });

  it('drops what another term implies', () => {
    expect(simplified('CONFIG_A || CONFIG_A && CONFIG_B')).toBe('CONFIG_A');
    expect(simplified('CONFIG_A && (CONFIG_A || CONFIG_B)')).toBe('CONFIG_A');
    expect(simplified('CONFIG_A && CONFIG_A=y')).toBe('CONFIG_A=y');
  });

  it('sees that a definition and its stub together need nothing', () => {
    expect(simplified('CONFIG_A || !CONFIG_A')).toBe('1');
    expect(simplified('CONFIG_B && CONFIG_A || CONFIG_B && !CONFIG_A')).toBe('CONFIG_B');
  });

  it('sees that built in or a module is enabled', () => {
    expect(simplified('CONFIG_A=y || CONFIG_A=m')).toBe('CONFIG_A');
    expect(simplified('!CONFIG_A=y && !CONFIG_A=m')).toBe('!CONFIG_A');
    expect(simplified('CONFIG_A && !CONFIG_A=y')).toBe('CONFIG_A=m');
    expect(simplified('CONFIG_A=y && CONFIG_A=m')).toBe('0');
  });

  it('drops a term that two others cover', () => {
    expect(
      simplified('CONFIG_A && CONFIG_B || !CONFIG_A && CONFIG_C || CONFIG_B && CONFIG_C'),
    ).toBe('(CONFIG_A && CONFIG_B) || (!CONFIG_A && CONFIG_C)');
  });

  it('takes out common factors', () => {
    expect(
      simplified(
        'CONFIG_A && CONFIG_C && CONFIG_N || CONFIG_A && CONFIG_D && CONFIG_N || CONFIG_B && CONFIG_C && CONFIG_N || CONFIG_B && CONFIG_D && CONFIG_N',
      ),
    ).toBe('(CONFIG_A || CONFIG_B) && (CONFIG_C || CONFIG_D) && CONFIG_N');
  });

  it('keeps symbols in the order in which they are first met', () => {
    expect(simplified('CONFIG_Z && CONFIG_A && (CONFIG_M || CONFIG_B)')).toBe(
      'CONFIG_Z && CONFIG_A && (CONFIG_M || CONFIG_B)',
    );
  });

  it('prints a symbol that only #ifdef asked for without a value', () => {
    const defined: Cond = { op: 'symbol', name: 'CONFIG_A', test: 'defined' };
    expect(simplify(and(defined, or(defined, read('CONFIG_B'))))).toEqual(defined);
    expect(simplify(and(defined, read('CONFIG_A')))).toEqual(defined);
  });

  it('treats text as something that holds or not', () => {
    expect(simplified('FOO > 3 || !(FOO > 3)')).toBe('1');
    expect(simplified('CONFIG_A && defined(__KERNEL__) || CONFIG_A')).toBe('CONFIG_A');
  });

  it('keeps the truth of 400 random conditions in every configuration', () => {
    const next = random(7);
    const configs = configurations();
    for (let i = 0; i < 400; i++) {
      const cond = randomCond(next, 4);
      const short = simplify(cond);
      const differing = configs.filter((c) => evaluate(cond, c) !== evaluate(short, c));
      expect(differing, condToText(cond)).toEqual([]);
      expect(condToText(simplify(short)).length, condToText(cond)).toBeLessThanOrEqual(
        condToText(short).length,
      );
    }
  });

  it('gives back as it is what is too large to minimise, soon', () => {
    const pairs = Array.from({ length: 18 }, (_, i) => `(CONFIG_A${i} || CONFIG_B${i})`);
    const cond = read(pairs.join(' && '));
    const start = performance.now();
    expect(simplify(cond)).toBe(cond);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('minimises a long chain of symbols that all must hold', () => {
    const chain = Array.from({ length: 30 }, (_, i) => `CONFIG_A${i}`).join(' && ');
    expect(simplified(`${chain} && (CONFIG_A3 || CONFIG_X)`)).toBe(chain);
  });
});

describe('parseExpr', () => {
  it('reads back what condToText prints, for 400 random conditions', () => {
    const next = random(11);
    for (let i = 0; i < 400; i++) {
      const text = condToText(randomCond(next, 4));
      const { value, diagnostics } = parseExpr(text);
      expect(condToText(value)).toBe(text);
      expect(diagnostics).toEqual([]);
    }
  });

  it('keeps text that is no symbol', () => {
    for (const text of ['FOO > 3', '!defined(__KERNEL__)', '!IS_REACHABLE(CONFIG_A)', '1', '0']) {
      expect(condToText(parseExpr(text).value)).toBe(text);
    }
    expect(parseExpr('$(ARCH) = um').value).toEqual({ op: 'text', text: '$(ARCH) = um' });
  });

  it('reports parentheses that do not match and operands that are missing', () => {
    expect(parseExpr('(CONFIG_A').diagnostics).toHaveLength(1);
    expect(parseExpr('CONFIG_A)').diagnostics).toHaveLength(1);
    expect(parseExpr('CONFIG_A &&').diagnostics).toHaveLength(1);
  });

  it('does not fall over an expression nested without end', () => {
    const deep = `${'('.repeat(5000)}CONFIG_A${')'.repeat(5000)}`;
    expect(parseExpr(deep).diagnostics.length).toBeGreaterThan(0);
  });
});
