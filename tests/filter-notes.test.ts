import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseFrontmatter } from '@astrojs/markdown-remark';
import { beforeAll, expect, test } from 'vitest';
import { readDataset } from '../src/data/read.ts';
import { type FilterNote, parseFilterNote } from '../src/data/notes.ts';
import { hasCome } from '../src/data/versions.ts';

const folder = 'content/filters';

interface Found {
  /** The oldest release that has the filter. */
  oldest: string;
  /** Where the newest release that has it defines it. */
  file: string;
}

let notes: Map<string, FilterNote & { words: string }>;
/** Every filter that a release of the dataset defines. */
const found = new Map<string, Found>();
/** Filters that a registration names. */
const named = new Set<string>();

beforeAll(async () => {
  const files = await readdir(folder);
  const read = files.map(async (name) => {
    const { frontmatter, content } = parseFrontmatter(await readFile(join(folder, name), 'utf8'));
    const note = parseFilterNote(name, frontmatter);
    return [note.filter, { ...note, words: content.trim() }] as const;
  });
  notes = new Map(await Promise.all(read));

  const { releases, releaseFiles, kfuncs } = await readDataset('content/data');
  const byId = new Map(releaseFiles.map((file) => [file.id, file]));
  for (const { id } of releases) {
    for (const [filter, { file }] of Object.entries(byId.get(id)?.filters ?? {})) {
      found.set(filter, { oldest: found.get(filter)?.oldest ?? id, file });
    }
  }
  for (const line of kfuncs.flatMap((kfunc) => kfunc.lines)) {
    for (const set of line.states.flatMap((state) => state.sets)) {
      for (const { filter } of set.registrations) if (filter !== null) named.add(filter);
    }
  }
});

test('every filter that a registration names is written about', () => {
  expect(named.size).toBeGreaterThan(0);
  expect([...named].filter((filter) => !notes.has(filter))).toEqual([]);
});

test('a note has words, and names the file that defines the filter in the newest release', () => {
  for (const [filter, note] of notes) {
    expect(note.words.length, filter).toBeGreaterThan(50);
    const file = found.get(filter)?.file;
    if (file !== undefined) expect(note.file, filter).toBe(file);
  }
});

test('no release before the one that a note begins with has the filter', () => {
  for (const [filter, { oldest }] of found) {
    const since = notes.get(filter)?.since;
    if (since === undefined) continue;
    expect(hasCome(since, oldest), `${filter} is in ${oldest} already`).toBe(true);
  }
});
