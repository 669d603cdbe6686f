import leven from 'leven';

/** How alike a name must be to be named: by itself, and beside the likest one. */
const enough = 0.5;
const besideTheBest = 0.75;
const most = 6;

/**
 * The candidates that are most like what was asked for, the likest first: by the letters to change, or by
 * the words in common, in whatever order.
 */
export function nearest<T extends { name: string }>(asked: string, candidates: readonly T[]): T[] {
  const found = candidates
    .map((item) => ({ item, likeness: likeness(asked.toLowerCase(), item.name.toLowerCase()) }))
    .filter((c) => c.likeness > enough)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, most);
  const least = (found[0]?.likeness ?? 0) * besideTheBest;
  return found.filter((c) => c.likeness >= least).map((c) => c.item);
}

/** From 0 to 1, which is the same. */
function likeness(a: string, b: string): number {
  const letters = 1 - leven(a, b) / Math.max(a.length, b.length);
  const [wordsOfA, wordsOfB] = [words(a), words(b)];
  const common = [...wordsOfA].filter((word) => wordsOfB.has(word)).length;
  const parts = (2 * common) / (wordsOfA.size + wordsOfB.size || 1);
  // The same words in another order are not yet the same name.
  return Math.max(letters, 0.95 * parts);
}

function words(name: string): Set<string> {
  return new Set(name.split(/[^a-z0-9]+/).filter((word) => word !== ''));
}

/** The name in an address that leads nowhere: its last part, without the ending of another form. */
export function nameIn(pathname: string): string {
  const last = pathname.split('/').findLast((part) => part !== '') ?? '';
  const bare = last.replace(/\.(txt|atom|json|html)$/, '');
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}
