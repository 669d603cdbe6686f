import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { readDataset } from '../../src/data/read.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { anchorsOf } from '../content/anchors.ts';
import { readNotes } from '../content/notes.ts';

/** What the notes say they were read from, against the kernels' own trees. */
const { linux, facts } = inject('kernels');
const { notes } = readNotes('content');

let repository: Repository;
/** Mainline releases, oldest first, and their commits. */
let commits: Map<string, string>;

beforeAll(async () => {
  repository = await openRepository(linux);
  const { releases } = await readDataset(facts);
  const mainline = releases.filter(({ line }) => line === 'mainline');
  commits = new Map(mainline.map(({ id, commit }) => [id, commit]));
});
afterAll(() => repository.close());

/** The text of a file as a release has it; null where it has none. */
async function textOf(release: string, file: string): Promise<string | null> {
  const oid = (await repository.listTree(commits.get(release)!)).oid(file);
  if (oid === undefined) return null;
  const body = await repository.objects.read(oid, { maxBytes: 1 << 24 });
  return Buffer.isBuffer(body) ? body.toString('utf8') : null;
}

test('every function that a note was read from stands in the file it names', async () => {
  const faults: string[] = [];
  const unread = new Set<string>();
  let found = 0;
  for (const { path, note } of notes) {
    for (const { release, file, names } of note.source) {
      if (!commits.has(release)) {
        unread.add(release);
        continue;
      }
      const text = await textOf(release, file);
      if (text === null) {
        faults.push(`${path}: ${release} has no ${file}`);
        continue;
      }
      const words = new Set(text.match(/\w+/g));
      const missing = names.filter((name) => !words.has(name));
      faults.push(...missing.map((name) => `${path}: ${file} of ${release} has no ${name}`));
      found += names.length - missing.length;
    }
  }
  console.log(
    `${found} functions found; not there to look at: ${[...unread].join(', ') || 'none'}`,
  );
  expect(found).toBeGreaterThan(50);
  expect(faults).toEqual([]);
});

test('every section of the documents that a note names is there', async () => {
  const faults: string[] = [];
  const unread = new Set<string>();
  let found = 0;
  for (const { path, note } of notes) {
    for (const document of note.documents) {
      const [, version, page, anchor] = /^(latest|v[\d.]+)\/(.*)\.html(?:#(.*))?$/.exec(document)!;
      const release = version === 'latest' ? [...commits.keys()].at(-1)! : version!;
      if (!commits.has(release)) {
        unread.add(document);
        continue;
      }
      const text = await textOf(release, `Documentation/${page!}.rst`);
      if (text === null) faults.push(`${path}: ${release} has no ${page!}.rst`);
      else if (anchor !== undefined && !anchorsOf(text).has(anchor)) {
        faults.push(`${path}: ${page!}.rst of ${release} has no #${anchor}`);
      } else found++;
    }
  }
  console.log(`${found} sections found; not there to look at: ${[...unread].join(', ') || 'none'}`);
  expect(found).toBeGreaterThan(20);
  expect(faults).toEqual([]);
});

test('every message that the guide to errors explains stands in the source it names', async () => {
  const { note, words } = notes.find((one) => one.note.name === 'from-an-error')!;
  const newest = note.source.at(0)!.release;
  const texts = await Promise.all(
    note.source
      .filter(({ release }) => release === newest)
      .map(async ({ release, file }) => (await textOf(release, file)) ?? ''),
  );
  const source = texts.join('\n');
  // As headings, and in the first column of a table.
  const messages = [...words.matchAll(/^(?:###|\|) `(.+?)`/gm)].map(([, message]) => message!);
  expect(messages.length).toBeGreaterThan(20);
  const missing = messages.filter((message) =>
    message
      // What stands for a name or a number: X, R1, STRUCT a, [...].
      .split(/\bX\b|\bR\d\b|\bSTRUCT \w\b|\[?…\]?|vmlinux/)
      .some((part) => !source.includes(part.trim())),
  );
  expect(missing).toEqual([]);
});
