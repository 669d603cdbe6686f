import { unified } from 'unified';
import { expect, test } from 'vitest';
import { parseKernelDoc, remarkKernelDoc } from './index.ts';

const COMMENT = `/**
 * bpf_widget_get() - Take a widget.
 * @id: Number of the widget.
 *
 * Return: The widget, or %NULL.
 */`;

test('gives a header, then parameters, then sections', () => {
  const { value, diagnostics } = parseKernelDoc(COMMENT);
  expect(diagnostics).toEqual([]);
  expect(value.children.map((node) => node.type)).toEqual([
    'kdocHeader',
    'kdocParameter',
    'kdocSection',
  ]);
});

test('is a syntax that unified can use', () => {
  expect(unified().use(remarkKernelDoc).parse(COMMENT)).toEqual(parseKernelDoc(COMMENT).value);
});

test('says what is odd in messages of the file that unified reads', () => {
  const processor = unified()
    .use(remarkKernelDoc, { declaration: { name: 'bpf_widget_get', parameters: [], returns: '' } })
    .use(function () {
      this.compiler = (_, file) => file.messages.map(String).join('\n');
    });
  const file = processor.processSync(COMMENT);
  expect(String(file)).toBe("3:1: Excess function parameter 'id' description in 'bpf_widget_get'");
  expect(file.messages[0]).toMatchObject({
    ruleId: 'excess-parameter',
    source: 'kernel-doc',
    fatal: false,
  });
});

test('counts lines from where the comment stands', () => {
  const { diagnostics } = parseKernelDoc('/**\n * No header.\n */', { line: 40, path: 'w.c' });
  expect(diagnostics).toEqual([
    {
      code: 'not-kernel-doc',
      severity: 'warning',
      release: null,
      path: 'w.c',
      line: 41,
      message: "This comment starts with '/**', but isn't a kernel-doc comment",
    },
  ]);
});

test('gives parameters alone for a comment within a struct', () => {
  const { value } = parseKernelDoc('/** @id: Number of the widget. */');
  expect(value.children.map((node) => node.type)).toEqual(['kdocParameter']);
});
