import type { Element, ElementContent, Root } from 'hast';
import type { Plugin } from 'unified';
import { SKIP, visit } from 'unist-util-visit';

/**
 * Characters that show nothing or turn the direction of what follows: controls but tab and newline,
 * soft hyphens, zero-width and bidirectional marks, halves of surrogate pairs, private ones.
 */
const unseen = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

function codePoint(character: string): string {
  return `‹U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›`;
}

/** `text` with characters that cannot be seen written out: `‹U+202E›`. */
export function visible(text: string): string {
  return text.replace(unseen, codePoint);
}

function mark(character: string): Element {
  return {
    type: 'element',
    tagName: 'span',
    properties: { className: ['unprintable'] },
    children: [{ type: 'text', value: codePoint(character) }],
  };
}

/** Writes out, in a marked span, each character of a tree's text that cannot be seen. */
export const rehypeVisible: Plugin<[], Root> = function () {
  return (tree) => {
    visit(tree, 'text', (node, index, parent) => {
      if (parent === undefined || index === undefined) return;
      const pieces: ElementContent[] = [];
      let from = 0;
      for (const { 0: character, index: at } of node.value.matchAll(unseen)) {
        if (at > from) pieces.push({ type: 'text', value: node.value.slice(from, at) });
        pieces.push(mark(character));
        from = at + character.length;
      }
      if (pieces.length === 0) return;
      if (from < node.value.length) pieces.push({ type: 'text', value: node.value.slice(from) });
      parent.children.splice(index, 1, ...pieces);
      return [SKIP, index + pieces.length];
    });
  };
};
