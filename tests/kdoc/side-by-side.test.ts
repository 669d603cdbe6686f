import { describe, expect, test } from 'vitest';
import { differences, documentedIn } from './side-by-side.ts';
import { readToolOutput } from './tool-output.ts';
import { runCase } from './upstream-cases.ts';

const SOURCE = `/**
 * bpf_widget_get() - Take a widget.
 * @id: Of &struct widget.
 * @...: What else.
 *
 * Words, and @id:
 *
 * - one
 *
 * Return: The widget, or %NULL.
 */
struct widget *bpf_widget_get(u64 id, ...)
{
	return NULL;
}
`;

/** As the tools of 6.12 and later print it. */
const OUTPUT = `

.. c:function:: struct widget * bpf_widget_get (u64 id, ...)

   Take a widget.

.. container:: kernelindent

  **Parameters**

  \`\`u64 id\`\`
    Of :c:type:\`struct widget <widget>\`.

  \`\`...\`\`
    What else.

  **Description**

  Words, and **id**:

  - one

  **Return**

  The widget, or \`\`NULL\`\`.


.. _A block:

**A block**

Words.
`;

const [ours] = documentedIn(SOURCE, 'w.c', new Set(['bpf_widget_get']));
const compare = (output: string) =>
  differences(ours!.words, readToolOutput(output).get('bpf_widget_get'));

test('finds no difference where there is none', () => {
  expect(compare(OUTPUT)).toEqual([]);
});

test('reads what older tools print, without the frame and with other emphasis', () => {
  const older = OUTPUT.replace('.. container:: kernelindent\n', '')
    .replace(/^ {2}(?=\S)/gm, '')
    .replace('**id**', '*id*');
  expect(compare(older)).toEqual([]);
});

describe('finds', () => {
  test.each([
    ['a word of the purpose', 'Take a widget.', 'Take widgets.', 'the purpose'],
    ['a word of a parameter', '<widget>`.', '<widget>`s.', 'parameter id'],
    ['a parameter that is not described', 'What else.', '*undescribed*', 'parameter ...'],
    ['a parameter of another name', '``u64 id``', '``u64 number``', 'parameter number'],
    ['a word of a section', '- one', '- two', 'section description'],
    ['a section that is not there', '**Return**', 'Words.', 'section return'],
    ['a section too many', '  - one', '  - one\n\n  **Note**\n\n  Words.', 'section note'],
    ['a function that is not there', 'bpf_widget_get (', 'bpf_widget_put (', 'the tool has'],
  ])('%s', (_, from, to, what) => {
    const found = compare(OUTPUT.replace(from, to)).join('\n');
    expect(found).toContain(what);
  });
});

describe("one of the kernel's cases", () => {
  const rst = OUTPUT.slice(0, OUTPUT.indexOf('.. _A block:'));
  const run = (expected: string, source = SOURCE) =>
    runCase({ name: 'get', fname: 'w.c', source, expected: [{ rst: expected }] });

  test('passes when the output is the same', () => {
    expect(run(rst)).toMatchObject([{ result: 'passed', kind: 'function' }]);
  });

  test('fails when a word differs', () => {
    expect(run(rst.replace('- one', '- two'))).toMatchObject([{ result: 'failed' }]);
  });

  test('fails when the comment is not found', () => {
    expect(run(rst, SOURCE.replace('/**', '/*'))).toMatchObject([{ result: 'failed' }]);
  });

  const variable = '/**\n * var widgets - All of them.\n *\n * Words.\n */\nint widgets;\n';

  test('does not apply when it is about a variable, whose words are the same', () => {
    const expected =
      '.. c:macro:: widgets\n``int widgets;``\nAll of them.\n**Description**\nWords.\n';
    expect(run(expected, variable)).toMatchObject([{ result: 'not applicable', kind: 'var' }]);
  });

  test('fails when it is about a variable, whose words differ', () => {
    const expected =
      '.. c:macro:: widgets\n``int widgets;``\nAll of them.\n**Description**\nMore.\n';
    expect(run(expected, variable)).toMatchObject([{ result: 'failed' }]);
  });
});
