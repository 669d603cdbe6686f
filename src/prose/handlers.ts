import type {
  Code,
  Emphasis,
  Html,
  Heading,
  InlineCode,
  Link,
  LinkReference,
  Table,
  Text,
} from 'mdast';
import type { FootnoteDefinition, FootnoteReference } from 'mdast';
import type { Element, ElementContent } from 'hast';
import type { Handlers, State } from 'mdast-util-to-hast';
import { toString } from 'mdast-util-to-string';
import type {
  KdocAdmonition,
  KdocDefinitionList,
  KdocDescription,
  KdocHeader,
  KdocParameter,
  KdocReference,
  KdocSection,
  KdocTerm,
} from '../kdoc/index.ts';
import { linkElements } from './addresses.ts';
import { parameterOfTerm, type ProseParameters, type ProseParts } from './arrange.ts';
import { codeElements, element, text } from './elements.ts';
import { codeTokens } from './highlight.ts';
import {
  emphasisElements,
  inlineCodeElement,
  parameterId,
  referenceElement,
  textElements,
  type Naming,
} from './names.ts';

const languagesOfC = new Set(['c', 'h', 'cpp', 'c++']);

/** Whether a block is C: what says so, and what says nothing and has C's punctuation. */
function isC({ lang, value }: Code): boolean {
  return lang == null ? /[;{}]|\w\(/.test(value) : languagesOfC.has(lang);
}

function codeBlock(_: State, node: Code): Element {
  const words = isC(node) ? codeElements(codeTokens(node.value)) : [text(node.value)];
  return element('pre', { className: ['code'], tabIndex: 0 }, [element('code', {}, words)]);
}

/** mdast takes the first row for a header, which reST's tables need not have. */
function table(state: State, node: Table): Element {
  const isHeadless = node.data?.headless === true;
  const rows = node.children.map((row, i) => {
    const tag = i === 0 && !isHeadless ? 'th' : 'td';
    const scope = tag === 'th' ? { scope: 'col' } : {};
    return element(
      'tr',
      {},
      row.children.map((cell) => element(tag, scope, state.all(cell))),
    );
  });
  const head = isHeadless ? [] : rows.splice(0, 1);
  const parts = [
    ...(head.length > 0 ? [element('thead', {}, head)] : []),
    ...(rows.length > 0 ? [element('tbody', {}, rows)] : []),
  ];
  return element('div', { className: ['scroll'], tabIndex: 0 }, [element('table', {}, parts)]);
}

/** A name, and what stands under it: a pair of a `dl`. */
function part(name: string, children: ElementContent[]): Element {
  return element('div', {}, [element('dt', {}, [text(name)]), element('dd', {}, children)]);
}

/** What a remark is called where its kind is not its name. */
const remarks = new Map([
  ['seealso', 'See also'],
  ['todo', 'To do'],
  ['topic', 'Note'],
  ['admonition', 'Note'],
  ['versionadded', 'New in'],
  ['versionchanged', 'Changed in'],
  ['deprecated', 'Deprecated since'],
]);

function admonition(state: State, node: KdocAdmonition): Element {
  const { kind, title } = node;
  const known = remarks.get(kind) ?? kind.charAt(0).toUpperCase() + kind.slice(1);
  const isNamed = kind === 'admonition' || kind === 'topic';
  const words = title === null ? known : isNamed ? title : `${known} ${title}`;
  return element('div', { className: ['admonition'], role: 'note' }, [
    element('p', { className: ['title'] }, [element('strong', {}, [text(words)])]),
    ...state.all(node),
  ]);
}

/**
 * kernel-doc's nodes, and those of mdast that need care here, as HTML. What the rest becomes is
 * mdast-util-to-hast's to say.
 */
export function proseHandlers(naming: Naming): Handlers {
  /** An id once: a second description of a name has none. */
  const left = new Set(naming.parameters);
  const term = (name: string, children: ElementContent[]): Element => {
    const id = left.delete(name) ? parameterId(naming, name) : null;
    return element('dt', id === null ? {} : { id }, children);
  };
  return {
    kdocHeader: (state: State, node: KdocHeader) =>
      node.children.length === 0
        ? undefined
        : element('p', { className: ['purpose'] }, state.all(node)),
    proseParts: (state: State, node: ProseParts) =>
      element('dl', { className: ['parts'] }, state.all(node)),
    proseParameters: (state: State, node: ProseParameters) =>
      part('Parameters', [element('dl', { className: ['terms'] }, state.all(node))]),
    kdocParameter: (state: State, node: KdocParameter) => [
      term(node.name, [
        element('code', {}, [
          text(node.variadic && node.name !== '...' ? `${node.name}...` : node.name),
        ]),
      ]),
      element('dd', {}, state.all(node)),
    ],
    kdocSection: (state: State, node: KdocSection) => part(node.name, state.all(node)),
    kdocReference: (_: State, node: KdocReference) => referenceElement(naming, node),
    kdocDefinitionList: (state: State, node: KdocDefinitionList) =>
      element('dl', { className: ['terms'] }, state.all(node)),
    kdocTerm: (state: State, node: KdocTerm) => {
      const name = parameterOfTerm(node);
      if (name === null) return element('dt', {}, state.all(node));
      return term(name, [element('code', {}, [text(name)])]);
    },
    kdocDescription: (state: State, node: KdocDescription) => element('dd', {}, state.all(node)),
    kdocAdmonition: admonition,
    kdocRemark: () => undefined,
    code: codeBlock,
    table,
    // A comment's headings are not the page's.
    heading: (state: State, node: Heading) =>
      element('p', { className: ['title'] }, [element('strong', {}, state.all(node))]),
    emphasis: (state: State, node: Emphasis) =>
      element('em', {}, emphasisElements(naming, toString(node)) ?? state.all(node)),
    inlineCode: (_: State, node: InlineCode) => inlineCodeElement(naming, node.value),
    text: (_: State, node: Text) => textElements(naming, node.value),
    link: (_: State, node: Link) => linkElements(node.url, toString(node)),
    linkReference: (state: State, node: LinkReference) => {
      const definition = state.definitionById.get(node.identifier.toUpperCase());
      const words = toString(node);
      return definition === undefined ? text(words) : linkElements(definition.url, words);
    },
    footnoteReference: (_: State, node: FootnoteReference) =>
      element('sup', {}, [text(`[${node.label ?? node.identifier}]`)]),
    footnoteDefinition: (state: State, node: FootnoteDefinition) =>
      element('div', { className: ['footnote'] }, [
        element('p', {}, [text(`[${node.label ?? node.identifier}]`)]),
        ...state.all(node),
      ]),
    // No parser here makes any; should one, it is words.
    html: (_: State, node: Html) => text(node.value),
  };
}
