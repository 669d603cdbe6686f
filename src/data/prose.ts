import { createHash } from 'node:crypto';

/** The kernel's own words, by their hash. The map may hold more than one record refers to. */
export type Prose = ReadonlyMap<string, string>;

/**
 * The name under which a text is kept: the first 20 hex digits of the sha256 of its UTF-8.
 * White space does not count, so that words that were only wrapped anew keep their name.
 */
export function proseHash(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  return createHash('sha256').update(words, 'utf8').digest('hex').slice(0, 20);
}
