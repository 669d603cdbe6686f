import { describe, expect, test } from 'vitest';
import { parseKernelDoc, type Declaration } from './index.ts';

const GET: Declaration = { name: 'bpf_widget_get', parameters: ['id', 'flags'], returns: 'int' };

const FULL = [
  'bpf_widget_get() - Take a widget.',
  '@id: Number of the widget.',
  '@flags: Bits that say how.',
  '',
  'Return: 0',
];

/** What is said of the lines, with the line that it is said of. */
function said(lines: readonly string[], declaration: Declaration): string[] {
  const comment = `/**\n${lines.map((line) => ` * ${line}`).join('\n')}\n */`;
  const { diagnostics } = parseKernelDoc(comment, { declaration, line: 10, path: 'w.c' });
  return diagnostics.map(({ code, line, message }) => `${code} ${line}: ${message}`);
}

const without = (line: string) => FULL.filter((one) => !one.startsWith(line));

test('says nothing of a comment that fits its function', () => {
  expect(said(FULL, GET)).toEqual([]);
});

describe('says of a function', () => {
  test('which parameter is not described', () => {
    expect(said(without('@flags'), GET)).toEqual([
      "missing-parameter 11: function parameter 'flags' not described in 'bpf_widget_get'",
    ]);
  });

  test('which description is of no parameter, at its line', () => {
    expect(said(FULL, { ...GET, parameters: ['id'] })).toEqual([
      "excess-parameter 13: Excess function parameter 'flags' description in 'bpf_widget_get'",
    ]);
  });

  test('that the header has another name', () => {
    expect(said(FULL, { ...GET, name: 'bpf_widget_take' })).toEqual([
      'name-mismatch 11: expecting prototype for bpf_widget_get(). Prototype was for bpf_widget_take() instead',
    ]);
  });

  test('that it returns something of which nothing is said', () => {
    expect(said(without('Return'), GET)).toEqual([
      "missing-return 11: No description found for return value of 'bpf_widget_get'",
    ]);
  });
});

describe('says nothing', () => {
  test.each(['void', 'static void', ''])('of a return value when there is none (%j)', (returns) => {
    expect(said(without('Return'), { ...GET, returns })).toEqual([]);
  });

  test('of varargs that are not described', () => {
    expect(said(FULL, { ...GET, parameters: ['id', 'flags', '...'] })).toEqual([]);
  });

  test.each(['@args: What else.', '@args...: What else.'])(
    'of varargs with a name, as in %s',
    (line) => {
      const lines = [...FULL.slice(0, 3), line, ...FULL.slice(3)];
      expect(said(lines, { ...GET, parameters: ['id', 'flags', 'args...'] })).toEqual([]);
    },
  );

  test('of an array without its bounds', () => {
    const parameters = ['id[4]', 'flags'];
    expect(said(FULL, { ...GET, parameters })).toEqual([]);
  });

  test('of names when no declaration is given', () => {
    const comment = '/**\n * bpf_widget_get() - Take a widget.\n * @what: Ever.\n */';
    expect(parseKernelDoc(comment).diagnostics).toEqual([]);
  });
});

test('a pointer to nothing in particular is a return value', () => {
  expect(said(without('Return'), { ...GET, returns: 'void *' })).toHaveLength(1);
});
