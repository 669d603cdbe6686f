import type { Element, ElementContent } from 'hast';
import { element, text } from './elements.ts';

/** The address as a browser would ask for it; null for what no page may lead to. */
export function safeAddress(url: string): string | null {
  if (!/^(?:https?:\/\/|mailto:)/i.test(url) || !URL.canParse(url)) return null;
  return new URL(url).href;
}

/** A link by its words; where it may not be one, the words and the address both, to be read. */
export function linkElements(url: string, words: string): ElementContent[] | Element {
  const href = safeAddress(url);
  if (href !== null) return element('a', { href }, [text(words)]);
  return [text(words === url ? words : `${words} <${url}>`)];
}
