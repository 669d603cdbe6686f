import type { Element, ElementContent, Root } from 'xast';
import { toXml } from 'xast-util-to-xml';
import { x } from 'xastscript';
import { resolve } from '../text/address.ts';
import type { Atlas } from '../views/atlas.ts';
import type { Piece } from '../views/text.ts';

export type Node = Element;

/** Characters that XML 1.0 has no way to write; what else cannot be seen is written out before. */
const illegal = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** `node` as XML. */
export function xml(node: Element | Root): string {
  return toXml(node, { closeEmptyElements: true }).replace(illegal, '\u{FFFD}');
}

/** The first line of every file. */
export const declaration = '<?xml version="1.0" encoding="utf-8"?>\n';

/**
 * Pieces as XHTML, their links made whole where the site knows its address. `page` is the one that a
 * fragment alone (`#filter-f`) belongs to.
 */
export function inline(atlas: Atlas, page: string, pieces: readonly Piece[]): ElementContent[] {
  return pieces.map(({ text, href, code }) => {
    const said: ElementContent = code === true ? x('code', text) : { type: 'text', value: text };
    return href === undefined ? said : x('a', { href: resolve(atlas, page, href) }, [said]);
  });
}
