import type { ChangeView } from '../views/change.ts';
import type { CodeToken } from '../views/code.ts';
import { wrapPrototype } from '../views/kfunc/declaration.ts';
import { flat, item, verbatim, words } from './form.ts';
import { COLUMNS } from './wrap.ts';

/** Code as text on one line, however it was broken for a page. */
export function codeText(tokens: readonly CodeToken[]): string {
  return flat(tokens.map(({ text }) => text).join(''));
}

/** A prototype of at most 75 columns, broken after its commas. */
export function prototypeText(prototype: string, indent = '    '): string {
  return verbatim(wrapPrototype(flat(prototype), COLUMNS - indent.length), indent, ' '.repeat(8));
}

/** What changed, in a line: `Program types: gained XDP (part of a tree-wide change)`. */
export function changeWords({ label, text, event }: ChangeView): string {
  const said = words(text);
  const part = event === null ? '' : ` (${event.text})`;
  return `${label}${said === '' ? '' : `: ${said}`}${part}`;
}

/**
 * A change at length.
 *
 *     - Prototype
 *       was: int f(int a)
 *       now: int f(int a, int b)
 *       commit 0123456789ab ("subject")
 *       https://lore.kernel.org/…
 */
export function changeText(change: ChangeView, indent = ''): string {
  const below = `${indent}  `;
  const sides = (mark: string, prototypes: readonly CodeToken[][]) =>
    prototypes.map(
      (tokens) => `${below}${mark}:\n${prototypeText(codeText(tokens), `${below}  `)}`,
    );
  return [
    item(changeWords(change), '- ', indent),
    ...sides('was', change.was),
    ...sides('now', change.now),
    ...(change.commit === null
      ? []
      : [
          item(`commit ${change.commit.text}`, '  ', indent),
          ...change.commit.links.map(({ href = '' }) => item(href, '  ', indent)),
        ]),
  ].join('\n');
}
