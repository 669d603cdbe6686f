import type { ListItem } from 'mdast';
import { span, trimBlank, type Construct, type Context } from './context.ts';
import { cut, type Line } from './lines.ts';

/** A line that begins an item: what kind it is, its number, and the width of its mark. */
interface Mark {
  /** Items of one list have the same. */
  style: string;
  value: number | null;
  width: number;
}

/** `- `, `* `, `+ `, `• `; `1. `, `1) `, `(1) `, `#. `, `a) `. */
export function markOf(line: Line): Mark | null {
  const { text } = line;
  const bullet = /^([-*+•‣⁃])(?:\s+|$)/.exec(text);
  if (bullet) return { style: bullet[1]!, value: null, width: bullet[0].length };
  const found = /^(\(?)(\d{1,3}|#|[A-Za-z])([.)])(?:\s+|$)/.exec(text);
  if (!found) return null;
  const [all, open = '', word = '', close = ''] = found;
  if (open !== '' && close !== ')') return null;
  if (word === '#') return { style: `${open}1${close}`, value: -1, width: all.length };
  const isNumber = /\d/.test(word);
  const value = isNumber ? Number(word) : word.charCodeAt(0) - (/[a-z]/.test(word) ? 96 : 64);
  const style = isNumber ? '1' : /[a-z]/.test(word) ? 'a' : 'A';
  return { style: `${open}${style}${close}`, value, width: all.length };
}

function follows(mark: Mark, before: Mark): boolean {
  if (mark.style !== before.style) return false;
  if (mark.value === null || before.value === null) return mark.value === before.value;
  return mark.value === -1 || mark.value === before.value + 1;
}

/** The first line at or left of `indent` after `at`, blank ones and those further in left out. */
function nextAtLevel(lines: readonly Line[], at: number, indent: number): number {
  let next = at;
  while (next < lines.length && (lines[next]!.text === '' || lines[next]!.indent > indent)) next++;
  return next;
}

/**
 * Whether the mark at `at` begins a list rather than a sentence. A letter does so only where the next one
 * follows (`a. … b. …`), since a sentence may begin with `I. ` too.
 */
function begins(lines: readonly Line[], at: number, mark: Mark): boolean {
  if (mark.value === null || mark.style.includes('1')) return true;
  if (mark.value !== 1) return false;
  const line = lines[at]!;
  const next = lines[nextAtLevel(lines, at + 1, line.indent)];
  const after = next?.indent === line.indent ? markOf(next) : null;
  return after !== null && follows(after, mark);
}

/**
 *     - words
 *       ^^^^^ the item's content, and all below that is further in than the mark
 */
function item(all: readonly Line[], mark: Mark, context: Context): ListItem {
  const [head, ...rest] = all;
  const first = cut(head!, mark.width);
  const width = first.text === '' ? mark.width : first.indent - head!.indent;
  const inner = head!.indent + width;
  // Less far in than the first words, but in the item: as far in as they are.
  const lines = [
    { ...first, indent: inner },
    ...rest.map((line) =>
      line.text === '' ? line : { ...line, indent: Math.max(line.indent, inner) },
    ),
  ];
  return {
    type: 'listItem',
    spread: trimBlank(lines).some((line) => line.text === ''),
    children: context.blocks(lines),
    position: span(all),
  };
}

/**
 * A list: its items stand equally far in, each with the same kind of mark.
 *
 *     - one
 *     - two, that goes
 *       on
 */
export const list: Construct = (lines, at, context) => {
  const first = lines[at]!;
  const mark = markOf(first);
  if (!mark || !begins(lines, at, mark)) return null;
  const children: ListItem[] = [];
  let [start, last, spread] = [at, mark, false];
  for (;;) {
    const next = nextAtLevel(lines, start + 1, first.indent);
    children.push(item(lines.slice(start, next), last, context));
    const line = lines[next];
    const after = line?.indent === first.indent ? markOf(line) : null;
    if (!after || !follows(after, last)) {
      const position = span(lines.slice(at, next));
      const ordered = mark.value !== null;
      const start = ordered && mark.value !== -1 ? mark.value : ordered ? 1 : null;
      return { nodes: [{ type: 'list', ordered, start, spread, children, position }], next };
    }
    spread ||= lines[next - 1]!.text === '';
    last = after.value === -1 && last.value !== null ? { ...after, value: last.value + 1 } : after;
    start = next;
  }
};

/**
 * Whether a list begins in the middle of a paragraph, without the blank line that reST wants before it:
 * after a colon, or where a second item follows.
 */
export function interrupts(lines: readonly Line[], at: number): boolean {
  const line = lines[at]!;
  const mark = markOf(line);
  if (!mark || mark.width >= line.text.length) return false;
  if (mark.value !== null && mark.value !== 1) return false;
  const isLetter = !/^[-*+•‣⁃]|1/.test(mark.style);
  if (/[:.]$/.test(lines[at - 1]!.text) && !isLetter) return true;
  for (let i = at + 1; i < lines.length && lines[i]!.text !== ''; i++) {
    if (lines[i]!.indent > line.indent) continue;
    const after = lines[i]!.indent === line.indent ? markOf(lines[i]!) : null;
    return after !== null && follows(after, mark);
  }
  return false;
}
