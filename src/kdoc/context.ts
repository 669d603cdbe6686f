import type { PhrasingContent } from 'mdast';
import type { Position } from 'unist';
import { parseInline, type Targets } from './inline.ts';
import { endOf, joinLines, startOf, type Line } from './lines.ts';
import type { KdocBlock, Report } from './types.ts';

/** What a construct is told: where it is, and how to read what stands within it. */
export interface Context {
  targets: Targets;
  report: Report;
  /** How many lists, quotes and the like stand around. */
  depth: number;
  /** Lines within this construct, as blocks. */
  blocks: (lines: readonly Line[]) => KdocBlock[];
}

/** A block and the index of the first line after it; null where the construct does not begin. */
export type Construct = (
  lines: readonly Line[],
  at: number,
  context: Context,
) => { nodes: KdocBlock[]; next: number } | null;

/** From the start of the first to the end of the last line that is not blank. */
export function span(lines: readonly Line[]): Position {
  const first = lines.find((line) => line.text !== '') ?? lines[0];
  const last = lines.findLast((line) => line.text !== '') ?? lines.at(-1);
  const start = first ? startOf(first) : { line: 1, column: 1, offset: 0 };
  return { start, end: last ? endOf(last) : start };
}

/** The mark-up within the lines of one paragraph. */
export function inline(lines: readonly Line[], context: Context): PhrasingContent[] {
  return parseInline(joinLines(lines), context.targets);
}

/** The index of the first line from `at` on that is neither blank nor indented by more than `indent`. */
export function endOfIndented(lines: readonly Line[], at: number, indent: number): number {
  let next = at;
  while (next < lines.length && (lines[next]!.text === '' || lines[next]!.indent > indent)) {
    next += 1;
  }
  return next;
}

/** How far in the lines are that are the least so; Infinity when all are blank. */
export function leastIndent(lines: readonly Line[]): number {
  let least = Infinity;
  for (const line of lines) if (line.text !== '') least = Math.min(least, line.indent);
  return least;
}

/** Without the blank lines at either end. */
export function trimBlank(lines: readonly Line[]): Line[] {
  const from = lines.findIndex((line) => line.text !== '');
  if (from === -1) return [];
  return lines.slice(from, lines.findLastIndex((line) => line.text !== '') + 1);
}
