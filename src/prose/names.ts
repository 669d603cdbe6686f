import type { ElementContent } from 'hast';
import type { KdocReference } from '../kdoc/index.ts';
import { element, text } from './elements.ts';
import type { ProseContext } from './types.ts';

/** What names lead to within one text. */
export interface Naming extends ProseContext {
  /** Parameters that the text describes. */
  parameters: ReadonlySet<string>;
}

/** The id of a parameter's description; null for what has none. */
export function parameterId(naming: Naming, name: string): string | null {
  if (naming.idPrefix === null || !/^\w+(?:\.\w+)*$/.test(name)) return null;
  return `${naming.idPrefix}${name}`;
}

function link(href: string | null, child: ElementContent): ElementContent {
  return href === null ? child : element('a', { href }, [child]);
}

/** Names in the code face, with a link where they lead somewhere. */
function named(words: string, href: string | null): ElementContent {
  return link(href, element('code', {}, [text(words)]));
}

/** Words that C has, which look like functions (`sizeof()`), and names too short to be looked up. */
const noIdentifier = /^(?:.{1,2}|sizeof|typeof|if|for|while|switch|return|main)$/;

function identifier({ links }: Naming, name: string): string | null {
  return /^[A-Za-z_]\w*$/.test(name) && !noIdentifier.test(name) ? links.identifier(name) : null;
}

function kfunc({ name: self, links }: Naming, name: string): string | null {
  return name === self ? null : links.kfunc(name);
}

function functionHref(naming: Naming, name: string): string | null {
  if (name === naming.name) return null;
  return naming.links.kfunc(name) ?? identifier(naming, name);
}

function parameterHref(naming: Naming, name: string): string | null {
  const id = naming.parameters.has(name) ? parameterId(naming, name) : null;
  return id === null ? null : `#${encodeURIComponent(id)}`;
}

/**
 * What stands after `&`. In kernel-doc that is the mark of a type; a plain comment writes the address of
 * something so, which has no type's name to look up, and keeps its `&`.
 */
function typeElement(naming: Naming, { kind, target, value }: KdocReference): ElementContent {
  const isSure = kind !== 'type' && kind !== 'member';
  if (!isSure && naming.kind === 'comment') return named(`&${value}`, null);
  const isParameter = !isSure && naming.parameters.has(target);
  return named(value, isParameter ? parameterHref(naming, target) : identifier(naming, target));
}

function constantHref({ links }: Naming, name: string): string | null {
  return name.startsWith('KF_') ? links.flag(name) : null;
}

/**
 * A kernel-doc reference: a function to its page or its source, a type to its source, a parameter to its
 * description, a flag to its page. What else has a mark (`%CONST`, `$ENV`) is code.
 */
export function referenceElement(naming: Naming, node: KdocReference): ElementContent {
  const { kind, target, value } = node;
  switch (kind) {
    case 'function':
      return named(value, functionHref(naming, target));
    case 'parameter':
      return named(value, parameterHref(naming, target));
    case 'constant':
      return named(value, constantHref(naming, target));
    case 'environment':
      return named(value, null);
    case 'role':
      return element('em', {}, [text(value)]);
    default:
      return typeElement(naming, node);
  }
}

/** `*name*`, as some write of a parameter that they describe; null of other emphasis. */
export function emphasisElements(naming: Naming, words: string): ElementContent[] | null {
  return naming.parameters.has(words) ? [named(words, parameterHref(naming, words))] : null;
}

/** `f`, `f()` or `KF_X` in backquotes. */
export function inlineCodeElement(naming: Naming, words: string): ElementContent {
  const name = /^(\w+)(?:\(\))?$/.exec(words)?.[1];
  const href = name === undefined ? null : (constantHref(naming, name) ?? kfunc(naming, name));
  return named(words, href);
}

const word = /[A-Za-z_]\w*/g;

/** Words, in which a flag or a kfunc may stand without a mark: only what has a page is linked. */
export function textElements(naming: Naming, words: string): ElementContent[] {
  const pieces: ElementContent[] = [];
  let from = 0;
  for (const { 0: name, index } of words.matchAll(word)) {
    if (!name.includes('_')) continue;
    const href = constantHref(naming, name) ?? kfunc(naming, name);
    if (href === null) continue;
    if (index > from) pieces.push(text(words.slice(from, index)));
    pieces.push(named(name, href));
    from = index + name.length;
  }
  if (from < words.length) pieces.push(text(words.slice(from)));
  return pieces;
}
