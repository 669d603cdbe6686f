import type { Element, ElementContent, Properties } from 'hast';

export function element(
  tagName: string,
  properties: Properties,
  children: ElementContent[],
): Element {
  return { type: 'element', tagName, properties, children };
}

export function text(value: string): ElementContent {
  return { type: 'text', value };
}

/** Code by its words' kinds: `<span class="c-type">u32</span>`. */
export function codeElements(
  tokens: readonly { text: string; kind: string | null }[],
): ElementContent[] {
  return tokens.map(({ text: words, kind }) =>
    kind === null ? text(words) : element('span', { className: [`c-${kind}`] }, [text(words)]),
  );
}
