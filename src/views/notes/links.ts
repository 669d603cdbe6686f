import type { Atlas } from '../atlas.ts';
import type { NoteLinks } from './render.ts';

/** The topics that have a page, by the names that make their addresses. */
export interface Topics {
  flags: ReadonlySet<string>;
  suffixes: ReadonlySet<string>;
  programs: ReadonlySet<string>;
  /** Their titles, by name. */
  guides: ReadonlyMap<string, string>;
}

/** `/flags/KF_RCU/#example` -> `flags`, `KF_RCU`, `#example`. */
const twoParts = /^\/(\w+)\/([^/#]+)\/(#.*)?$/;
const lists = new Set([
  '/',
  '/flags/',
  '/suffixes/',
  '/programs/',
  '/guides/',
  '/releases/',
  '/changes/',
  '/follow/',
  '/about/',
]);

/** How the words of the note on `self` lead to pages of this site. */
export function noteLinks(atlas: Atlas, topics: Topics, self: string | null): NoteLinks {
  const { to } = atlas;
  const isKfunc = (name: string) => atlas.kfunc(name) !== undefined;
  const isRelease = (id: string) => atlas.dataset.releases.some((release) => release.id === id);
  const has: Record<string, (name: string) => boolean> = {
    flags: (name) => topics.flags.has(name),
    suffixes: (name) => topics.suffixes.has(name),
    programs: (name) => topics.programs.has(name),
    guides: (name) => topics.guides.has(name),
    k: isKfunc,
  };
  /** `/flags/KF_RCU/` under the base that the site lives under. */
  const based = (path: string) => to.home + path.slice(1);
  return {
    page: (path) => {
      const [list] = path.split('#');
      if (lists.has(list!)) return based(path);
      const [, kind, name] = twoParts.exec(path) ?? [];
      if (kind !== undefined) return has[kind]?.(name!) === true ? based(path) : null;
      const release = /^\/([^/#]+)\/(?:all\/)?$/.exec(path)?.[1];
      return release !== undefined && isRelease(release) ? based(path) : null;
    },
    name: (text) => {
      if (text === self) return null;
      if (topics.flags.has(text)) return to.flag(text);
      if (topics.suffixes.has(text)) return to.suffix(text);
      return isKfunc(text) ? to.kfunc(text) : null;
    },
  };
}

/** Where a name leads that stands under `related` in a note; null where this site has no page of it. */
export function relatedHref(atlas: Atlas, topics: Topics, name: string): string | null {
  if (topics.programs.has(name)) return atlas.to.program(name === 'all' ? '*' : name);
  if (topics.guides.has(name)) return atlas.to.guide(name);
  return noteLinks(atlas, topics, null).name(name);
}
