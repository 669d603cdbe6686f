import type { Root as HastRoot } from 'hast';
import type { Root } from 'mdast';
import { toString } from 'mdast-util-to-string';
import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { parseComment, parseKernelDoc } from '../kdoc/index.ts';
import { arrange, describedParameters } from './arrange.ts';
import { proseHandlers } from './handlers.ts';
import { schema } from './schema.ts';
import type { Prose, ProseContext } from './types.ts';
import { rehypeVisible, visible } from './visible.ts';

/** What every tree goes through before it is a page's: words in sight, and nothing but what is allowed. */
const finish = unified()
  .use(rehypeVisible)
  .use(rehypeSanitize, schema)
  .use(rehypeStringify)
  .freeze();

/** HTML of a tree, by way of schema.ts. */
export function toHtml(tree: HastRoot): string {
  return finish.stringify(finish.runSync(tree));
}

const trees = { 'kernel-doc': new Map<string, Root>(), comment: new Map<string, Root>() };

/** The same words are read once a build: many releases have them. */
export function parse(text: string, kind: ProseContext['kind']): Root {
  const known = trees[kind].get(text);
  if (known !== undefined) return known;
  const { value } = kind === 'kernel-doc' ? parseKernelDoc(text) : parseComment(text);
  trees[kind].set(text, value);
  return value;
}

/** A tree of mdast with kernel-doc's nodes as HTML. */
export function renderTree(tree: Root, context: ProseContext): string {
  const naming = { ...context, parameters: describedParameters(tree) };
  const hast = unified()
    .use(remarkRehype, { handlers: proseHandlers(naming) })
    .runSync(arrange(tree));
  return toHtml(hast);
}

const rendered = new WeakMap<ProseContext['links'], Map<string, Prose>>();

/**
 * A comment above a kfunc as HTML: its text without delimiters and margin, as the dataset has it.
 * Nothing of it can be markup, script, or an address but http, https and mailto; what cannot be seen is
 * written out (`‹U+202E›`). Never throws, whatever the text. With the same `links` the same words are
 * rendered once.
 */
export function renderProse(comment: string, context: ProseContext): Prose {
  const { name, kind, idPrefix, links } = context;
  const known = rendered.get(links) ?? new Map<string, Prose>();
  rendered.set(links, known);
  const key = JSON.stringify([name, kind, idPrefix, comment]);
  const prose = known.get(key) ?? render(comment, context);
  known.set(key, prose);
  return prose;
}

function render(comment: string, context: ProseContext): Prose {
  const tree = parse(comment, context.kind);
  const header = tree.children.find((node) => node.type === 'kdocHeader');
  return {
    html: renderTree(tree, context),
    purpose: visible(toString(header?.children ?? []).replace(/[ \t\n]+/g, ' ')).trim(),
    documents: header?.name ?? null,
  };
}
