import { codeOf } from './code.ts';
import type { Construct } from './context.ts';
import { columnsOf, type Line } from './lines.ts';
import { MOST_CELLS, rowOf, tableOf, type Cut } from './table.ts';

const RULE = /^=+(?:\s+=+)+$/;

/** The rules of the table that begins at `at`: the second ends it unless rows stand right below it. */
function rulesFrom(lines: readonly Line[], at: number): number[] {
  const rules = [at];
  for (let i = at + 1; i < lines.length && rules.length < 3; i++) {
    const below = lines[i + 1]?.text ?? '';
    if (lines[i]!.text === '' && below === '') break;
    if (!RULE.test(lines[i]!.text)) continue;
    rules.push(i);
    if (rules.length === 2 && below === '') break;
  }
  return rules;
}

/** The lines of each row: with nothing in the first column it is more of the row above. */
function groupRows(lines: readonly Line[], indent: number, second: number): Line[][] {
  const groups: Line[][] = [];
  for (const line of lines) {
    if (line.text === '' || line.indent < indent || /^-[-\s]*$/.test(line.text)) continue;
    if (line.indent >= second && groups.length > 0) groups.at(-1)!.push(line);
    else groups.push([line]);
  }
  return groups;
}

/**
 *     =====  =====
 *     head   head
 *     =====  =====
 *     cell   cell
 *            that goes on, since its first column is empty
 *     =====  =====
 */
export const simpleTable: Construct = (lines, at, context) => {
  const top = lines[at]!;
  if (!RULE.test(top.text)) return null;
  const rules = rulesFrom(lines, at);
  if (rules.length < 2) return null;
  const last = rules.at(-1)!;
  const all = lines.slice(at, last + 1);
  const runs = [...top.text.matchAll(/=+/g)];
  if (runs.length * all.length > MOST_CELLS) {
    context.report('table-as-it-stands', 'info', top.line, 'a table of this form is shown as text');
    return { nodes: [codeOf(all)], next: last + 1 };
  }
  // A column reaches up to the next one, the last as far as the line does.
  const columns = columnsOf(top);
  const starts = runs.map((run) => columns[run.index]!);
  const cuts = starts.map((start, i): Cut => [start, starts[i + 1] ?? Infinity]);
  const rows = (from: number, to: number) =>
    groupRows(lines.slice(from, to), top.indent, starts[1]!).map((group) =>
      rowOf(group, cuts, context),
    );
  const split = rules.length === 3 ? rules[1]! : at;
  const head = rules.length === 3 ? rows(at + 1, split) : [];
  return { nodes: [tableOf(all, head, rows(split + 1, last))], next: last + 1 };
};
