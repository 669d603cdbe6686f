/** A border of a table, or a line that underlines. */
const RULE = /^[-=+~^"\s]{3,}$/;

/**
 * Text of the kernel's tool, or ours, without what says nothing: white space, blank lines, the borders of
 * tables, and the second of the two colons that end a paragraph before a literal block, which are mark-up
 * to the one and gone in the tree of the other.
 */
export function normalRst(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .map((line) => line.replace(/^\||\|$|\s\|\s/g, ' ').replace(/(?<!^\s*\.\. .*)::\s*$/, ':'))
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '' && line !== ':' && !RULE.test(line))
    .join('\n');
}

/** The same of troff, without the month in its title, and without what only breaks paragraphs. */
export function normalMan(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/^(\.TH "[^"]*" \d+) "[^"]*"/, '$1 ""').replace(/^\\&/, ''))
    .map((line) => line.replace(/``/g, '').replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '' && line !== '.PP' && !RULE.test(line))
    .join('\n');
}

/** One line, for texts that may be wrapped in other places. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
