import type { Paragraph, Root, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { describedParameters } from './arrange.ts';
import { proseHandlers } from './handlers.ts';
import { parse, toHtml } from './render.ts';
import type { ProseContext } from './types.ts';

/** The first words of something, as HTML that fits into a line: no block. */
export interface BriefText {
  html: string;
  /** Whether more is said where the whole stands. */
  isCut: boolean;
}

/** What a comment says in short: of the kfunc, of each parameter by name, of what it returns. */
export interface Brief {
  summary: BriefText | null;
  parameters: Map<string, BriefText>;
  returns: BriefText | null;
}

/** A paragraph of more characters is cut after its first sentence. */
const most = 180;

/**
 * The purpose of a kernel-doc comment, or else the first paragraph of its description or of a plain
 * comment; and the first paragraph about each parameter and about what is returned. Links to parameters
 * lead to where `renderProse` puts them with the same `idPrefix`. Never throws, whatever the text.
 */
export function renderBrief(comment: string, context: ProseContext): Brief {
  const tree = parse(comment, context.kind);
  const short = (node: RootContent | undefined) =>
    node === undefined ? null : briefly(node, tree, context);
  const parameters = new Map<string, BriefText>();
  for (const node of tree.children) {
    if (node.type !== 'kdocParameter' || parameters.has(node.name)) continue;
    const brief = short(node.children[0]);
    if (brief === null) continue;
    parameters.set(node.name, { ...brief, isCut: brief.isCut || node.children.length > 1 });
  }
  return {
    summary: short(summaryOf(tree)),
    parameters,
    returns: short(sectionOf(tree, 'Return')),
  };
}

/** The summary as plain text; null where there is none. Never throws, whatever the text. */
export function briefWords(comment: string, kind: ProseContext['kind']): string | null {
  const node = summaryOf(parse(comment, kind));
  const words = node?.type === 'paragraph' ? wordsOf(node) : '';
  return words === '' ? null : words.length <= most ? words : firstSentence(words);
}

function summaryOf(tree: Root): RootContent | undefined {
  const header = tree.children.find((node) => node.type === 'kdocHeader');
  const purpose: Paragraph | undefined =
    header === undefined || header.children.length === 0
      ? undefined
      : { type: 'paragraph', children: header.children };
  const first = tree.children.find((node) => node.type === 'paragraph');
  return purpose ?? sectionOf(tree, 'Description') ?? first;
}

function sectionOf(tree: Root, name: string): RootContent | undefined {
  const sections = tree.children.filter((node) => node.type === 'kdocSection');
  return sections.find((node) => node.name === name)?.children[0];
}

function wordsOf(node: Paragraph): string {
  return toString(node).replace(/\s+/g, ' ').trim();
}

/** null for a block that is no paragraph, and for one without words. */
function briefly(node: RootContent, tree: Root, context: ProseContext): BriefText | null {
  if (node.type !== 'paragraph') return null;
  const words = wordsOf(node);
  if (words === '') return null;
  if (words.length <= most) {
    const naming = { ...context, parameters: describedParameters(tree) };
    const hast = unified()
      .use(remarkRehype, { handlers: proseHandlers(naming) })
      .runSync({ type: 'root', children: [node] });
    const html = toHtml(hast);
    return { html: html.replace(/^<p>|<\/p>$/g, ''), isCut: false };
  }
  const text = firstSentence(words);
  const html = toHtml({ type: 'root', children: [{ type: 'text', value: text }] });
  return { html, isCut: text !== words };
}

/** Up to the first full stop that ends a sentence; of a very long one, the words that fit. */
function firstSentence(words: string): string {
  const end = /^.{20,}?[.;](?= [A-Z@%&(])/.exec(words)?.[0];
  if (end !== undefined && end.length <= most * 1.5) return end;
  const cut = words.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2))}…`;
}
