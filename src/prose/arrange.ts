import type { Parent, Root, RootContent } from 'mdast';
import type { KdocBlock, KdocParameter, KdocSection } from '../kdoc/index.ts';
import { visit } from 'unist-util-visit';

/** The parameters of a kernel-doc comment together: one list on a page. */
export interface ProseParameters extends Parent {
  type: 'proseParameters';
  children: KdocParameter[];
}

/** Parameters and sections, each under its name. */
export interface ProseParts extends Parent {
  type: 'proseParts';
  children: (ProseParameters | KdocSection)[];
}

declare module 'mdast' {
  interface RootContentMap {
    proseParts: ProseParts;
    proseParameters: ProseParameters;
  }
}

/**
 * Puts the parameters and sections of a kernel-doc tree into one node, so that they become one list. A
 * comment that has nothing but a Description keeps its blocks alone: one part wants no name.
 */
export function arrange(tree: Root): Root {
  const parameters = tree.children.filter((node) => node.type === 'kdocParameter');
  const sections = tree.children.filter((node) => node.type === 'kdocSection');
  const others = tree.children.filter(
    (node) => node.type !== 'kdocParameter' && node.type !== 'kdocSection',
  );
  if (parameters.length + sections.length === 0) return tree;
  const isAlone = parameters.length === 0 && sections.length === 1;
  if (isAlone && sections[0]!.name === 'Description') {
    const blocks: KdocBlock[] = sections[0]!.children;
    return { ...tree, children: [...others, ...blocks] };
  }
  const list: ProseParameters[] =
    parameters.length === 0 ? [] : [{ type: 'proseParameters', children: parameters }];
  const parts: RootContent = { type: 'proseParts', children: [...list, ...sections] };
  return { ...tree, children: [...others, parts] };
}

/**
 * Names of parameters that a tree describes, by `@name: text` or, in a plain comment, as terms of a list:
 * each has one place that a link can lead to.
 */
export function describedParameters(tree: Root): Set<string> {
  const names = new Set<string>();
  visit(tree, (node) => {
    if (node.type === 'kdocParameter') names.add(node.name);
    if (node.type === 'kdocTerm') {
      const name = parameterOfTerm(node);
      if (name !== null) names.add(name);
    }
  });
  return names;
}

/** `id` of the term `@id`; null of a term that is more, or something else. */
export function parameterOfTerm({ children }: Parent): string | null {
  const [only, more] = children;
  if (only?.type !== 'kdocReference' || more !== undefined) return null;
  return only.kind === 'parameter' && only.value === only.target ? only.target : null;
}
