import { visit } from 'unist-util-visit';
import { parse } from './render.ts';
import type { ProseContext } from './types.ts';

/** A comment's text, without delimiters and margin, and what kind of comment it is. */
export interface ProseText {
  text: string;
  kind: ProseContext['kind'];
}

/** A word or a run of punctuation, as it stands in the comment, mark-up and all. */
export interface Word {
  text: string;
  /** What is between it and the word before: nothing, a space, or the end of a block. */
  before: '' | ' ' | '\n';
}

/** What begins a block where it stands; lines that follow go on in it. */
const blocks = new Set([
  'paragraph',
  'listItem',
  'kdocParameter',
  'kdocSection',
  'kdocTerm',
  'kdocDescription',
  'kdocAdmonition',
  'tableRow',
  'heading',
]);

/** Lines, from 1, at which something new begins: there, and only there, a line break says something. */
function firstLines({ text, kind }: ProseText): Set<number> {
  const lines = new Set<number>();
  visit(parse(text, kind), (node) => {
    if (node.position === undefined) return;
    const { start, end } = node.position;
    if (blocks.has(node.type)) lines.add(start.line);
    if (node.type !== 'code') return;
    for (let line = start.line; line <= end.line; line++) lines.add(line);
  });
  return lines;
}

const word = /[@%&$#]?\w+(?:\(\))?|[^ \t\w]+?(?=[@%&$#]\w|[ \t\w]|$)/gu;

/** The words of a comment in order, which are the same however its paragraphs are wrapped. */
export function wordsOf(prose: ProseText): Word[] {
  const starts = firstLines(prose);
  let isAfterBlank = true;
  return prose.text.split('\n').flatMap((line, i) => {
    const isNew = isAfterBlank || starts.has(i + 1);
    isAfterBlank = /^[ \t]*$/.test(line);
    let end = -1;
    return [...line.matchAll(word)].map(({ 0: text, index }): Word => {
      const before = end === -1 ? (isNew ? '\n' : ' ') : index > end ? ' ' : '';
      end = index + text.length;
      return { text, before };
    });
  });
}
