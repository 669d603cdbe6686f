import { z } from 'zod';

/** What of a schema decides the text: which keys come in which order. */
type Layout =
  | { kind: 'scalar' }
  | { kind: 'array'; element: Layout }
  | {
      kind: 'object';
      fields: Field[];
      /** Those that hold more than scalars and lists of scalars. */
      nested: Field[];
    }
  | { kind: 'record'; value: Layout };

interface Field {
  key: string;
  /** The key as it is written: `"name": `. */
  label: string;
  layout: Layout;
}

const layouts = new WeakMap<z.ZodType, Layout>();

function layoutOf(schema: z.ZodType): Layout {
  let layout = layouts.get(schema);
  if (layout === undefined) {
    layout = computeLayout(schema);
    layouts.set(schema, layout);
  }
  return layout;
}

function computeLayout(schema: z.ZodType): Layout {
  if (schema instanceof z.ZodNullable) return layoutOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodArray) {
    return { kind: 'array', element: layoutOf(schema.element as z.ZodType) };
  }
  if (schema instanceof z.ZodRecord) {
    return { kind: 'record', value: layoutOf(schema.valueType as z.ZodType) };
  }
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries<z.ZodType>(schema.shape);
    const fields = shape.map(([key, field]) => fieldOf(key, layoutOf(field)));
    const nested = fields.filter(
      ({ layout: f }) => f.kind !== 'scalar' && (f.kind !== 'array' || f.element.kind !== 'scalar'),
    );
    return { kind: 'object', fields, nested };
  }
  return { kind: 'scalar' };
}

function fieldOf(key: string, layout: Layout): Field {
  return { key, label: `${JSON.stringify(key)}: `, layout };
}

/** Width of the page for a list, its indentation and key included. */
const listWidth = 100;
/** Width of a fact that is one object: it is cut only when a reader could not take it in. */
const factWidth = 200;

/**
 * The JSON text of a value that keeps `schema`: the same bytes for the same facts, one fact a line, so
 * that a new release reads as a reviewable diff.
 *
 *     "params": [
 *       { "name": "p", "type": "struct task_struct *", "suffix": null, "implicit": false }
 *     ]
 *
 * Keys come in the order of the schema, those of a record by code unit. An object of scalars and
 * lists of scalars stands on one line, a list of scalars too while the line has at most 100 columns; a
 * record's entry keeps to one line where it fits. Everything else is indented by 2. Ends in a newline.
 */
export function formatJson<T>(schema: z.ZodType<T>, value: T): string {
  return `${print(layoutOf(schema), value, 0, 0, false)}\n`;
}

/** `start` is the column at which the value's text begins, `indent` the depth of its line. */
function print(
  layout: Layout,
  value: unknown,
  indent: number,
  start: number,
  inRecord: boolean,
): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  // Its keys would come in no fixed order.
  if (layout.kind === 'scalar') throw new Error('formatJson does not know this kind of schema');
  if (layout.kind === 'array') {
    const list = value as unknown[];
    if (
      layout.element.kind === 'scalar' ||
      (inRecord && list.every((item) => isFlat(layout.element, item)))
    ) {
      const text = inline(layout, value);
      // One column is left for the comma.
      if (start + text.length < (inRecord ? factWidth : listWidth)) return text;
    }
    const items = list.map((item) => print(layout.element, item, indent + 2, indent + 2, false));
    return lines('[', items, ']', indent);
  }
  if (isFlat(layout, value)) {
    const text = inline(layout, value);
    if (text.length <= factWidth) return text;
  }
  const of = value as Record<string, unknown>;
  const items = fieldsOf(layout, of).map(({ key, label, layout: field }) => {
    const column = indent + 2 + label.length;
    return label + print(field, of[key], indent + 2, column, layout.kind === 'record');
  });
  return lines('{', items, '}', indent);
}

function lines(open: string, items: string[], close: string, indent: number): string {
  if (items.length === 0) return open + close;
  const gap = ' '.repeat(indent + 2);
  return `${open}\n${gap}${items.join(`,\n${gap}`)}\n${' '.repeat(indent)}${close}`;
}

function inline(layout: Layout, value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  // Its keys would come in no fixed order.
  if (layout.kind === 'scalar') throw new Error('formatJson does not know this kind of schema');
  if (layout.kind === 'array') {
    return `[${(value as unknown[]).map((item) => inline(layout.element, item)).join(', ')}]`;
  }
  const of = value as Record<string, unknown>;
  let text = '';
  for (const { key, label, layout: field } of fieldsOf(layout, of)) {
    text += `${text === '' ? '{ ' : ', '}${label}${inline(field, of[key])}`;
  }
  return text === '' ? '{}' : `${text} }`;
}

function fieldsOf(
  layout: Extract<Layout, { kind: 'object' | 'record' }>,
  value: Record<string, unknown>,
): readonly Field[] {
  if (layout.kind === 'object') return layout.fields;
  return Object.keys(value)
    .sort()
    .map((key) => fieldOf(key, layout.value));
}

/** Whether it is an object that holds nothing but scalars and lists of scalars. */
function isFlat(layout: Layout, value: unknown): boolean {
  if (layout.kind !== 'object') return false;
  // A list of objects is spread out even while it is empty; an object that is null is not there.
  return layout.nested.every(
    ({ key, layout: f }) => f.kind === 'object' && (value as Record<string, unknown>)[key] === null,
  );
}
