import type { Paragraph, PhrasingContent } from 'mdast';
import { codeOf, looksLikeCode } from './code.ts';
import { endOfIndented, inline, leastIndent, span, trimBlank } from './context.ts';
import type { Construct, Context } from './context.ts';
import { definitionList, parameterField } from './definition-list.ts';
import { explicit, labelsOf } from './explicit.ts';
import { gridTable } from './grid-table.ts';
import { cut, type Line } from './lines.ts';
import { interrupts, list } from './list.ts';
import { simpleTable } from './simple-table.ts';
import type { KdocBlock, Report } from './types.ts';

/** Constructs within constructs; what is deeper is one paragraph. */
const DEEPEST = 12;

/**
 *     Title
 *     =====
 */
const heading: Construct = (lines, at, context) => {
  const [title, rule] = [lines[at]!, lines[at + 1]];
  if (rule?.indent !== title.indent || !/^([-=~^"#*+])\1{3,}$/.test(rule.text)) return null;
  if (rule.text.length < title.text.length || !/\w/.test(title.text)) return null;
  const position = span([title, rule]);
  return {
    nodes: [{ type: 'heading', depth: 3, children: inline([title], context), position }],
    next: at + 2,
  };
};

/** A line of punctuation with nothing above and below it. */
const rule: Construct = (lines, at) => {
  const line = lines[at]!;
  if (!/^([-=~^"#*+_])\1{3,}$/.test(line.text) || (lines[at + 1]?.text ?? '') !== '') return null;
  return { nodes: [{ type: 'thematicBreak', position: span([line]) }], next: at + 1 };
};

/**
 *     | a line
 *     | and another, each on its own
 */
const lineBlock: Construct = (lines, at, context) => {
  let next = at;
  const children: PhrasingContent[] = [];
  while (next < lines.length && /^\|\s/.test(lines[next]!.text)) {
    if (next > at) children.push({ type: 'break', position: span([lines[next]!]) });
    for (const node of inline([cut(lines[next]!, 1)], context)) children.push(node);
    next += 1;
  }
  if (next === at) return null;
  return { nodes: [{ type: 'paragraph', children, position: span(lines.slice(at, next)) }], next };
};

/** Further in than what is around it. */
function quote(lines: readonly Line[], at: number, base: number, context: Context) {
  const next = endOfIndented(lines, at, base);
  const all = trimBlank(lines.slice(at, next));
  if (looksLikeCode(all)) return { nodes: [codeOf(all)], next };
  const children = context.blocks(all);
  return { nodes: [{ type: 'blockquote' as const, children, position: span(all) }], next };
}

/** The index of the blank line, or of the end, that follows `at`. */
function endOfChunk(lines: readonly Line[], at: number): number {
  let next = at;
  while (next < lines.length && lines[next]!.text !== '') next += 1;
  return next;
}

/** Code that nothing marks as such, blank lines between its parts. */
const bareCode: Construct = (lines, at) => {
  if (at > 0 && lines[at - 1]!.text !== '') return null;
  let next = at;
  for (let from = at; from < lines.length;) {
    const end = endOfChunk(lines, from);
    if (!looksLikeCode(lines.slice(from, end))) break;
    next = end;
    from = end;
    while (from < lines.length && lines[from]!.text === '') from += 1;
  }
  return next === at ? null : { nodes: [codeOf(lines.slice(at, next))], next };
};

/** What a paragraph that ends in two colons announces: all that is further in, or quoted by a mark. */
function literal(lines: readonly Line[], at: number, indent: number, context: Context) {
  const next = endOfIndented(lines, at, indent);
  const inner = trimBlank(lines.slice(at, next));
  if (inner.length > 0) return { nodes: [codeOf(inner)], next };
  const mark = /^[>|#$%]/.exec(lines[next]?.text ?? '')?.[0];
  let end = next;
  while (mark !== undefined && end < lines.length && lines[end]!.text.startsWith(mark)) end += 1;
  if (end > next) return { nodes: [codeOf(lines.slice(next, end))], next: end };
  const line = lines[at - 1]!.line;
  context.report('literal-block-expected', 'info', line, "nothing further in follows the '::'");
  return { nodes: [], next: at };
}

/** All up to a blank line, a list, or what two colons announce. */
const paragraph: Construct = (lines, at, context) => {
  const { indent } = lines[at]!;
  let next = at + 1;
  const announces = () => lines[next - 1]!.text.endsWith('::');
  while (next < lines.length && lines[next]!.text !== '') {
    if (announces() && lines[next]!.indent > indent) break;
    if (interrupts(lines, next) || parameterField(lines[next]!)) break;
    if (lines[next]!.indent === indent && /^\.\.\s/.test(lines[next]!.text)) break;
    next += 1;
  }
  const all = lines.slice(at, next);
  if (!announces()) return { nodes: [words(all, context)], next };
  const last = all.at(-1)!;
  // `::` alone is no word; of `words ::` none of it is shown, of `words::` one colon is.
  const kept = last.text === '::' ? 0 : /\s::$/.test(last.text) ? 2 : 1;
  const shown =
    kept === 0 ? all.slice(0, -1) : [...all.slice(0, -1), cut(last, 0, last.text.length - kept)];
  const after = literal(lines, next, indent, context);
  const nodes: KdocBlock[] = shown.length > 0 ? [words(shown, context)] : [];
  return { nodes: [...nodes, ...after.nodes], next: after.next };
};

function words(lines: readonly Line[], context: Context): Paragraph {
  return { type: 'paragraph', children: inline(lines, context), position: span(lines) };
}

/** In the order in which they are tried. */
const CONSTRUCTS: readonly Construct[] = [
  explicit,
  gridTable,
  simpleTable,
  heading,
  rule,
  list,
  lineBlock,
  bareCode,
  definitionList,
  paragraph,
];

function readBlocks(lines: readonly Line[], context: Context): KdocBlock[] {
  const nodes: KdocBlock[] = [];
  const base = leastIndent(lines);
  const isDeep = context.depth >= DEEPEST;
  let at = 0;
  while (at < lines.length) {
    if (lines[at]!.text === '') {
      at += 1;
      continue;
    }
    let found: ReturnType<Construct> = null;
    if (isDeep) found = paragraph(lines, at, context);
    else if (lines[at]!.indent > base) found = quote(lines, at, base, context);
    for (const construct of CONSTRUCTS) found ??= construct(lines, at, context);
    for (const node of found!.nodes) nodes.push(node);
    at = found!.next;
  }
  return nodes;
}

/**
 * The blocks of reST within a section of a comment, as mdast: paragraphs, lists, definition lists,
 * literal blocks and directives, tables, quotes. `known` are labels that are set elsewhere.
 *
 * docutils' reStructuredText specification; where a comment does what reST does not allow and its
 * author's meaning is plain (a list right below a sentence, code without a mark), that is read.
 * Reports a literal block that does not come, a directive that is not known, a table too odd to read.
 */
export function parseBlocks(
  lines: readonly Line[],
  report: Report,
  labels: ReadonlySet<string> = labelsOf(lines),
): KdocBlock[] {
  const at = (depth: number): Context => ({
    targets: { labels },
    report,
    depth,
    blocks: (inner) => readBlocks(inner, at(depth + 1)),
  });
  return readBlocks(lines, at(0));
}
