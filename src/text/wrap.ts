import stringWidth from 'string-width';
import { say } from '../views/text.ts';

/** What a line of a mail or of a commit's message may have (Documentation/process, checkpatch.pl). */
export const COLUMNS = 75;

export interface WrapOptions {
  /** The most columns of a line, `indent` included; 75 by default. */
  columns?: number;
  /** What each line begins with: blanks, or a mark such as `> `. */
  indent?: string;
  /** What the second and further lines of a paragraph begin with; as `indent` by default. */
  hanging?: string;
}

/** How many columns a terminal gives to `text`: two to a wide character, none to an accent. */
export function columnsOf(text: string): number {
  return stringWidth(text);
}

/**
 * `text` without what a mail must not carry: characters that show nothing or turn the direction of what
 * follows are written out (`‹U+202E›`), a tab is a blank. Newlines stay.
 */
export function inert(text: string): string {
  return say(text.replace(/\r\n/g, '\n').replace(/\t/g, ' ')).text;
}

/**
 * What is never cut, however long it is: an address, with the number of its footnote, and a commit in the
 * kernel's own style. A subject may hold quotes and parentheses.
 *
 *     [1] https://example.org/k/bpf_task_acquire/#v6.12
 *     commit 0123456789ab ("bpf: Let "x" (and y) go")
 */
const WHOLE =
  /(?:\[\d+\]:? )?\b[a-z][a-z0-9+.-]*:\/\/\S+|\(*\b[Cc]ommit [0-9a-f]{7,40} \(".*?"\)(?=[\s.,;:)]|$)\S*|\S+/g;

/** Lines that tools read, and that stay as they are. */
const FIXES = /^\s*Fixes:\s/;

interface Word {
  text: string;
  mayBeCut: boolean;
}

/**
 * Text of at most 75 columns for a mail: each line of `text` is a paragraph of its own, an empty one stays
 * empty. Blanks between words are single; no line ends in one. Addresses, `Fixes:` lines and
 * `commit 0123456789ab ("subject")` are never wrapped or cut, however long they are; any other word that
 * is wider than a line is cut. The words may be anybody's: see inert().
 *
 * @returns lines with `\n` between them and none at the end
 */
export function wrap(text: string, options: WrapOptions = {}): string {
  const { columns = COLUMNS, indent = '', hanging = indent } = options;
  return inert(text)
    .split('\n')
    .flatMap((paragraph) => {
      if (FIXES.test(paragraph)) return [indent + paragraph.trim()];
      return fill(wordsOf(paragraph), { columns, indent, hanging });
    })
    .map((line) => line.trimEnd())
    .join('\n');
}

function wordsOf(paragraph: string): Word[] {
  return [...paragraph.matchAll(WHOLE)].map(([text]) => ({
    text,
    mayBeCut: !/\s|:\/\//.test(text),
  }));
}

function fill(words: readonly Word[], options: Required<WrapOptions>): string[] {
  const { columns, indent, hanging } = options;
  const lines: string[] = [];
  let line = '';
  const lead = (): string => (lines.length === 0 ? indent : hanging);
  const fits = (more: string): boolean => columnsOf(lead() + more) <= columns;
  const end = (): void => {
    lines.push(lead() + line);
    line = '';
  };
  for (const { text, mayBeCut } of words) {
    if (line !== '' && fits(`${line} ${text}`)) {
      line += ` ${text}`;
      continue;
    }
    if (line !== '') end();
    line = text;
    while (mayBeCut && line !== '' && !fits(line)) {
      const rest = line;
      line = beginning(rest, columns - columnsOf(lead()));
      const cut = line.length;
      end();
      line = rest.slice(cut);
    }
  }
  if (line !== '' || lines.length === 0) end();
  return lines;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The first of `text` that has room in `columns`; one character at least. */
function beginning(text: string, columns: number): string {
  let taken = '';
  for (const { segment } of graphemes.segment(text)) {
    if (taken !== '' && columnsOf(taken + segment) > columns) break;
    taken += segment;
  }
  return taken;
}
