import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { calls, stringLiterals, switchCases } from './body.ts';
import { expandInvocation } from './expand.ts';
import { parseC } from './parse.ts';

/** Reads all that a file gives, also what is only made when asked for. */
function readAll(text: string): string[] {
  const { value, diagnostics } = parseC(text, 'a.c');
  let invocations = 0;
  for (const item of value.items) {
    if (item.kind === 'function') {
      calls(item.body);
      switchCases(item.body);
      stringLiterals(item.body);
    } else if (item.kind === 'variable') {
      expect(item.fields.length).toBeLessThanOrEqual(item.initialiser.length);
    } else if (invocations++ < 20) expandInvocation(item, value.macros);
  }
  for (const macro of value.macros) expect(macro.body?.length).not.toBe(-1);
  return diagnostics.map((d) => d.code);
}
const names = (text: string) => parseC(text, 'a.c').value.items.map((item) => item.name);

describe('says what is wrong, with its line, and reads on', () => {
  const said = (text: string) =>
    parseC(text, 'a.c').diagnostics.map((d) => `${d.line ?? 0}: ${d.code}`);

  test('after a conditional that is never ended', () => {
    const text = 'int a;\n#ifdef CONFIG_A\nint b;\n';
    expect(said(text)).toEqual(['2: unterminated-conditional']);
    expect(names(text)).toEqual(['a', 'b']);
  });

  test('after an #endif, an #else or an #elif too many', () => {
    expect(said('int a;\n#endif\n#else\n#elif X\nint b;')).toEqual([
      '2: unbalanced-endif',
      '3: unbalanced-else',
      '4: unbalanced-else',
    ]);
    expect(said('#if A\n#else\nint a;\n#else\nint b;\n#endif')).toEqual(['4: unbalanced-else']);
  });

  test('after a function that is never closed', () => {
    const text = 'int f(void)\n{\n\tif (a) {\n}\n\nint g(void)\n{\n}\n';
    expect(said(text)).toEqual(['1: unterminated-body']);
    expect(names(text)).toEqual(['f', 'g']);
  });

  test('after a parenthesis that is never closed', () => {
    const text = 'int f(int a\n{\n}\n\nint g(void)\n{\n}\n';
    expect(said(text)).toEqual(['1: unterminated-body']);
    expect(names(text)).toContain('g');
  });

  test('after one and a half million tokens, and has read those', () => {
    const lines = 'int a;\nint f(void)\n{\n';
    const codes = said(`${lines}${'{}'.repeat(800_000)}}\nint b;\n`).map((d) => d.split(' ')[1]);
    expect(codes).toContain('too-many-tokens');
    expect(names(`${lines}${'{}'.repeat(700_000)}}\nint b;\n`)).toEqual(['a', 'f', 'b']);
  });

  test('after a brace too many', () => {
    const text = 'int f(void) { }\n}\nint g(void);';
    expect(said(text)).toEqual(['2: unbalanced-brace']);
    expect(names(text)).toEqual(['f', 'g']);
  });

  test('but not of what stands under #if 0', () => {
    expect(said(`#if 0\nthis isn't C }\n"neither\n#endif\nint a;`)).toEqual([]);
  });

  test('of one file a hundred times at most', () => {
    expect(said('#endif\n'.repeat(1000))).toHaveLength(100);
  });
});

describe('stays quick and calm on', () => {
  const n = 100_000;
  test.each<[string, () => string]>([
    ['50 MB of open parentheses', () => '('.repeat(50e6)],
    ['50 MB of open braces', () => '{'.repeat(50e6)],
    ['nested braces', () => `void f(void) {${'{'.repeat(n)}${'}'.repeat(n)}}`],
    ['nested calls', () => `void f(void) {${'f('.repeat(n)}${')'.repeat(n)}}`],
    ['nested parentheses in a head', () => `void f(${'('.repeat(n)}${')'.repeat(n)});`],
    ['nested switches', () => `void f(void) {${'switch (x) { case 1: '.repeat(n / 5)}`],
    ['nested initialisers', () => `struct a x = {${'.a = {'.repeat(n)}${'}'.repeat(n)}};`],
    ['nested structs', () => 'struct a {'.repeat(n)],
    ['nested conditionals', () => '#if A && B\nint a;\n'.repeat(n / 5)],
    ['a chain of #elif', () => `#if A\n${'#elif B > 1\nint b;\n'.repeat(n / 5)}#endif`],
    ['alternatives without end', () => '#ifdef A\nint\n#else\nlong\n#endif\n'.repeat(n / 5)],
    ['open comments', () => '/*\n'.repeat(n * 5)],
    ['open strings', () => '"\n'.repeat(n)],
    ['continuations', () => 'a\\\n'.repeat(n * 5)],
    ['a declaration without end', () => 'int f(int a) '.repeat(n)],
    ['attributes without end', () => `int ${'__a(1) '.repeat(4000)}f(void);`],
  ])('%s', (_, make) => {
    const text = make();
    const before = performance.now();
    readAll(text);
    expect(performance.now() - before).toBeLessThan(20_000);
  });
});

test('never throws on broken C, whatever is broken', () => {
  const folder = new URL('./fixtures/', import.meta.url);
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.c'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const random = generator(20_260);
  const shards = ['"', "'", '/*', '*/', '//', '\\\n', '#if ', '#else\n', '#endif\n', '#define ']
    .concat(['{', '}', '(', ')', '[', ']', ',', ';', '=', '*', '\0', '\ufffd', '##', '\r\n'])
    .concat(['static ', 'struct ', '__x', 'BTF_ID_FLAGS(', '#define F(x) F(x) F\n', ' . ', '...']);
  for (let round = 0; round < 2000; round++) {
    let text = sources[Math.floor(random() * sources.length)]!;
    for (let cuts = 1 + Math.floor(random() * 12); cuts > 0; cuts--) {
      const at = Math.floor(random() * text.length);
      const gone = random() < 0.5 ? Math.floor(random() * 40) : 0;
      const put = random() < 0.7 ? shards[Math.floor(random() * shards.length)]! : '';
      text = text.slice(0, at) + put + text.slice(at + gone);
    }
    readAll(text);
  }
});

test('never throws on noise', () => {
  const random = generator(7);
  for (let round = 0; round < 200; round++) {
    const bytes = Uint8Array.from({ length: 2000 }, () => Math.floor(random() * 256));
    expect(readAll(new TextDecoder().decode(bytes)).length).toBeLessThanOrEqual(100);
  }
});

/** The same numbers in [0, 1) in every run (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
