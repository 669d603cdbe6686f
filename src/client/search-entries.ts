import { type Entries, type PackedEntries, unpack } from '../search/entry.ts';

/** Loads what can be found. `folder` is the address of the page that searches, beside which it stands. */
export async function loadEntries(folder: string): Promise<Entries> {
  return unpack((await json(folder, 'entries.json')) as PackedEntries);
}

/** A file of that folder. */
export async function json(folder: string, file: string): Promise<unknown> {
  const response = await fetch(new URL(file, folder));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response.json();
}
