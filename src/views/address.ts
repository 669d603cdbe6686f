import type { ReleaseEntry } from '../data/schema/index.ts';
import { programSlug } from './programs.ts';

/** Addresses of pages, for ever. All begin with the site's base, a path with a slash at both ends. */
export interface Addresses {
  home: string;
  /** All kfuncs, and the page that searches them. */
  kfuncs: string;
  search: string;
  flags: string;
  suffixes: string;
  subsystems: string;
  files: string;
  programs: string;
  about: string;
  guides: string;
  releases: string;
  changes: string;
  follow: string;
  api: string;
  /** The same as data: `kfuncs/bpf_task_acquire` -> `/api/v1/kfuncs/bpf_task_acquire.json`. */
  data: (path: string) => string;
  kfunc: (name: string, release?: string) => string;
  release: (id: string) => string;
  all: (id: string) => string;
  /** What differs between two releases, the older first. */
  diff: (from: string, to: string) => string;
  /** These three are null for what is no name in C: it has no page. */
  flag: (name: string) => string | null;
  suffix: (literal: string) => string | null;
  program: (type: string) => string | null;
  guide: (slug: string) => string;
  /** By the name as an address has it. */
  subsystem: (slug: string) => string;
  /** Kfuncs that a source file defines. */
  file: (path: string) => string;
  /** Kfuncs that are `deprecated` or `removed`. */
  status: (word: string) => string;
}

/** Whether a release's page stands at the root (`/v6.12/`) or under `/t/` (a tree that a user names). */
export function isVersion(id: ReleaseEntry['id']): boolean {
  return /^v\d/.test(id);
}

/** Whether a flag, suffix or program type is spelt as C spells names, so that it can be an address. */
export function isName(text: string): boolean {
  return /^\w+$/.test(text);
}

/** A part of a path. A `+` may stand in one, and servers that decode no more than they must look for it so. */
function segment(text: string): string {
  return encodeURIComponent(text).replaceAll('%2B', '+');
}

/** `base` is `/` or `/sub/path/`. */
export function addresses(base: string): Addresses {
  const at = (...parts: string[]) => `${base}${parts.map((p) => `${segment(p)}/`).join('')}`;
  const release = (id: string) => (isVersion(id) ? at(id) : at('t', id));
  return {
    home: base,
    kfuncs: at('k'),
    search: at('search'),
    flags: at('flags'),
    suffixes: at('suffixes'),
    programs: at('programs'),
    subsystems: at('subsystems'),
    files: at('files'),
    about: at('about'),
    guides: at('guides'),
    releases: at('releases'),
    changes: at('changes'),
    follow: at('follow'),
    api: at('api'),
    data: (path) => `${at('api', 'v1', ...path.split('/')).slice(0, -1)}.json`,
    kfunc: (name, id) => at('k', name) + (id === undefined ? '' : `#${anchor(id)}`),
    release,
    all: (id) => `${release(id)}all/`,
    diff: (from, to) => at('diff', pairName(from, to)),
    flag: (name) => (isName(name) ? at('flags', name) : null),
    suffix: (literal) => (isName(literal) ? at('suffixes', literal) : null),
    program: (type) => (isName(programSlug(type)) ? at('programs', programSlug(type)) : null),
    guide: (slug) => at('guides', slug),
    subsystem: (slug) => at('subsystems', slug),
    file: (path) => at('files', ...path.split('/')),
    status: (word) => at('status', word),
  };
}

/** Other forms of a page: its twin in plain text, the feed of what changes on it, the same as data. */
export interface Forms {
  text: string | null;
  feed: string | null;
  data?: string;
}

/** The same page in another form: `/k/x/` -> `/k/x.txt`, `/k/x.atom`. `page` ends in a slash. */
export function twin(page: string, ending: 'txt' | 'atom'): string {
  return `${page.slice(0, -1)}.${ending}`;
}

/** `v6.6..v6.12`, as git writes a range. */
export function pairName(from: string, to: string): string {
  return `${from}..${to}`;
}

/** The fragment of a release; its id is one already (letters, digits, `.`, `_`, `+`, `-`). */
export function anchor(id: string): string {
  return encodeURIComponent(id);
}
