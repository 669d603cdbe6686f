import { loadWords, type Words } from '../search/engine.ts';
import { type Answer, makeSearch } from '../search/rank.ts';
import { json, loadEntries } from './search-entries.ts';

/** Gives what answers a query. */
export type Search = (text: string) => Answer;

let loading: Promise<Search> | null = null;

/** Loads the search, once a page; again after it failed. */
export function loadSearch(folder: string): Promise<Search> {
  loading ??= load(folder).catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(folder: string): Promise<Search> {
  const [entries, words] = await Promise.all([loadEntries(folder), json(folder, 'words.json')]);
  return makeSearch(entries, loadWords(words as Words));
}
