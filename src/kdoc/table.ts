import type { Table, TableCell, TableRow } from 'mdast';
import { inline, span, type Context } from './context.ts';
import { cut, type Line } from './lines.ts';

/** A piece of a line, from one column to another. */
export type Cut = readonly [from: number, to: number];

/** More cells than this is no table that anyone reads. */
export const MOST_CELLS = 10_000;

function cell(lines: readonly Line[], context: Context): TableCell {
  const words = lines.filter((line) => line.text !== '');
  return { type: 'tableCell', children: inline(words, context), position: span(lines) };
}

/** A row, whose lines are cut at the columns; these count from `indent`, at which the table stands. */
export function rowOf(
  lines: readonly Line[],
  columns: readonly Cut[],
  indent: number,
  context: Context,
): TableRow {
  const children = columns.map(([from, to]) => {
    const pieces = lines.map((line) => {
      const by = line.indent - indent;
      const end = Math.min(Math.max(to - by, 0), line.text.length);
      return cut(line, Math.min(Math.max(from - by, 0), end), end);
    });
    return cell(pieces, context);
  });
  return { type: 'tableRow', children, position: span(lines) };
}

/** A table of the rows; mdast wants the first one to be a header, so one without is marked. */
export function tableOf(
  lines: readonly Line[],
  head: readonly TableRow[],
  body: readonly TableRow[],
): Table {
  const children = [...head, ...body];
  const result: Table = { type: 'table', align: [], children, position: span(lines) };
  if (head.length === 0) result.data = { headless: true };
  return result;
}
