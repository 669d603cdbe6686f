import { visible } from '../prose/index.ts';

export { visible };

/**
 * What a page prints. The dataset's words come from a repository that is not trusted: each of them
 * reaches a page through the functions here, and Astro escapes the rest.
 */

/** A run of text; a link when it has `href`, set in the code face when `code`. */
export interface Piece {
  text: string;
  href?: string;
  code?: boolean;
}

/** Words of ours, or words of the dataset in the text face. */
export function say(text: string, href?: string | null): Piece {
  return href ? { text: visible(text), href } : { text: visible(text) };
}

/** Words in the code face. */
export function code(text: string, href?: string | null): Piece {
  return { ...say(text, href), code: true };
}

/** `a, b, c` as pieces. */
export function list(items: readonly Piece[][], between = ', '): Piece[] {
  return items.flatMap((item, i) => (i === 0 ? item : [say(between), ...item]));
}

/** The text alone, for titles and tests. */
export function plain(pieces: readonly Piece[]): string {
  return pieces.map((p) => p.text).join('');
}

/** `1 kfunc`, `2 kfuncs`, `1,024 kfuncs`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}
