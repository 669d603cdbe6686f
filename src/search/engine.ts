import MiniSearch, { type AsPlainObject, type Options } from 'minisearch';
import { nameWords } from './words.ts';

/** The words that one entry is found by, each field a list. Entries are numbered as in their file. */
export interface Indexed {
  id: number;
  name: string[];
  /** Names that it took the place of. */
  old: string[];
  flags: string[];
  types: string[];
  /** Program types, subsystem, files, suffixes. */
  about: string[];
  /** Of the documentation. */
  doc: string[];
}

const fields = ['name', 'old', 'flags', 'types', 'about', 'doc'] as const;
type Field = (typeof fields)[number];

const boost: Record<Field, number> = { name: 8, old: 6, flags: 4, types: 3, about: 2, doc: 1 };

/** A word of fewer letters begins too many: it is looked for in names alone. */
const enough = 3;
const inNames: readonly Field[] = ['name', 'old', 'flags'];

/** Words hold spaces (`struct cgroup`), never line ends. */
const between = '\n';

const options: Options<Indexed> = {
  fields: [...fields],
  extractField: (entry, field) => (field === 'id' ? entry.id : entry[field as Field].join(between)),
  tokenize: (text) => text.split(between).filter((word) => word !== ''),
  processTerm: (term) => term,
};

/** The index as a file. */
export type Words = AsPlainObject;

export function indexWords(entries: readonly Indexed[]): Words {
  const index = new MiniSearch(options);
  index.addAll(entries);
  return index.toJSON();
}

/** Which entries have words, and how well they fit. */
export interface Found {
  id: number;
  score: number;
}

/** Looks up entries that have each of the words, or a word that it begins. */
export type Look = (words: readonly string[]) => Found[];

/** `exact` is what was typed; `near` takes words that are a few letters away, in names alone. */
export interface Index {
  exact: Look;
  near: Look;
}

export function loadWords(words: Words): Index {
  const index = MiniSearch.loadJS<Indexed>(words, options);
  const look = (text: readonly string[], more: Parameters<typeof index.search>[1]) =>
    index
      .search(text.join(between), { combineWith: 'AND', prefix: true, boost, ...more })
      .map(({ id, score }): Found => ({ id: id as number, score }));
  return {
    exact: (asked) =>
      look(asked, asked.some((word) => word.length < enough) ? { fields: [...inNames] } : {}),
    near: (asked) =>
      look(asked.flatMap(nameWords), {
        fields: [...inNames],
        combineWith: 'OR',
        prefix: false,
        fuzzy: (term) => (term.length > 3 ? 0.3 : false),
      }),
  };
}
