import type { TableRow } from 'mdast';
import { codeOf } from './code.ts';
import type { Construct } from './context.ts';
import type { Line } from './lines.ts';
import { MOST_CELLS, rowOf, tableOf, type Cut } from './table.ts';

function isAligned(lines: readonly Line[], indent: number): boolean {
  return lines.every((line) => line.indent === indent && !line.text.includes('\t'));
}

/**
 *     +------+-------+
 *     | head | head  |
 *     +======+=======+
 *     | cell | cell  |
 *     +------+-------+
 *
 * A table with cells that span others is shown as it stands.
 */
export const gridTable: Construct = (lines, at, context) => {
  const top = lines[at]!;
  if (!/^\+-[-+]*\+$/.test(top.text)) return null;
  let next = at + 1;
  while (next < lines.length && /^[+|]/.test(lines[next]!.text)) next += 1;
  const all = lines.slice(at, next);
  if (all.length < 3) return null;
  const marks = [...top.text.matchAll(/\+/g)].map((mark) => mark.index);
  const isRule = (line: Line) => /^\+[-=+]+\+$/.test(line.text);
  const fits = (line: Line) =>
    line.text.length === top.text.length &&
    marks.every((mark) => line.text[mark] === (isRule(line) ? '+' : '|')) &&
    (!isRule(line) || line.text.split('+').length === marks.length + 1);
  if (
    marks.length * all.length > MOST_CELLS ||
    !isAligned(all, top.indent) ||
    !all.every(fits) ||
    !isRule(all.at(-1)!)
  ) {
    context.report('table-as-it-stands', 'info', top.line, 'a table of this form is shown as text');
    return { nodes: [codeOf(all)], next };
  }
  const { indent } = top;
  const cuts = marks.slice(1).map((mark, i): Cut => [indent + marks[i]! + 1, indent + mark]);
  const rows: TableRow[] = [];
  let [head, pending]: [number, Line[]] = [0, []];
  for (const line of all.slice(1)) {
    if (!isRule(line)) {
      pending.push(line);
      continue;
    }
    if (pending.length > 0) rows.push(rowOf(pending, cuts, context));
    pending = [];
    if (line.text[1] === '=') head = rows.length;
  }
  return { nodes: [tableOf(all, rows.slice(0, head), rows.slice(head))], next };
};
