import { createMarkdownProcessor, type RehypePlugin } from '@astrojs/markdown-remark';
import type { Element, ElementContent, Root } from 'hast';
import { SKIP, visit } from 'unist-util-visit';
import { highlight } from '../code.ts';

/** Where the words of a note lead. */
export interface NoteLinks {
  /** The address of a page that a note calls `/flags/KF_RCU/`; null where this site has no such page. */
  page: (path: string) => string | null;
  /** The page about a name in the code face (`bpf_task_acquire()`, `KF_RCU`, `__sz`), or null. */
  name: (text: string) => string | null;
}

export interface Rendered {
  html: string;
  /** Its sections, for a list at the head of the page. */
  headings: { id: string; text: string }[];
}

/**
 * Renders the words of a note, which are ours, in Markdown: remark and rehype, as for all of `content/`.
 *
 * - A link into the site that leads nowhere in this dataset keeps its words and is no link.
 * - A name in the code face becomes a link to its page.
 * - A block of C gets the classes of the kernel's code, and says which kernels it compiles against.
 * - A table gets a frame that scrolls.
 */
export async function renderNote(words: string, links: NoteLinks): Promise<Rendered> {
  const rework: RehypePlugin = () => (tree: Root) => {
    visit(tree, 'element', (node, index, parent) => {
      if (parent === undefined || index === undefined) return;
      if (node.tagName === 'pre') {
        parent.children.splice(index, 1, ...codeBlock(node));
        return [SKIP, index + 1];
      }
      if (node.tagName === 'table') {
        const frame = element('div', { className: ['scroll'], tabIndex: 0 }, [node]);
        visit(node, 'element', (cell) => {
          if (cell.tagName === 'th') cell.properties.scope = 'col';
        });
        parent.children.splice(index, 1, frame);
        return [SKIP, index + 1];
      }
      return undefined;
    });
    linkNames(tree, links);
  };
  const processor = await createMarkdownProcessor({
    syntaxHighlight: false,
    smartypants: false,
    rehypePlugins: [rework],
  });
  const { code, metadata } = await processor.render(words);
  const headings = metadata.headings
    .filter(({ depth }) => depth === 2)
    .map(({ slug, text }) => ({ id: slug, text }));
  return { html: code, headings };
}

function linkNames(tree: Root | Element, links: NoteLinks): void {
  visit(tree, 'element', (node, index, parent) => {
    if (parent === undefined || index === undefined) return;
    if (node.tagName === 'pre') return SKIP;
    if (node.tagName === 'a') {
      const href = String(node.properties.href);
      if (!href.startsWith('/')) return SKIP;
      const page = links.page(href);
      if (page === null) parent.children.splice(index, 1, ...node.children);
      else node.properties.href = page;
      return page === null ? [SKIP, index + node.children.length] : SKIP;
    }
    if (node.tagName !== 'code') return;
    const page = links.name(textOf(node).replace(/\(\)$/, ''));
    if (page === null) return SKIP;
    parent.children[index] = element('a', { href: page }, [node]);
    return SKIP;
  });
}

function codeBlock(pre: Element): ElementContent[] {
  const code = pre.children.find((child) => child.type === 'element');
  const text = code === undefined ? '' : textOf(code);
  const isC = JSON.stringify(code?.properties.className ?? []).includes('language-c"');
  const words: ElementContent[] = isC
    ? highlight(text.trimEnd()).map(({ text: value, kind }) =>
        kind === null
          ? { type: 'text', value }
          : element('span', { className: [`c-${kind}`] }, [{ type: 'text', value }]),
      )
    : [{ type: 'text', value: text.trimEnd() }];
  const block = element('pre', { className: ['code'], tabIndex: 0 }, [element('code', {}, words)]);
  const meta = code?.data?.meta ?? '';
  const kernels = /\bkernel=(\S+)/
    .exec(meta)?.[1]
    ?.split(',')
    .map((version) => `v${version}`);
  if (kernels === undefined) return [block];
  const caption = `Compiles against the vmlinux.h of ${kernels.join(' and ')}.`;
  return [block, element('p', { className: ['for'] }, [{ type: 'text', value: caption }])];
}

function textOf(node: Element): string {
  return node.children
    .map((child) =>
      child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : '',
    )
    .join('');
}

function element(
  tagName: string,
  properties: Element['properties'],
  children: ElementContent[],
): Element {
  return { type: 'element', tagName, properties, children };
}
