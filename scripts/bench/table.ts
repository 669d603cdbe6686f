import { ratioOf, verdictOf, type Amount, type Budget, type Row } from './budgets.ts';

const COLUMNS = 80;
const WHAT = 34;
/** Widths of measured, yardstick, ratio, budget. */
const WIDTHS = [10, 10, 7, 10];

/**
 * The rows as a table of at most 80 columns; below it, why rows were not measured.
 *
 *     what                                measured  git grep  ratio    budget
 *     29 releases, cold                     21.3 s    80.2 s   0.27    ≤ 0.35  ok
 */
export function formatTable(rows: readonly Row[]): string {
  const lines = [line('what', ['measured', 'git grep', 'ratio', 'budget'], '')];
  const notes: string[] = [];
  for (const row of rows) {
    const ratio = ratioOf(row);
    const verdict = verdictOf(row);
    const cells = [
      row.measured ? formatAmount(row.measured) : '-',
      row.yardstick ? formatAmount(row.yardstick) : '',
      ratio === null ? '' : ratio.toFixed(2),
      row.budget ? formatBudget(row.budget) : '',
    ];
    lines.push(
      line(row.what, cells, { none: '', 'not measured': '?' }[verdict as string] ?? verdict),
    );
    if (row.reason !== null) notes.push(...wrap(`${row.what.trim()}: ${row.reason}`));
  }
  return [...lines, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
}

function line(what: string, cells: readonly string[], verdict: string): string {
  const padded = cells.map((cell, i) => cell.padStart(WIDTHS[i]!));
  return `${what.padEnd(WHAT)}${padded.join('')}  ${verdict}`.trimEnd();
}

/** `0.42 s`, `12.3 s`, `612 MiB`, `9.8 KB`. */
export function formatAmount({ unit, value }: Amount): string {
  if (unit === 'seconds') return `${value.toFixed(value < 10 ? 2 : 1)} s`;
  return value >= 2 ** 20
    ? `${Math.round(value / 2 ** 20)} MiB`
    : `${(value / 1000).toFixed(1)} KB`;
}

function formatBudget({ of, most }: Budget): string {
  if (of === 'ratio') return `≤ ${most}`;
  if (of === 'seconds') return `≤ ${most} s`;
  return most >= 2 ** 30 ? `≤ ${most / 2 ** 30} GiB` : `≤ ${most / 1000} KB`;
}

/** Breaks a sentence into lines of 80 columns, the later ones indented. */
export function wrap(text: string): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/\s+/)) {
    if (current !== '' && current.length + 1 + word.length > COLUMNS) {
      lines.push(current);
      current = `  ${word}`;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return current === '' ? lines : [...lines, current];
}
