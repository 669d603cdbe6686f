import { type Filter, type Values, facetKeys, facetOf, readFilter } from './facets.ts';
import { queryWords } from './words.ts';

/** What was typed, understood. */
export interface Query {
  words: string[];
  filters: Filter[];
  /** What was not understood, and is left out, or what was taken for something near, in sentences. */
  problems: string[];
}

/** Nobody types more. */
const longest = 300;

/** `since:6.8 flag:KF_RCU "BPF [CORE]" acquire`; a value with spaces stands in quotes. */
const piece = /([a-z]+):(?!:)("[^"]*"?|\S*)|\S+/gi;

export function readQuery(text: string, values: Values): Query {
  const filters: Filter[] = [];
  const problems: string[] = [];
  const rest: string[] = [];
  for (const [whole, key, value = ''] of text.slice(0, longest).matchAll(piece)) {
    if (key === undefined) {
      rest.push(whole);
      continue;
    }
    const facet = facetOf(key);
    if (facet === undefined) {
      problems.push(`There is no filter “${key}:”, so it is left out: try ${named(facetKeys)}.`);
      continue;
    }
    const read = readFilter(facet, value.replaceAll('"', ''), values);
    if (read.problem !== undefined) problems.push(read.problem);
    if (read.filter !== undefined) filters.push(read.filter);
  }
  return { words: queryWords(rest.join(' ')), filters, problems };
}

function named(keys: readonly string[]): string {
  const told = keys.map((key) => `${key}:`);
  return `${told.slice(0, -1).join(', ')} or ${told.at(-1)!}`;
}
