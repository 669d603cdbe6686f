import type { MarkdownInstance } from 'astro';
import { parseTopicNote, type TopicKind, type TopicNote } from '../data/notes.ts';
import { allFlags, allPrograms, allSuffixes, withNoted } from '../views/topics/catalogue.ts';
import { noteLinks, type Topics } from '../views/notes/links.ts';
import { references, type Article } from '../views/notes/references.ts';
import { renderNote } from '../views/notes/render.ts';
import { programSlug } from '../views/programs.ts';
import { atlas } from './_atlas.ts';

interface Written {
  note: TopicNote;
  words: string;
}

type File = MarkdownInstance<Record<string, unknown>>;

function read(kind: TopicKind, files: Record<string, File>): Map<string, Written> {
  return new Map(
    Object.entries(files).map(([path, file]) => {
      const note = parseTopicNote(kind, path.replace('../../', ''), file.frontmatter);
      return [note.name, { note, words: file.rawContent() }];
    }),
  );
}

/** What is written in `content/`, by the name that makes the address of its page. */
export const written = {
  flag: read('flag', import.meta.glob<File>('../../content/flags/*.md', { eager: true })),
  suffix: read('suffix', import.meta.glob<File>('../../content/suffixes/*.md', { eager: true })),
  program: read('program', import.meta.glob<File>('../../content/programs/*.md', { eager: true })),
  guide: read('guide', import.meta.glob<File>('../../content/guides/*.md', { eager: true })),
};

/** What has a page: all that the dataset knows, and all that something is written about. */
export const flags = withNoted(allFlags(atlas), written.flag.keys());
export const suffixes = withNoted(allSuffixes(atlas), written.suffix.keys());
export const programs = allPrograms(atlas);
/** Flags and suffixes that no release of the dataset knows, and that have no feed. */
export const isInDataset = {
  flag: new Set(allFlags(atlas)),
  suffix: new Set(allSuffixes(atlas)),
};

const topics: Topics = {
  flags: new Set(flags),
  suffixes: new Set(suffixes),
  programs: new Set(programs.map(programSlug)),
  guides: new Map([...written.guide].map(([name, { note }]) => [name, note.title ?? name])),
};

/** What is written about a topic, as its page prints it; null where nothing is. */
export async function article(kind: TopicKind, name: string): Promise<Article | null> {
  const found = written[kind].get(name);
  if (found === undefined) return null;
  const { html, headings } = await renderNote(found.words, noteLinks(atlas, topics, name));
  return { html, headings, references: references(atlas, topics, found.note) };
}
