/** The parts that plain texts are made of: 75 columns, no blank at the end of a line. */
import { plain, type Piece } from '../views/text.ts';
import { columnsOf, COLUMNS, inert, wrap } from './wrap.ts';

/** Where the words beside a label begin. */
const LABEL = 16;

/** A tab stop of the kernel's code. */
const TAB = 8;

/** Pieces as words of one paragraph: what they hold may come in several lines. */
export function words(pieces: readonly Piece[]): string {
  return flat(plain(pieces));
}

/** `text` on one line. */
export function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A paragraph. */
export function paragraph(text: string, indent = ''): string {
  return wrap(flat(text), { indent });
}

/** An item of a list: `- gained KF_RCU`. */
export function item(text: string, mark = '- ', indent = ''): string {
  return wrap(flat(text), { indent: indent + mark, hanging: indent + ' '.repeat(mark.length) });
}

/**
 * A title with a line below it.
 *
 *     History
 *     -------
 */
export function heading(title: string, mark: '=' | '-' | '~' = '-'): string {
  const lines = paragraph(title).split('\n');
  return [...lines, mark.repeat(Math.max(...lines.map(columnsOf)))].join('\n');
}

/**
 * A label, and what is to say of it; a longer label, or a word for which there is no room beside one, has
 * the items below.
 *
 *     Flags           KF_ACQUIRE: returns a reference, which the program must
 *                     release
 *                     KF_RET_NULL: may return NULL, so check before use
 */
export function fact(label: string, items: readonly string[]): string {
  const texts = items.map(flat);
  const widest = Math.max(0, ...texts.flatMap((text) => text.split(' ')).map(columnsOf));
  if (columnsOf(label) >= LABEL || widest > COLUMNS - LABEL) {
    return [label, ...texts.map((text) => item(text, '  '))].join('\n');
  }
  const gap = ' '.repeat(LABEL);
  return texts
    .map((text, i) => wrap(text, { indent: i === 0 ? label.padEnd(LABEL) : gap, hanging: gap }))
    .join('\n');
}

/**
 * Lines that stay as they are, code or words of the kernel's: tabs become blanks, and only what is too
 * wide is broken, to go on at the indent that it has and `further`.
 */
export function verbatim(text: string, indent = '    ', further = ''): string {
  return expandTabs(text)
    .split('\n')
    .map((line) => {
      const whole = inert(indent + line).trimEnd();
      if (columnsOf(whole) <= COLUMNS) return whole;
      const lead = /^ */.exec(whole)![0].slice(0, COLUMNS >> 1);
      return wrap(whole, { indent: lead, hanging: lead + further });
    })
    .join('\n');
}

function expandTabs(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => {
      const [first = '', ...rest] = line.split('\t');
      return rest.reduce(
        (done, part) => done.padEnd((((done.length / TAB) | 0) + 1) * TAB) + part,
        first,
      );
    })
    .join('\n');
}

/** Words in Markdown, of paragraphs and lists: its marks stay, its lines are broken anew. */
export function markdown(source: string): string {
  return source
    .trim()
    .split(/\n[ \t]*\n|\n(?=- )/)
    .map((block) => (block.startsWith('- ') ? item(block.slice('- '.length)) : paragraph(block)))
    .join('\n\n');
}

/** Parts with an empty line between them; those of which there is nothing to say are left out. */
export function document(parts: readonly (string | null)[]): string {
  return `${parts.filter((part) => part !== null && part !== '').join('\n\n')}\n`;
}
