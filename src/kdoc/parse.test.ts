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
