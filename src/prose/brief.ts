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
  const header = tree.children.find((node) => node.type === 'kdocHeader');
  const sections = tree.children.filter((node) => node.type === 'kdocSection');
  const section = (name: string) => sections.find((node) => node.name === name)?.children[0];
  const purpose: Paragraph | undefined =
    header === undefined || header.children.length === 0
      ? undefined
      : { type: 'paragraph', children: header.children };
  const parameters = new Map<string, BriefText>();
  for (const node of tree.children) {
    if (node.type !== 'kdocParameter' || parameters.has(node.name)) continue;
    const brief = short(node.children[0]);
    if (brief === null) continue;
    parameters.set(node.name, { ...brief, isCut: brief.isCut || node.children.length > 1 });
  }
  const first = tree.children.find((node) => node.type === 'paragraph');
  return {
    summary: short(purpose ?? section('Description') ?? first),
    parameters,
    returns: short(section('Return')),
  };
}

/** null for a block that is no paragraph, and for one without words. */
function briefly(node: RootContent, tree: Root, context: ProseContext): BriefText | null {
  if (node.type !== 'paragraph') return null;
  const words = toString(node).replace(/\s+/g, ' ').trim();
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
