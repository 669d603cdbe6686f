import type { Nodes, PhrasingContent } from 'mdast';

/** How the inline mark-up of a comment is written: as reST, as troff, or as it stands in the comment. */
export type Notation = 'rst' | 'man' | 'source';

/** The words of the comment that a node was read from, without the margin. */
export function sourceOf(node: Nodes, comment: string): string {
  const from = node.position?.start.offset ?? 0;
  const to = node.position?.end.offset ?? 0;
  return comment.slice(from, to).replace(/\n[ \t]*\*?[ \t]*/g, '\n');
}

/**
 * reST of a mark-up of kernel-doc's own, which the kernel's tool puts in place of the mark-up.
 * tools/lib/python/kdoc/kdoc_output.py, RestFormat.highlights.
 */
function rst(node: PhrasingContent, written: string): string {
  if (node.type !== 'kdocReference') return written;
  switch (written[0]) {
    case '%':
      return `\`\`${node.target}\`\``;
    case '@':
      return `**${node.value}**`;
    case '&':
      return node.value === node.target
        ? `:c:type:\`${node.value}\``
        : `:c:type:\`${node.value} <${node.target}>\``;
    default:
      return written;
  }
}

/** tools/lib/python/kdoc/kdoc_output.py, ManFormat.highlights. */
function man(node: PhrasingContent, written: string): string {
  if (node.type !== 'kdocReference') return written;
  switch (written[0]) {
    case '%':
      return node.target;
    case '@':
    case '&':
      return `\\fI${node.value}\\fP`;
    default:
      return node.kind === 'function' && written === `${node.target}()`
        ? `\\fB${node.target}\\fP`
        : written;
  }
}

/** A paragraph's children, with its line feeds. */
export function inlineText(
  children: readonly PhrasingContent[],
  comment: string,
  notation: Notation,
): string {
  return children
    .map((node) => {
      if (node.type === 'text') return node.value;
      const written = sourceOf(node, comment);
      if (notation === 'source') return written;
      return notation === 'rst' ? rst(node, written) : man(node, written);
    })
    .join('');
}
