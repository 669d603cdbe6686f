import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseFrontmatter } from '@astrojs/markdown-remark';
import { parseTopicNote, type TopicKind, type TopicNote } from '../../src/data/notes.ts';

/** A note on a topic as it stands in `content/`. */
export interface WrittenNote {
  kind: TopicKind;
  /** `content/flags/KF_RCU.md` */
  path: string;
  note: TopicNote;
  words: string;
}

export interface WrittenNotes {
  notes: WrittenNote[];
  /** Files that cannot be read, as `path: words`. */
  faults: string[];
}

/** The folder of each kind of topic, below `content/`. */
export const noteFolders: Record<TopicKind, string> = {
  flag: 'flags',
  suffix: 'suffixes',
  program: 'programs',
  guide: 'guides',
};

/** Reads every note on a topic below a folder such as `content`, in the order of their names. */
export function readNotes(content: string): WrittenNotes {
  const notes: WrittenNote[] = [];
  const faults: string[] = [];
  for (const [kind, folder] of Object.entries(noteFolders) as [TopicKind, string][]) {
    for (const name of readdirSync(join(content, folder)).sort()) {
      const path = join(content, folder, name);
      const read = readNote(kind, path, readFileSync(path, 'utf8'));
      if (typeof read === 'string') faults.push(read);
      else notes.push(read);
    }
  }
  return { notes, faults };
}

/** One note; what is wrong with it where it cannot be read: YAML that does not parse breaks the whole site. */
export function readNote(kind: TopicKind, path: string, text: string): WrittenNote | string {
  try {
    const { frontmatter, content } = parseFrontmatter(text);
    return { kind, path, note: parseTopicNote(kind, path, frontmatter), words: content.trim() };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return words.startsWith(basename(path)) || words.startsWith(path) ? words : `${path}: ${words}`;
  }
}
