import { loadWords, type Words } from '../search/engine.ts';
import { type Entries, type PackedEntries, unpack } from '../search/entry.ts';
import { type Answer, makeSearch } from '../search/rank.ts';

/** Gives what answers a query. */
export type Search = (text: string) => Answer;

/** Loads what can be found. `folder` is the address of the page that searches, beside which it stands. */
export async function loadEntries(folder: string): Promise<Entries> {
  return unpack((await json(folder, 'entries.json')) as PackedEntries);
}

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

async function json(folder: string, file: string): Promise<unknown> {
  const response = await fetch(new URL(file, folder));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.json();
}
