/** What the search and the table of kfuncs know, out of the dataset. */
import type { KfuncRecord, State } from '../data/schema/index.ts';
import { briefWords, isAbout } from '../prose/index.ts';
import { type Indexed, type Words, indexWords } from '../search/engine.ts';
import type { Entries, KfuncEntry, TopicEntry } from '../search/entry.ts';
import { nameWords, proseWords, typeWords } from '../search/words.ts';
import { type Atlas, mainline, newestState } from './atlas.ts';
import { allFlags, allPrograms, allSuffixes, withNoted } from './topics/catalogue.ts';
import { alternativesTo } from './kfunc/head.ts';
import { lifeOf } from './life.ts';
import { programName, programSlug } from './programs.ts';
import { allSubsystems } from './topics/subsystems.ts';
import { visible } from './text.ts';
import { flagWords, suffixWords } from './words.ts';

/** What is written by hand, as far as it is found: its topic, and what it says in one sentence. */
export interface Noted {
  name: string;
  title: string | null;
  description: string;
}

/** By kind of topic. */
export interface AllNoted {
  flag: readonly Noted[];
  suffix: readonly Noted[];
  program: readonly Noted[];
  guide: readonly Noted[];
}

/** All that can be found on the site. */
export function entriesOf(atlas: Atlas, noted: AllNoted): Entries {
  const { dataset } = atlas;
  return {
    kfuncs: dataset.kfuncs.map((record) => kfuncEntry(atlas, record)),
    topics: topicsOf(atlas, noted),
    releases: [mainline, ...atlas.otherLines].flatMap((l) => atlas.line(l).map((r) => r.id)),
  };
}

/** Its newest state there is: mainline's, or else of another tree. */
export function kfuncEntry(atlas: Atlas, record: KfuncRecord): KfuncEntry {
  const newest = newestState(record);
  const state = newest?.state;
  const life = lifeOf(atlas, record);
  const line = record.lines.find((l) => l.id === newest?.line);
  const brief = state === undefined ? null : summaryOf(atlas, record, state);
  return {
    kind: 'kfunc',
    name: record.name,
    summary: visible(brief === null ? (state?.prototype?.bpf ?? '') : lineOf(record.name, brief)),
    isCode: brief === null,
    since: line?.spans[0]?.first ?? state?.from ?? '',
    first: life.first,
    status: life.status,
    life: life.cell,
    role: roleOf(state),
    subsystem: record.subsystem === null ? null : visible(record.subsystem),
    flags: (state?.flags ?? []).map(visible),
    programs: (state?.programTypes ?? []).map((type) => visible(programSlug(type))),
    suffixes: unique(
      (state?.prototype?.params ?? []).flatMap((p) => visible(p.suffix ?? '') || []),
    ),
    files: filesOf(state).map(visible),
    old: earlierNames(atlas, record),
    now: life.status === 'there' ? [] : presentNames(atlas, record),
  };
}

/** `bpf_f() - does this` -> `Does this`: the name stands beside it. */
function lineOf(name: string, brief: string): string {
  const [begin = '', said] = /^(\w+)(?:\(\))?(?: [-–—:] |: )/.exec(brief) ?? [];
  const words = said === name ? brief.slice(begin.length) : brief;
  // An identifier keeps its small letter.
  return /^[a-z]+[ ,]/.test(words) ? words[0]!.toUpperCase() + words.slice(1) : words;
}

/** Where it is defined; where no definition was found, where its sets are. */
export function filesOf(state: State | undefined): string[] {
  const defined = (state?.definitions ?? []).map(({ file }) => file);
  return unique(defined.length > 0 ? defined : (state?.sets ?? []).map(({ file }) => file));
}

function roleOf(state: State | undefined): string {
  const roles = state?.roles ?? [];
  return roles.includes('test') ? 'test' : (roles[0] ?? 'kfunc');
}

/** The comment above it, where that is about it. */
function commentOf(atlas: Atlas, record: KfuncRecord, { doc }: State) {
  const text = doc.hash === null ? undefined : atlas.dataset.prose?.get(doc.hash);
  if (text === undefined || doc.kind === 'none') return null;
  if (doc.kind === 'comment' && !isAbout(record.name, text).about) return null;
  return { text, kind: doc.kind };
}

function summaryOf(atlas: Atlas, record: KfuncRecord, state: State): string | null {
  const comment = commentOf(atlas, record, state);
  return comment === null ? null : briefWords(comment.text, comment.kind);
}

/** Names that led to it, those that led to them too. */
function earlierNames(atlas: Atlas, record: KfuncRecord): string[] {
  const names = new Set<string>();
  const follow = (from: KfuncRecord) => {
    for (const { name } of from.replaces) {
      if (name === record.name || names.has(name)) continue;
      names.add(name);
      const older = atlas.kfunc(name);
      if (older !== undefined) follow(older);
    }
  };
  follow(record);
  return [...names];
}

/** What one is to call in its place: through those that are gone themselves, to those that are there. */
export function presentNames(atlas: Atlas, record: KfuncRecord): string[] {
  const seen = new Set([record.name]);
  const follow = (from: KfuncRecord): string[] => {
    const state = newestState(from)?.state;
    if (state === undefined) return [];
    return alternativesTo(atlas, from, state).flatMap((name) => {
      const next = atlas.kfunc(name);
      if (next === undefined || seen.has(name)) return [];
      seen.add(name);
      const later = next.status === 'removed' ? follow(next) : [];
      return later.length > 0 ? later : [name];
    });
  };
  return follow(record);
}

function topicsOf(atlas: Atlas, noted: AllNoted): TopicEntry[] {
  const { to, dataset } = atlas;
  const below = (href: string | null) => href?.slice(to.home.length) ?? null;
  const names = (kind: keyof AllNoted) => noted[kind].map(({ name }) => name);
  const about = (kind: keyof AllNoted, name: string) =>
    noted[kind].find((note) => note.name === name)?.description;
  const topic = (
    kind: TopicEntry['kind'],
    name: string,
    href: string | null,
    words: string,
  ): TopicEntry[] => {
    const path = below(href);
    return path === null ? [] : [{ kind, name: visible(name), path, words: visible(words) }];
  };
  return [
    ...withNoted(allFlags(atlas), names('flag')).flatMap((name) =>
      topic('flag', name, to.flag(name), sentence(flagWords(name) ?? about('flag', name) ?? '')),
    ),
    ...withNoted(allSuffixes(atlas), names('suffix')).flatMap((name) =>
      topic(
        'suffix',
        name,
        to.suffix(name),
        sentence(suffixWords(name) ?? about('suffix', name) ?? ''),
      ),
    ),
    ...allPrograms(atlas).flatMap((type) => {
      const slug = programSlug(type);
      return topic(
        'program type',
        slug,
        to.program(type),
        about('program', slug) ?? programName(type),
      );
    }),
    ...dataset.releases.flatMap(({ id }) =>
      topic('release', id, to.release(id), 'What it added, changed and removed'),
    ),
    ...allSubsystems(atlas).flatMap(({ slug, name }) =>
      topic('subsystem', name, to.subsystem(slug), 'Kfuncs in its files'),
    ),
    ...noted.guide.flatMap(({ name, title, description }) =>
      topic('guide', title ?? name, to.guide(name), description),
    ),
    ...topic('page', 'Follow by feed', to.follow, 'Atom feeds of kfuncs, releases and topics'),
    ...topic('page', 'Data (JSON)', to.api, 'The API: all of it as JSON'),
    ...topic('page', 'Changes', to.changes, 'Release by release; compare any two'),
    ...topic('page', 'About', to.about, 'How to read these pages'),
  ];
}

function sentence(words: string): string {
  return words === '' ? '' : words[0]!.toUpperCase() + words.slice(1);
}

/** The index of words that the entries are found by. */
export function wordsOf(atlas: Atlas, { kfuncs, topics }: Entries): Words {
  const found = kfuncs.map((entry, id): Indexed => {
    const record = atlas.kfunc(entry.name);
    const state = record === undefined ? undefined : newestState(record)?.state;
    const comment =
      record === undefined || state === undefined ? null : commentOf(atlas, record, state);
    const { prototype } = state ?? {};
    const types = [prototype?.returns ?? '', ...(prototype?.params ?? []).map((p) => p.type)];
    return {
      id,
      name: nameWords(entry.name),
      old: unique(entry.old.flatMap(nameWords)),
      flags: unique(entry.flags.flatMap(nameWords)),
      types: unique(types.flatMap(typeWords)),
      about: proseWords(
        [entry.subsystem, ...entry.programs, ...entry.suffixes, ...entry.files].join(' '),
      ),
      doc: comment === null ? [] : proseWords(comment.text).filter((word) => word.length > 2),
    };
  });
  const others = topics.map(({ name, words, kind }, i): Indexed => ({
    id: kfuncs.length + i,
    name: unique([...nameWords(name), ...proseWords(name.replace(/^v(?=\d)/, ''))]),
    old: [],
    flags: [],
    types: [],
    about: proseWords(`${kind} ${words}`),
    doc: [],
  }));
  return indexWords([...found, ...others]);
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
