import type { Table, TableCell, TableRow } from 'mdast';
import { inline, span, type Context } from './context.ts';
import { columnsOf, cut, type Line } from './lines.ts';

/** A piece of a line, from one column up to another; these count as indentation does. */
export type Cut = readonly [from: number, to: number];

/** More cells than this is no table that anyone reads. */
export const MOST_CELLS = 10_000;

function cell(lines: readonly Line[], context: Context): TableCell {
  const words = lines.filter((line) => line.text !== '');
  return { type: 'tableCell', children: inline(words, context), position: span(lines) };
}

/** The index of a line's first character that stands at a column or right of it. */
function indexAt(columns: readonly number[], column: number): number {
  let [low, high] = [0, columns.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (columns[middle]! >= column) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A row, whose lines are cut at the columns. */
export function rowOf(lines: readonly Line[], cuts: readonly Cut[], context: Context): TableRow {
  const columns = lines.map(columnsOf);
  const children = cuts.map(([from, to]) => {
    const pieces = lines.map((line, i) =>
      cut(line, indexAt(columns[i]!, from), indexAt(columns[i]!, to)),
    );
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
