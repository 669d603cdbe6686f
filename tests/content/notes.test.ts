import { basename } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { readDataset } from '../../src/data/read.ts';
import { hasCome } from '../../src/data/versions.ts';
import { type Atlas, makeAtlas } from '../../src/views/atlas.ts';
import { allFlags, allPrograms, allSuffixes, withNoted } from '../../src/views/topics/catalogue.ts';
import { noteLinks, relatedHref, type Topics } from '../../src/views/notes/links.ts';
import { renderNote } from '../../src/views/notes/render.ts';
import { programSlug } from '../../src/views/programs.ts';
import { parseSourceBrowser } from '../../src/views/source-browser.ts';
import { readNote, readNotes, type WrittenNote, type WrittenNotes } from './notes.ts';

/** What is written in `content/`, against the dataset that the repository holds. */
let written: WrittenNotes;
let atlas: Atlas;
let topics: Topics;

const of = (kind: WrittenNote['kind']) => written.notes.filter((one) => one.kind === kind);
const namesOf = (kind: WrittenNote['kind']) => of(kind).map(({ note }) => note.name);

beforeAll(async () => {
  written = readNotes('content');
  const browser = parseSourceBrowser('cgit');
  atlas = makeAtlas(await readDataset('content/data'), { base: '/', browser, site: undefined });
  topics = {
    flags: new Set(withNoted(allFlags(atlas), namesOf('flag'))),
    suffixes: new Set(withNoted(allSuffixes(atlas), namesOf('suffix'))),
    programs: new Set(allPrograms(atlas).map(programSlug)),
    guides: new Map(of('guide').map(({ note }) => [note.name, note.title ?? ''])),
  };
});

test('says which file has a front matter that is no YAML', () => {
  const text = '---\nflag: KF_LAMP\ndescription: A lamp: it burns.\n---\n\nWords.\n';
  expect(readNote('flag', 'content/flags/KF_LAMP.md', text)).toMatch(
    /^content\/flags\/KF_LAMP\.md: /,
  );
});

test('every note can be read, and is named as its file is', () => {
  expect(written.faults).toEqual([]);
  for (const { note, path, words } of written.notes) {
    expect(basename(path, '.md')).toBe(note.name);
    expect(words.length, path).toBeGreaterThan(200);
  }
  for (const kind of ['flag', 'suffix', 'program', 'guide'] as const) {
    expect(of(kind).length, kind).toBeGreaterThan(0);
  }
});

test('everything that has a page of its own is written about', () => {
  const missing = (names: readonly string[], noted: readonly string[]) =>
    names.filter((name) => !noted.includes(name));
  expect(missing(allFlags(atlas), namesOf('flag'))).toEqual([]);
  expect(missing(allSuffixes(atlas), namesOf('suffix'))).toEqual([]);
  expect(missing([...topics.programs], namesOf('program'))).toEqual([]);
});

test('what no release of the dataset knows has gone, or was never there', () => {
  expect(namesOf('program').filter((name) => !topics.programs.has(name))).toEqual([]);
  const known = new Set([...allFlags(atlas), ...allSuffixes(atlas)]);
  const unknown = [...of('flag'), ...of('suffix')]
    .map(({ note }) => note)
    .filter(({ name }) => !known.has(name));
  for (const { name, since, until } of unknown) {
    expect(since === null || until !== null, `${name} should be in a release`).toBe(true);
  }
});

test('the releases that a note begins and ends with agree with the dataset', () => {
  const faults = [...of('flag'), ...of('suffix')].flatMap(({ path, note }) =>
    atlas.dataset.releaseFiles.flatMap(({ id, flags, suffixes }) => {
      const isThere =
        flags.some(({ name }) => name === note.name) ||
        suffixes.some(({ literal }) => literal === note.name);
      const hasBegun = note.since === null ? null : hasCome(note.since, id);
      // Ended: the last release is before this one.
      const hasEnded = note.until !== null && hasCome(id, note.until) === false;
      if (isThere && hasBegun === false) return [`${path}: ${id} has it before ${note.since!}`];
      if (isThere && hasEnded) return [`${path}: ${id} has it after ${note.until!}`];
      if (!isThere && hasBegun === true && !hasEnded) return [`${path}: ${id} lacks it`];
      return [];
    }),
  );
  expect(faults).toEqual([]);
});

test('what a note is related to has a page, and is another one', () => {
  const faults = written.notes.flatMap(({ path, note }) =>
    note.related
      .filter((name) => name === note.name || relatedHref(atlas, topics, name) === null)
      .map((name) => `${path}: ${name}`),
  );
  expect(faults).toEqual([]);
});

test('a note names no function twice, and releases that the dataset has', () => {
  const ids = new Set<string>(atlas.dataset.releases.map(({ id }) => id));
  for (const { path, note } of written.notes) {
    const places = note.source.flatMap(({ release, file, names }) =>
      names.map((name) => `${release} ${file} ${name}`),
    );
    expect(new Set(places).size, path).toBe(places.length);
    expect(note.source.filter(({ release }) => !ids.has(release)).map((s) => s.file)).toEqual([]);
  }
});

test('every link of a note leads to a page, and every flag in it has one', async () => {
  const faults: string[] = [];
  for (const { path, note, words } of written.notes) {
    const links = noteLinks(atlas, topics, note.name);
    const found = await renderNote(words, {
      page: (address) => {
        const href = links.page(address);
        // A dataset need not have each release that a note speaks of: such a link keeps its words.
        if (href === null && !/^\/v\d/.test(address)) faults.push(`${path}: ${address}`);
        return href;
      },
      name: (text) => {
        const href = links.name(text);
        if (href === null && text.startsWith('KF_') && text !== note.name) {
          faults.push(`${path}: ${text}`);
        }
        return href;
      },
    });
    const ids = new Set([...found.html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, fragment] of found.html.matchAll(/ href="#([^"]+)"/g)) {
      if (!ids.has(fragment)) faults.push(`${path}: #${fragment!}`);
    }
  }
  expect(faults).toEqual([]);
});

test('no two notes have the same description, no two guides the same title or place', () => {
  const twice = (items: readonly (string | number | null)[]) =>
    items.filter((item, i) => items.indexOf(item) !== i);
  expect(twice(written.notes.map(({ note }) => note.description))).toEqual([]);
  expect(twice(of('guide').map(({ note }) => note.title))).toEqual([]);
  expect(twice(of('guide').map(({ note }) => note.order))).toEqual([]);
});

test('a document of a release that is not the latest is one that newer ones lack', () => {
  for (const { path, note } of written.notes) {
    const old = note.documents.filter((document) => !document.startsWith('latest/'));
    if (old.length > 0) expect(note.until, path).not.toBeNull();
  }
});
