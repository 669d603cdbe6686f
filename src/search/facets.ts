import { compareVersions, versionOf } from '../data/schema/version.ts';
import { type Entries, type KfuncEntry, statuses } from './entry.ts';

/** What kfuncs can be filtered by: `flag:KF_RCU` in a query, `?flag=KF_RCU` in an address. */
export interface Facet {
  key: FacetKey;
  label: string;
  /** Other words for the key. */
  aliases: readonly string[];
  /** What a kfunc has of it. */
  of: (kfunc: KfuncEntry) => readonly string[];
  /** How else a value is typed, in small letters. */
  forms: (value: string) => string[];
  /** Whether a kfunc can have several, so that two filters ask for both. */
  isMany: boolean;
  /** Whether any part of a value will do, not its beginning alone. */
  isLoose: boolean;
}

export const facetKeys = [
  'since',
  'flag',
  'prog',
  'suffix',
  'subsystem',
  'file',
  'status',
  'kind',
] as const;
export type FacetKey = (typeof facetKeys)[number];

/** Callable from programs of every type. */
export const everyProgram = 'all';

const statusForms: Readonly<Record<string, string[]>> = {
  there: ['active', 'present', 'current'],
  deprecated: [],
  removed: ['gone'],
};

export const facets: Readonly<Record<FacetKey, Facet>> = {
  since: {
    key: 'since',
    label: 'Since',
    aliases: ['added', 'release'],
    of: (k) => [k.since],
    forms: (id) => [id.replace(/^v/, '')],
    isMany: false,
    isLoose: false,
  },
  flag: {
    key: 'flag',
    label: 'Flag',
    aliases: ['flags'],
    of: (k) => k.flags,
    forms: (flag) => [flag.toLowerCase().replace(/^kf_/, '')],
    isMany: true,
    isLoose: false,
  },
  prog: {
    key: 'prog',
    label: 'Callable from',
    aliases: ['program', 'programs'],
    of: (k) => k.programs,
    forms: (slug) => [
      `bpf_prog_type_${slug.toLowerCase()}`,
      ...(slug.startsWith('SCHED_') ? ['tc'] : []),
    ],
    isMany: true,
    isLoose: false,
  },
  suffix: {
    key: 'suffix',
    label: 'Suffix',
    aliases: ['suffixes'],
    of: (k) => k.suffixes,
    forms: (literal) => [literal.replace(/^_+/, '')],
    isMany: true,
    isLoose: false,
  },
  subsystem: {
    key: 'subsystem',
    label: 'Subsystem',
    aliases: ['sub'],
    of: (k) => (k.subsystem === null ? [] : [k.subsystem]),
    forms: (name) => [
      name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, ''),
    ],
    isMany: false,
    isLoose: true,
  },
  file: {
    key: 'file',
    label: 'File',
    aliases: ['path'],
    of: (k) => k.files,
    forms: (path) => [path.toLowerCase().replace(/^.*\//, '')],
    isMany: false,
    isLoose: true,
  },
  status: {
    key: 'status',
    label: 'Status',
    aliases: ['is'],
    of: (k) => [k.status],
    forms: (word) => statusForms[word] ?? [],
    isMany: false,
    isLoose: false,
  },
  kind: {
    key: 'kind',
    label: 'Kind',
    aliases: ['role'],
    of: (k) => [k.role],
    forms: () => [],
    isMany: false,
    isLoose: false,
  },
};

/** `program` -> prog; undefined for no facet. */
export function facetOf(word: string): Facet | undefined {
  const lower = word.toLowerCase();
  return Object.values(facets).find((f) => f.key === lower || f.aliases.includes(lower));
}

/** The values there are, by facet: in order of age for releases, by letter for others. */
export type Values = Readonly<Record<FacetKey, readonly string[]>>;

export function valuesOf({ kfuncs, topics, releases }: Entries): Values {
  const named = (key: FacetKey, kind?: string) =>
    [
      ...new Set([
        ...kfuncs.flatMap((k) => facets[key].of(k)),
        ...topics.filter((t) => t.kind === kind).map((t) => t.name),
      ]),
    ].sort((a, b) => (a < b ? -1 : 1));
  return {
    since: releases,
    flag: named('flag', 'flag'),
    prog: named('prog'),
    suffix: named('suffix', 'suffix'),
    subsystem: named('subsystem'),
    file: named('file'),
    status: statuses,
    kind: named('kind'),
  };
}

/** One filter, as it will be asked: a kfunc must have one of the values. */
export interface Filter {
  key: FacetKey;
  values: ReadonlySet<string>;
}

/** The filter that was typed, or what is wrong with it, in a sentence; both where it means something near. */
export type Read = { filter: Filter; problem?: string } | { filter?: undefined; problem: string };

export function readFilter(facet: Facet, typed: string, values: Values): Read {
  const known = values[facet.key];
  const asked = typed.trim().toLowerCase();
  if (asked === '') return { problem: `${facet.key}: wants a value, such as ${examples(known)}.` };
  const found = facet.key === 'since' ? between(known, asked) : alike(facet, known, asked);
  if (found.length === 0) {
    const problem = `${problems[facet.key]} “${typed.slice(0, 60)}”, so it is left out: try ${examples(known)}.`;
    return { problem };
  }
  const filter = { key: facet.key, values: new Set(found) };
  const unread = facet.key === 'since' ? unreadIn(known, asked) : [];
  return unread.length === 0 ? { filter } : { filter, problem: unread.join(' ') };
}

const problems: Readonly<Record<FacetKey, string>> = {
  since: 'No release that was read is called',
  flag: 'No flag is called',
  prog: 'No program type is called',
  suffix: 'No suffix is called',
  subsystem: 'No subsystem has in its name',
  file: 'No file has in its path',
  status: 'No status is called',
  kind: 'No kind of kfunc is called',
};

/** `6.8`; `6.6..6.12`, both ends included, of which either may be left out. */
function between(releases: readonly string[], asked: string): string[] {
  const [from = '', to = from] = asked.split('..');
  const first = from === '' ? 0 : placeOf(releases, from);
  const last = to === '' ? releases.length - 1 : placeOf(releases, to);
  return first < 0 || last < 0 ? [] : releases.slice(first, last + 1);
}

/**
 * Where a release stands. What came with one that was not read came, as far as is known, with the next
 * newer one: that is its place. -1 for what is no version, or newer than all.
 */
function placeOf(releases: readonly string[], asked: string): number {
  const same = releases.findIndex((id) => id === asked || id === `v${asked}`);
  const version = versionOf(asked);
  if (same >= 0 || version === null) return same;
  return releases.findIndex((id) => {
    const own = versionOf(id);
    return own !== null && compareVersions(own, version) > 0;
  });
}

/** Of each end that was not read, what it is taken for. */
function unreadIn(releases: readonly string[], asked: string): string[] {
  const ends = asked.split('..').filter((end) => end !== '');
  return ends.flatMap((end) => {
    const id = end.replace(/^v?/, 'v');
    if (releases.includes(end) || releases.includes(id)) return [];
    const place = placeOf(releases, end);
    const before = releases[place - 1];
    const came = before === undefined ? 'came' : `came after ${before},`;
    return [`${id} was not read: what ${came} by ${releases[place]!} is taken for its own.`];
  });
}

/** The value itself; or else those that it begins (or, where that is enough, is a part of). */
function alike(facet: Facet, known: readonly string[], asked: string): string[] {
  const forms = (value: string) => [value.toLowerCase(), ...facet.forms(value)];
  const same = known.filter((value) => forms(value).includes(asked));
  if (same.length > 0) return same;
  const does = (form: string) => (facet.isLoose ? form.includes(asked) : form.startsWith(asked));
  return known.filter((value) => forms(value).some(does));
}

function examples(known: readonly string[]): string {
  const shown = known.length <= 4 ? known : [...known.slice(0, 2), known.at(-1)!];
  if (shown.length === 0) return 'none here';
  const last = shown.at(-1)!;
  return shown.length === 1 ? last : `${shown.slice(0, -1).join(', ')} or ${last}`;
}

/**
 * Whether a kfunc passes: one filter of each facet, but all of those that it can have several of. What
 * every program type may call passes for each.
 */
export function passes(kfunc: KfuncEntry, filters: readonly Filter[]): boolean {
  const meets = ({ key, values }: Filter) => {
    const own = facets[key].of(kfunc);
    return own.some((value) => values.has(value)) || (key === 'prog' && own.includes(everyProgram));
  };
  return filters.every(
    (filter) =>
      meets(filter) ||
      (!facets[filter.key].isMany && filters.some((f) => f.key === filter.key && meets(f))),
  );
}
