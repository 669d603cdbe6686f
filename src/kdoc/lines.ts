import type { Point } from 'unist';

/**
 * A line of a comment without its margin. `text` has no white space at either end; what stood before it
 * is `indent`, in columns, tabs expanded as the kernel's tool does before it reads.
 *
 *     ` *     some words`
 *        ^^^^ indent 4
 */
export interface Line {
  text: string;
  indent: number;
  /** Line, column and offset of `text` in the comment as it was given, from 1, 1 and 0. */
  line: number;
  column: number;
  offset: number;
}

export interface CommentLines {
  lines: Line[];
  /** Opens with two asterisks, and nothing else on its first line. */
  isDocComment: boolean;
  /** Lines of a comment with delimiters that lack the margin's asterisk. */
  bare: number[];
  /** Text stands before the end mark, on its line; null when none does. */
  textAtEnd: number | null;
  /** Where the comment ends. */
  end: Point;
}

const TAB = 8;
/** Width of the margin that is gone, ` * `: tabs are counted from before it. */
const MARGIN = 3;

/** Column after the white space at `from`, starting from visual column `at`; and where that ends. */
function skipSpace(text: string, from: number, to: number, at: number): [number, number] {
  let [i, column] = [from, at];
  for (; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === 9) column += TAB - (column % TAB);
    else if (c === 32 || c === 12 || c === 11) column += 1;
    else break;
  }
  return [i, column];
}

function trimEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && /\s/.test(text[end - 1]!)) end -= 1;
  return end;
}

/**
 * The lines of a comment, given as it stands in the source, delimiters and all, or as `commentText`
 * gives it: then the margin is gone, and its width of three columns is taken as read, since tabs are
 * counted from there.
 */
export function readLines(comment: string): CommentLines {
  const delimited = comment.startsWith('/*');
  const slashes = !delimited && comment.startsWith('//');
  const lines: Line[] = [];
  const bare: number[] = [];
  let textAtEnd: number | null = null;
  let isDocComment = false;
  let number = 0;
  let start = 0;
  let last: Point = { line: 1, column: 1, offset: 0 };
  while (start <= comment.length) {
    const newline = comment.indexOf('\n', start);
    const end = newline === -1 ? comment.length : newline;
    number += 1;
    const isLast = newline === -1;
    last = { line: number, column: end - start + 1, offset: end };
    let to = trimEnd(comment, start, end);
    if (delimited && isLast && to - start >= 2 && comment.startsWith('*/', to - 2)) {
      to -= 2;
      const opening = number === 1 ? start + 2 : start;
      while (to > opening && comment[to - 1] === '*') to -= 1;
      to = trimEnd(comment, opening, to);
      if (to > opening && number > 1) textAtEnd = number;
    }
    let at = start;
    let column: number;
    if (delimited && number === 1) {
      at += 1;
      while (at < to && comment[at] === '*') at += 1;
      isDocComment = at - start >= 3 && at >= to && !isLast;
      [at] = skipSpace(comment, at, to, 0);
      column = 0;
    } else if (delimited) {
      // ` * text`: the asterisk, and one space that belongs to it.
      const [star, before] = skipSpace(comment, start, Math.max(to, start), 0);
      if (comment[star] === '*' && star < end) {
        const margin = before + 2;
        [at, column] = skipSpace(comment, star + 1, Math.max(to, star + 1), before + 1);
        column = Math.max(0, column - margin);
      } else {
        [at, column] = [star, before];
        if (star < to) bare.push(number);
      }
      if (textAtEnd === number && at >= to) textAtEnd = null;
    } else if (slashes) {
      const [slash] = skipSpace(comment, start, to, 0);
      const text = comment.startsWith('//', slash) ? slash + 2 : slash;
      [at, column] = skipSpace(comment, text, to, 2);
      column = Math.max(0, column - 3);
    } else {
      [at, column] = skipSpace(comment, start, to, comment[start] === '\t' ? 2 : 3);
      column -= 3;
    }
    const text = at < to ? comment.slice(at, to) : '';
    lines.push({ text, indent: column, line: number, column: at - start + 1, offset: at });
    start = end + 1;
  }
  return { lines, isDocComment, bare, textAtEnd, end: last };
}

/** The column of each character of a line's text, and of its end, counted as `indent` is. */
export function columnsOf(line: Line): number[] {
  let column = line.indent;
  const columns = [column];
  for (const c of line.text.split('')) {
    column += c === '\t' ? TAB - ((column + MARGIN) % TAB) : 1;
    columns.push(column);
  }
  return columns;
}

/** The line from `from` on, counted in `text`; indentation counts from where the whole line's does. */
export function cut(line: Line, from: number, to = line.text.length): Line {
  let at = Math.min(from, to);
  while (at < to && (line.text[at] === ' ' || line.text[at] === '\t')) at += 1;
  let end = to;
  while (end > at && (line.text[end - 1] === ' ' || line.text[end - 1] === '\t')) end -= 1;
  return {
    text: line.text.slice(at, end),
    indent: line.indent + at,
    line: line.line,
    column: line.column + at,
    offset: line.offset + at,
  };
}

export function isBlank(line: Line | undefined): boolean {
  return line === undefined || line.text === '';
}

export function startOf(line: Line): Point {
  return { line: line.line, column: line.column, offset: line.offset };
}

export function endOf(line: Line): Point {
  const length = line.text.length;
  return { line: line.line, column: line.column + length, offset: line.offset + length };
}

/** Text over several lines, and where in the comment each of its characters stands. */
export interface Text {
  value: string;
  lines: readonly Line[];
  /** Index in `value` of each line's first character. */
  starts: readonly number[];
}

/** Joins the lines with line feeds. */
export function joinLines(lines: readonly Line[]): Text {
  const starts: number[] = [];
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    length += line.text.length + 1;
  }
  return { value: lines.map((line) => line.text).join('\n'), lines, starts };
}

/** Where the character at `index` of the text stands in the comment. */
export function pointAt({ lines, starts }: Text, index: number): Point {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= index) low = middle;
    else high = middle - 1;
  }
  const line = lines[low];
  if (!line) return { line: 1, column: 1, offset: 0 };
  const within = index - starts[low]!;
  return { line: line.line, column: line.column + within, offset: line.offset + within };
}
