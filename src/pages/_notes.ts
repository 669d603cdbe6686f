import type { MarkdownInstance } from 'astro';
import { parseFilterNote } from '../data/notes.ts';

const files = import.meta.glob<MarkdownInstance<Record<string, unknown>>>(
  '../../content/filters/*.md',
  { eager: true },
);

/** filter function -> what is written about it, as a component. */
export const filterNotes = new Map(
  Object.entries(files).map(([path, { frontmatter, Content }]) => [
    parseFilterNote(path, frontmatter).filter,
    Content,
  ]),
);

/** filter function -> the same in Markdown. */
export const filterWords = new Map(
  Object.entries(files).map(([path, note]) => [
    parseFilterNote(path, note.frontmatter).filter,
    note.rawContent(),
  ]),
);
