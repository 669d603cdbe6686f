/** The functions of GNU make that the kernel's Makefiles use in lists and tests; texts in, text out. */
import { stem, words } from './make-text.ts';

const list = (text: string): string[] => words(text.replaceAll('\n', ' '));

function substitute(pattern: string, replacement: string, word: string): string {
  const found = stem(pattern, word);
  if (found === null) return word;
  return pattern.includes('%') ? replacement.replace('%', () => found) : replacement;
}

const fitsAny = (patterns: string, word: string): boolean =>
  list(patterns).some((pattern) => stem(pattern, word) !== null);

/** Functions that take one word of a list after the other: the list is the last argument. */
const byWord: Partial<Record<string, (fixed: readonly string[], word: string) => string>> = {
  strip: (_, word) => word,
  sort: (_, word) => word,
  addprefix: ([prefix = ''], word) => prefix + word,
  addsuffix: ([suffix = ''], word) => word + suffix,
  patsubst: ([pattern = '', replacement = ''], word) =>
    substitute(pattern.trim(), replacement.trim(), word),
  filter: ([patterns = ''], word) => (fitsAny(patterns, word) ? word : ''),
  'filter-out': ([patterns = ''], word) => (fitsAny(patterns, word) ? '' : word),
  notdir: (_, word) => word.slice(word.lastIndexOf('/') + 1),
  dir: (_, word) => (word.includes('/') ? word.slice(0, word.lastIndexOf('/') + 1) : './'),
  basename: (_, word) => word.replace(/\.[^./]*$/, ''),
};

const arity: Partial<Record<string, number>> = {
  addprefix: 2,
  addsuffix: 2,
  patsubst: 3,
  filter: 2,
  'filter-out': 2,
};

/** A function that takes its list word by word, and how many arguments it has; null for any other. */
export function mapWords(
  name: string,
): { arity: number; apply: (fixed: readonly string[], word: string) => string } | null {
  const apply = Object.hasOwn(byWord, name) ? byWord[name] : undefined;
  return apply === undefined ? null : { arity: arity[name] ?? 1, apply };
}

/** Calls a function with expanded arguments; null for one whose value only a running make knows. */
export function callFunction(name: string, texts: readonly string[]): string | null {
  const [first = '', second = '', third = ''] = texts;
  switch (name) {
    case 'subst':
      return first === '' ? third : third.replaceAll(first, () => second);
    case 'findstring':
      return second.includes(first) ? first : '';
    case 'firstword':
      return list(first)[0] ?? '';
    case 'lastword':
      return list(first).at(-1) ?? '';
    case 'words':
      return String(list(first).length);
    case 'or':
      return texts.map((t) => t.trim()).find((t) => t !== '') ?? '';
    case 'and':
      return texts.some((t) => t.trim() === '') ? '' : texts.at(-1)!.trim();
  }
  const map = mapWords(name);
  if (map === null) return null;
  const fixed = texts.slice(0, map.arity - 1);
  // A list may hold commas of its own.
  const words = list(texts.slice(map.arity - 1).join(','));
  const mapped = words.map((word) => map.apply(fixed, word)).filter((word) => word !== '');
  return (name === 'sort' ? [...new Set(mapped)].sort() : mapped).join(' ');
}
