import { describe, expect, test } from 'vitest';
import { readDocument, type DocumentFacts } from './read-document.ts';

const read = (...lines: string[]): DocumentFacts => readDocument(lines.join('\n'));

/** `kind anchor name:line`, one for each name. */
function told({ sections, shown }: DocumentFacts): string[] {
  return shown.flatMap(({ kind, section, names }) =>
    names.map(
      ({ name, line }) =>
        `${kind} ${section === null ? '-' : sections[section]!.anchor} ${name}:${line}`,
    ),
  );
}

const block = ['.. code-block:: c', '', '    f();', ''];

describe('code', () => {
  test.each([
    ['a code-block', ['.. code-block:: c', '', '\tbpf_lamp_dim(lamp);'], 3],
    ['a code-block in capitals', ['.. Code-Block:: C', '', '  bpf_lamp_dim(lamp);'], 3],
    ['a code-block with options', ['.. code::', '   :caption: One', '', '   bpf_lamp_dim(1);'], 4],
    ['a literal block', ['As here::', '', '  bpf_lamp_dim(lamp);'], 3],
    ['a literal block of its own', ['Here.', '', '::', '', '  bpf_lamp_dim(lamp);'], 5],
    ['a literal block of two lines of text', ['Look', 'here::', '', ' bpf_lamp_dim(1);'], 4],
    ['a literal block in a list', ['1. Dim', '', '   it::', '', '     bpf_lamp_dim(1);'], 5],
    ['a literal block right in an item', ['* Dim::', '', '    bpf_lamp_dim(1);'], 3],
    ['a code-block in a note', ['.. note::', '   .. code:: c', '', '     bpf_lamp_dim(1);'], 4],
  ])('is found in %s', (_, lines, line) => {
    expect(told(read(...lines, '', 'bpf_lamp_text() follows.'))).toEqual([
      `code - bpf_lamp_dim:${line}`,
    ]);
  });

  test.each([
    ['text', ['Call bpf_lamp_dim(lamp) then.']],
    [
      'a comment',
      ['.. As in::', '', '..', '   bpf_lamp_dim(1);', '', '.. x', '   f::', '', '     g()'],
    ],
    ['another language', ['.. code-block:: sh', '', '   bpf_lamp_dim(lamp)']],
    ['a listing that says none', ['.. code-block:: none', '', '   bpf_lamp_dim(lamp)']],
    ['a formula', ['.. math::', '', '   ::', '', '      f(x)']],
    ['an item that goes on after colons', ['* Dim::', '', '  bpf_lamp_dim(1);']],
    ['an item of a definition list', ['dim::', '  bpf_lamp_dim(lamp)']],
  ])('is not %s', (_, lines) => {
    expect(told(read(...lines))).toEqual([]);
  });

  test('ends where the indentation does, and loses what all of it shares', () => {
    const { shown } = read('As here::', '', '\tif (x)', '', '\t\tf();', '        g();', '', 'h();');
    expect(shown.map(({ text }) => text)).toEqual(['if (x)\n\n        f();\ng();']);
  });

  test('stands in the same place in a file with the line ends of another system', () => {
    expect(told(readDocument('Lamps\r\n=====\r\n\r\nSo::\r\n\r\n  f();\r\n'))).toEqual([
      'code lamps f:6',
    ]);
  });
});

describe('kernel-doc', () => {
  test('names what its options list, on as many lines as it takes', () => {
    expect(
      told(
        read(
          '.. kernel-doc:: kernel/lamp.c',
          '   :identifiers: bpf_lamp_get bpf_lamp_put',
          '                 bpf_lamp_dim bpf_lamp_get',
          '   :no-identifiers: bpf_lamp_old',
          '',
          '.. kernel-doc:: kernel/lamp.c',
          '   :functions: bpf_lamp_on',
          '.. kernel-doc:: kernel/lamp.c',
          '   :doc: All of bpf_lamp_off',
          '   :export:',
        ),
      ),
    ).toEqual([
      'kernel-doc - bpf_lamp_get:2',
      'kernel-doc - bpf_lamp_put:2',
      'kernel-doc - bpf_lamp_dim:3',
      'kernel-doc - bpf_lamp_on:7',
    ]);
  });

  test('takes no file and no other directive for names', () => {
    expect(told(read('.. kernel-doc:: bpf_lamp_get', '', '.. c:function:: int f(int a)'))).toEqual(
      [],
    );
  });
});

describe('the section', () => {
  test('is the nearest heading above, whatever its level', () => {
    const facts = read(
      '========',
      ' Lamps  ',
      '========',
      '',
      ...block,
      '1. Dimming',
      '----------',
      ...block,
      '1.1 ``struct lamp``',
      '~~~~~~~~~~~~~~~~~~~',
      'No blank line is needed here.',
      '',
      '1.2 Nothing',
      '~~~~~~~~~~~',
      '',
      '2. More',
      '-------',
      ...block,
    );
    expect(facts.title).toBe('Lamps');
    expect(facts.sections).toEqual([
      { title: 'Lamps', anchor: 'lamps' },
      { title: '1. Dimming', anchor: 'dimming' },
      { title: '2. More', anchor: 'more' },
    ]);
    expect(told(facts)).toEqual(['code lamps f:7', 'code dimming f:13', 'code more f:26']);
  });

  test.each([
    ['a line that is too long for what is under it', ['Lamps', '===', '', ...block]],
    ['a transition', ['Text.', '', '-----', '', ...block]],
    ['a table', ['=====  ====', 'Lamps  Dim', '=====  ====', '', ...block]],
    ['the end of a paragraph', ['Text that', 'goes on', '-------', '', ...block]],
    ['an indented line', ['  Lamps', '  =====', '', ...block]],
    ['code', ['So::', '', '  Lamps', '  =====', '', ...block]],
  ])('is not opened by %s', (_, lines) => {
    expect(told(read(...lines))).toEqual([expect.stringMatching(/^code - f:\d+$/)]);
  });

  test('has the number that docutils gives to a title that was there before', () => {
    const twice = ['Dimming', '-------', '', ...block];
    expect(told(read('Lamps', '=====', '', ...twice, ...twice, ...twice))).toEqual([
      'code dimming f:9',
      'code id1 f:16',
      'code id2 f:23',
    ]);
  });

  test('counts what else takes a number: footnotes, and references to them', () => {
    const facts = read(
      ...['Lamps', '=====', '', 'Dim [1]_ and bright [#b]_, see `dim <https://example.org>`_.', ''],
      ...['.. [1] Not bright.', '.. [#b] Not dim.', '', 'Dim', '---', '', ...block],
    );
    expect(told(facts)).toEqual(['code id4 f:14']);
  });

  test('goes by its label where its title alone would give a number', () => {
    const facts = read(
      ...['Lamps', '=====', '', '.. _first-lamps:', '', 'Lamps', '-----', '', ...block],
      ...['.. _Dim Lamps:', '', 'Dimming', '-------', '', ...block],
      ...['.. _elsewhere: https://example.org', '', 'Dimming', '-------', '', ...block],
    );
    expect(told(facts)).toEqual(['code first-lamps f:11', 'code dimming f:20', 'code id2 f:29']);
  });
});

describe('what nobody writes', () => {
  const seconds = (text: string): number => {
    const start = performance.now();
    readDocument(text);
    return (performance.now() - start) / 1000;
  };
  const filled = (part: string, megabytes: number) =>
    part.repeat(Math.ceil((megabytes * 1024 * 1024) / part.length));

  test.each([
    ['headings', 'Lamps\n=====\n\n'],
    ['adornments', '=\n'],
    ['one line', 'lamp '],
    ['one adornment', '='],
    ['empty lines', '\n'],
    ['tabs', '\t'],
    ['colons', '::\n\n'],
    ['colons without a line end', ':'],
    ['blocks', '::\n\n  f(x)\n\n'],
    ['directives', '.. code-block:: c\n'],
    ['comments', '..\n x\n'],
    ['names of directives', '.. a'],
    ['targets', '.. _lamp:\n'],
    ['targets without an end', '.. _`lamp '],
    ['references', '[1]_ `a <b>`_ '],
    ['open references', '`a <b '],
    ['list markers', '* '],
    ['open comments', '::\n\n  /* f(\n'],
    ['open parentheses', '::\n\n  f((((\n'],
    ['options', '.. kernel-doc:: a\n   :identifiers: a b c\n'],
  ])('is read in time: %s and nothing else', (_, part) => {
    expect(seconds(filled(part, 1))).toBeLessThan(3);
  });

  test('is read in time: 10 MB of it', () => {
    const part = 'Lamps\n=====\n\nDim [1]_ them::\n\n  f(x);\n\n.. _lamp:\n\n';
    expect(seconds(filled(part, 10))).toBeLessThan(20);
  });

  test('is read in time when it is nested deeply', () => {
    const depth = 3000;
    const nested = Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}.. note::\n\n`).join(
      '',
    );
    expect(seconds(nested)).toBeLessThan(2);
    const items = Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}* x::\n\n`).join('');
    expect(seconds(items)).toBeLessThan(2);
  });

  test('takes no more time for each line when there are more of them', () => {
    const text = (n: number) =>
      'Lamps\n=====\n\nSo::\n\n  f(x);\n\n.. note::\n\n   Text.\n\n'.repeat(n);
    readDocument(text(1000));
    const few = seconds(text(5000));
    expect(seconds(text(50_000))).toBeLessThan(40 * Math.max(few, 0.02));
  });

  test('is text to us when a title is longer than any title', () => {
    const long = 'l'.repeat(5000);
    expect(told(read(long, '='.repeat(5000), '', ...block))).toEqual(['code - f:6']);
  });
});
