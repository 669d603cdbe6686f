/** What search and the table of kfuncs know of a kfunc. The words come from a tree that is not trusted. */
export interface KfuncEntry {
  kind: 'kfunc';
  name: string;
  /** What it does, in one line of plain text; its prototype where `isCode`. */
  summary: string;
  isCode: boolean;
  /** The release it came in, and how that is told: `v6.12`, `≤ v6.12`. */
  since: string;
  first: string;
  status: Status;
  /** `still there`, `gone in v6.4`. */
  life: string;
  role: string;
  subsystem: string | null;
  flags: string[];
  /** `XDP`; `all` for every type. */
  programs: string[];
  suffixes: string[];
  files: string[];
  /** Names that it took the place of, and those that took its. */
  old: string[];
  now: string[];
}

export const statuses = ['there', 'deprecated', 'removed'] as const;
export type Status = (typeof statuses)[number];

/** Another page that can be found: about a flag, a suffix, a release. */
export interface TopicEntry {
  kind: TopicKind;
  name: string;
  /** Below the site's base. */
  path: string;
  words: string;
}

export const topicKinds = [
  'flag',
  'suffix',
  'program type',
  'release',
  'subsystem',
  'guide',
  'page',
] as const;
export type TopicKind = (typeof topicKinds)[number];

export type Entry = KfuncEntry | TopicEntry;

/** All that can be found. The index of words numbers kfuncs first, then topics. */
export interface Entries {
  kfuncs: KfuncEntry[];
  topics: TopicEntry[];
  /** Ids, in the order of their age: mainline first, then other trees. */
  releases: string[];
}

/** As a file: words that many entries share stand in it once, and are told by their number. */
export interface PackedEntries {
  strings: string[];
  releases: string[];
  kfuncs: PackedKfunc[];
  topics: [kind: number, name: string, path: string, words: string][];
}

type PackedKfunc = [
  name: string,
  summary: string,
  isCode: 0 | 1,
  since: number,
  first: number,
  status: number,
  life: number,
  role: number,
  subsystem: number,
  flags: number[],
  programs: number[],
  suffixes: number[],
  files: number[],
  old: string[],
  now: string[],
];

export function pack({ kfuncs, topics, releases }: Entries): PackedEntries {
  const numbers = new Map<string, number>();
  const put = (text: string) => {
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    return known;
  };
  const rows = kfuncs.map((k): PackedKfunc => [
    k.name,
    k.summary,
    k.isCode ? 1 : 0,
    put(k.since),
    put(k.first),
    statuses.indexOf(k.status),
    put(k.life),
    put(k.role),
    k.subsystem === null ? -1 : put(k.subsystem),
    k.flags.map(put),
    k.programs.map(put),
    k.suffixes.map(put),
    k.files.map(put),
    k.old,
    k.now,
  ]);
  return {
    strings: [...numbers.keys()],
    releases,
    kfuncs: rows,
    topics: topics.map((t) => [topicKinds.indexOf(t.kind), t.name, t.path, t.words]),
  };
}

/** The file is of the site's own making: it is not checked again. */
export function unpack({ strings, releases, kfuncs, topics }: PackedEntries): Entries {
  const get = (number: number) => strings[number] ?? '';
  return {
    releases,
    kfuncs: kfuncs.map((row) => ({
      kind: 'kfunc',
      name: row[0],
      summary: row[1],
      isCode: row[2] === 1,
      since: get(row[3]),
      first: get(row[4]),
      status: statuses[row[5]] ?? 'there',
      life: get(row[6]),
      role: get(row[7]),
      subsystem: row[8] === -1 ? null : get(row[8]),
      flags: row[9].map(get),
      programs: row[10].map(get),
      suffixes: row[11].map(get),
      files: row[12].map(get),
      old: row[13],
      now: row[14],
    })),
    topics: topics.map(([kind, name, path, words]) => ({
      kind: topicKinds[kind] ?? 'page',
      name,
      path,
      words,
    })),
  };
}
