import { visit } from 'unist-util-visit';
import { describe, expect, test } from 'vitest';
import { parseComment, parseKernelDoc } from './index.ts';

const HEAD = '/**\n * bpf_f() - Do it.\n';
const kernelDoc = (lines: string) => `${HEAD}${lines}\n */`;
const nested = (n: number, mark: string) =>
  Array.from({ length: n }, (_, i) => ` * ${' '.repeat(2 * i)}${mark} x`).join('\n');
const wide = `${'= '.repeat(400)}\n`;

/** A quarter of a megabyte or so; what takes time that grows with the square of it takes minutes. */
const HOSTILE: Record<string, string> = {
  'a megabyte of @': kernelDoc(` * ${'@'.repeat(1 << 20)}`),
  'many @ on lines': kernelDoc(' * @\n'.repeat(50_000)),
  'many parameters': kernelDoc(' * @a: b\n'.repeat(25_000)),
  'many sections': kernelDoc(' * Note: b\n'.repeat(25_000)),
  'a heading above a gap': kernelDoc(` *\n * Return:\n${' *\n'.repeat(80_000)} * - a`),
  'a list with gaps': kernelDoc(
    ` * Return:\n${' *\n'.repeat(30_000)}${' * - a\n *\n'.repeat(30_000)}`,
  ),
  'one letter many times': kernelDoc(` * ${'a'.repeat(1 << 18)}`),
  'many NULs': kernelDoc(` * ${'\0'.repeat(1 << 18)}`),
  'many asterisks': kernelDoc(` * ${'*'.repeat(1 << 18)}`),
  'many asterisks apart': kernelDoc(` * ${'* '.repeat(1 << 17)}`),
  'emphasis that is never closed': kernelDoc(` * ${'*a '.repeat(87_000)}`),
  'many open literals': kernelDoc(` * ${'``a '.repeat(62_000)}`),
  'many open roles': kernelDoc(` * ${':ref:`a '.repeat(32_000)}`),
  'many open links': kernelDoc(` * ${'`a <'.repeat(62_000)}`),
  'many constants': kernelDoc(` * ${'%a '.repeat(87_000)}`),
  'many types': kernelDoc(` * ${'&a->'.repeat(62_000)}`),
  'many addresses': kernelDoc(` * ${'http://)'.repeat(32_000)}`),
  'many colons': kernelDoc(` * ${':'.repeat(1 << 18)}`),
  'many literal blocks': kernelDoc(' * a::\n *  b\n'.repeat(25_000)),
  'many literal blocks that do not come': kernelDoc(' * a::\n * b;\n'.repeat(25_000)),
  'code and fields by turns': kernelDoc(` *\n${' * b;\n * @a->b: c;\n'.repeat(15_000)} * d`),
  'many directives': kernelDoc(' * .. note:: a\n'.repeat(17_000)),
  'a long directive': kernelDoc(` *\n * .. note::\n${' *   b\n'.repeat(37_000)}`),
  'a long frame': kernelDoc(` *\n * .. container:: x\n${' *   b\n *\n'.repeat(25_000)}`),
  'many bullets': kernelDoc(' * - a\n'.repeat(37_000)),
  'many bullets of each kind': kernelDoc(' * - a;\n * + a;\n'.repeat(20_000)),
  'many letters as numbers': kernelDoc(' * a. b\n * b. c\n'.repeat(20_000)),
  'a thousand lists in each other': kernelDoc(nested(1000, '-')),
  'a thousand lists above a gap': kernelDoc(`${nested(700, '-')}${'\n *'.repeat(50_000)}`),
  'a hundred thousand bullets far in': kernelDoc(
    Array.from({ length: 100_000 }, (_, i) => ` * ${' '.repeat(i % 11)}- x`).join('\n'),
  ),
  'lines far in': kernelDoc(` *${' '.repeat(1 << 18)}a`),
  'lines far in by tabs': kernelDoc(` *${'\t'.repeat(1 << 15)}a\n *\ta`),
  'a table of many columns': kernelDoc(` *\n * ${wide}${' * x\n'.repeat(50_000)} * ${wide}`),
  'a table without an end': kernelDoc(` *\n * == ==\n${' * x\n'.repeat(50_000)}`),
  'tables that only begin': kernelDoc(' *\n * == ==\n *\n'.repeat(20_000)),
  'grids that only begin': kernelDoc(' *\n * +--+\n * | a\n'.repeat(20_000)),
  'many line blocks': kernelDoc(` *\n${' * | %a %b\n'.repeat(25_000)}`),
  'many labels': kernelDoc(' * .. _a: b\n * a_\n'.repeat(15_000)),
  'many terms': kernelDoc(' * a\n *  b\n'.repeat(25_000)),
  'much white space': kernelDoc(' '.repeat(1 << 18)),
  'a long header': `/**\n * ${'a * '.repeat(62_000)}\n */`,
  'a header of spaces': `/**\n * a${' '.repeat(1 << 18)}b\n */`,
  'many lines without a margin': 'a\n'.repeat(1 << 17),
  'slashes alone': '//\n'.repeat(87_000),
};

test.each(Object.entries(HOSTILE))('takes no longer than it should over %s', (_, comment) => {
  const start = performance.now();
  parseKernelDoc(comment, { declaration: { name: 'bpf_f', parameters: ['a'], returns: 'int' } });
  parseComment(comment);
  expect(performance.now() - start).toBeLessThan(4000);
});

describe('odd comments', () => {
  test.each([
    ['nothing', ''],
    ['an opening mark', '/*'],
    ['an opening mark of kernel-doc', '/**'],
    ['a comment without words', '/** */'],
    ['a comment that ends at once', '/**/'],
    ['a line without an end', '/** a'],
    ['carriage returns', '/**\r\n * bpf_f() - Do it.\r\n * @a: b\r\n */'],
    ['an end in the middle', '/** a */ b */'],
    ['half of a pair', '/**\n * bpf_f() - \ud800\n * @\udc00: x\n */'],
    ['a name from objects', '/**\n * constructor() - x\n * @__proto__: x\n * @constructor: y\n */'],
    ['a role from objects', '/* :constructor:`a` :toString:`b` :__proto__:`c` */'],
    ['a directive from objects', '/*\n * .. constructor:: a\n */'],
  ])('%s gives a tree', (_, comment) => {
    for (const parse of [parseKernelDoc, parseComment]) {
      const { value } = parse(comment, { declaration: { name: 'f', parameters: [], returns: '' } });
      expect(value.type).toBe('root');
    }
  });

  test('take no name for what every object has', () => {
    const { value } = parseComment('/* :constructor:`a` :toString:`b` */');
    const kinds: string[] = [];
    visit(value, 'kdocReference', (node) => {
      kinds.push(node.kind);
    });
    expect(kinds).toEqual(['role', 'role']);
  });

  test('are told to have no end', () => {
    const { diagnostics } = parseKernelDoc('/**\n * bpf_f() - Do it.\n * @a: b\n');
    expect(diagnostics.map(({ code }) => code)).toContain('unterminated-comment');
  });

  test('have no more said of them than anyone reads', () => {
    const { diagnostics } = parseKernelDoc(kernelDoc(' * @a: b\n'.repeat(1000)));
    expect(diagnostics.length).toBe(100);
  });

  test('have lists in each other up to a depth, and keep the words of those below', () => {
    const { value } = parseKernelDoc(kernelDoc(nested(100, '-')));
    let [lists, words] = [0, 0];
    visit(value, (node) => {
      if (node.type === 'list') lists += 1;
      if (node.type === 'text') words += node.value.match(/x/g)?.length ?? 0;
    });
    expect(lists).toBeLessThan(20);
    expect(words).toBe(100);
  });
});
