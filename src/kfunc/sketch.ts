/** How many of the smallest hashes a sketch keeps: enough to tell 0.5 from 0.7 apart. */
const SIZE = 64;

/** FNV-1a over UTF-16 code units, as an unsigned 32-bit number. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * A bottom-k sketch of a sequence: the smallest hashes of its 3-grams, ascending and distinct. Two
 * sketches estimate how alike two sequences are without keeping their words.
 */
export function sketch(words: readonly string[]): number[] {
  const hashes = new Set<number>();
  const last = Math.max(words.length - 2, Math.min(words.length, 1));
  for (let i = 0; i < last; i++) hashes.add(fnv1a(words.slice(i, i + 3).join('\0')));
  return [...hashes].sort((a, b) => a - b).slice(0, SIZE);
}

/** Estimated Jaccard similarity of what two sketches were made of: 0 (nothing shared) to 1. */
export function similarity(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  let i = 0;
  let j = 0;
  let union = 0;
  let both = 0;
  for (; union < SIZE && (i < a.length || j < b.length); union++) {
    const x = a[i] ?? Infinity;
    const y = b[j] ?? Infinity;
    if (x === y) both++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return both / union;
}
