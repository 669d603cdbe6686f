import type { ReleaseEntry } from '../data/schema/index.ts';
import { programSlug } from './programs.ts';

/** Addresses of pages, for ever. All begin with the site's base, a path with a slash at both ends. */
export interface Addresses {
  home: string;
  flags: string;
  suffixes: string;
  programs: string;
  about: string;
  releases: string;
  kfunc: (name: string, release?: string) => string;
  release: (id: string) => string;
  all: (id: string) => string;
  flag: (name: string) => string;
  suffix: (literal: string) => string;
  program: (type: string) => string;
}

/** Whether a release's page stands at the root (`/v6.12/`) or under `/t/` (a tree that a user names). */
export function isVersion(id: ReleaseEntry['id']): boolean {
  return /^v\d/.test(id);
}

/** `base` is `/` or `/sub/path/`. */
export function addresses(base: string): Addresses {
  const at = (...parts: string[]) =>
    `${base}${parts.map((p) => `${encodeURIComponent(p)}/`).join('')}`;
  const release = (id: string) => (isVersion(id) ? at(id) : at('t', id));
  return {
    home: base,
    flags: at('flags'),
    suffixes: at('suffixes'),
    programs: at('programs'),
    about: at('about'),
    releases: at('releases'),
    kfunc: (name, id) => at('k', name) + (id === undefined ? '' : `#${anchor(id)}`),
    release,
    all: (id) => `${release(id)}all/`,
    flag: (name) => at('flags', name),
    suffix: (literal) => at('suffixes', literal),
    program: (type) => at('programs', programSlug(type)),
  };
}

/** The fragment of a release; its id is one already (letters, digits, `.`, `_`, `+`, `-`). */
export function anchor(id: string): string {
  return encodeURIComponent(id);
}
