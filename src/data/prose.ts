import { createHash } from 'node:crypto';

/** The kernel's own words, by their hash. The map may hold more than one record refers to. */
export type Prose = ReadonlyMap<string, string>;

/**
 * The name under which a text is kept: the first 20 hex digits of the sha256 of its UTF-8.
 * `text` is normalised already (see kdoc/), so that the same words give the same hash in each release.
 */
export function proseHash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 20);
}

/** Whether `name` is what proseHash gives. */
export function isProseHash(name: string): boolean {
  return /^[0-9a-f]{20}$/.test(name);
}
