import type {
  ListItem,
  Nodes,
  Parents,
  PhrasingContent,
  RootContent,
  Table,
  TableCell,
} from 'mdast';
import { inlineText, sourceOf, type Notation } from './inline-text.ts';

/** What the printing of blocks needs besides the blocks. */
export interface Printing {
  comment: string;
  notation: Notation;
}

/** What a list item's first line begins with: `-`, `2.`, `(a)`. */
function markerOf(item: ListItem, { comment }: Printing): string {
  return /^(?:[-*+•‣⁃]|\(?[\w#]+[.)])/.exec(sourceOf(item, comment))?.[0] ?? '';
}

function cellText(cell: TableCell, { comment, notation }: Printing): string {
  return inlineText(cell.children, comment, notation).replace(/\s+/g, ' ').trim();
}

/** Rows as reST or troff has them, without the borders. */
function tableLines(table: Table, printing: Printing): string[] {
  const rows = table.children.map((row) => row.children.map((cell) => cellText(cell, printing)));
  if (printing.notation !== 'man') return rows.map((row) => row.join(' '));
  const [head = [], ...rest] = rows;
  const format = `${head.map(() => 'l').join('\t')}.`;
  const isGrid = sourceOf(table, printing.comment).startsWith('+');
  const tabbed = (row: string[]) => row.join('\t');
  if (table.data?.headless || !isGrid) {
    // The kernel's tool ends a simple table at its second border, be that the header's; what follows is text.
    const inside = table.data?.headless ? rows : [head];
    const after = table.data?.headless ? [] : rest;
    const text = after.map((row) => row.join(' '));
    return ['.TS', 'box;', format, ...inside.map(tabbed), '.TE', ...text];
  }
  const bold = head.map((cell) => `\\fB${cell}\\fP`).join('\t');
  return ['.TS', 'box;', format, bold, '_', ...rest.map(tabbed), '.TE'];
}

/** The first line of a directive, from the comment: the tree has what it means. */
function directiveLine(node: Nodes, printing: Printing): string[] {
  const written = sourceOf(node, printing.comment);
  return written.startsWith('..') ? [written.split('\n')[0]!] : [];
}

/** `text` put before the first of the lines. */
function led(text: string, lines: readonly string[]): string[] {
  return [`${text} ${lines[0] ?? ''}`.trim(), ...lines.slice(1)];
}

function nodeLines(node: RootContent, printing: Printing): string[] {
  const { comment, notation } = printing;
  switch (node.type) {
    case 'paragraph':
    case 'heading':
    case 'kdocTerm':
      return inlineText(node.children, comment, notation).split('\n');
    case 'code': {
      const directive = directiveLine(node, printing);
      if (notation !== 'man') return [...directive, ...node.value.split('\n')];
      return ['.nf', ...node.value.split('\n'), '.fi'];
    }
    case 'listItem': {
      const lines = blockLines(node, printing);
      if (notation !== 'man') return led(markerOf(node, printing), lines);
      const marker = markerOf(node, printing);
      return [/^\d/.test(marker) ? `.IP ${parseInt(marker, 10)}` : '.IP \\[bu]', ...lines];
    }
    case 'kdocDefinitionList':
      // A field's name and its text stand on one line; a term stands above what is said of it.
      return node.children.flatMap((child, i) => {
        const lines = nodeLines(child, printing);
        const term = node.children[i - 1];
        const isField = (n: Nodes) => /^[:@]/.test(sourceOf(n, comment));
        if (child.type === 'kdocTerm' && isField(child)) return [];
        if (child.type === 'kdocDescription' && term && isField(term)) {
          const name = term.children.map((n) => sourceOf(n, comment)).join('');
          const shown = inlineText(term.children as PhrasingContent[], comment, notation);
          return led(sourceOf(term, comment).replace(name, shown), lines);
        }
        return lines;
      });
    case 'kdocAdmonition': {
      const lines = blockLines(node, printing);
      const [first = ''] = directiveLine(node, printing);
      if (notation !== 'man') return [first, ...lines.filter((line) => !first.endsWith(line))];
      return [`\\fB${node.kind.toUpperCase()}\\fP`, ...lines];
    }
    case 'table':
      return tableLines(node, printing);
    case 'kdocRemark':
      return sourceOf(node, comment).split('\n');
    case 'definition':
    case 'thematicBreak':
    case 'html':
      return sourceOf(node, comment).split('\n');
    default:
      return 'children' in node ? blockLines(node, printing) : [];
  }
}

/** The lines of what stands in a node, as the kernel's tool prints them but for indentation and blank lines. */
export function blockLines(parent: Parents, printing: Printing): string[] {
  return parent.children.flatMap((node, i) => {
    const lines = nodeLines(node, printing);
    if (printing.notation !== 'man' || i === 0) return lines;
    return ['.PP', ...lines];
  });
}
