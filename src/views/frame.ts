import { type Addresses, isVersion } from './address.ts';
import { type Atlas, mainline } from './atlas.ts';
import { type Piece, count, say } from './text.ts';

/** What stands around every page. */
export interface Frame {
  title: string;
  description: string;
  canonical: string | null;
  icon: string;
  home: string;
  search: string;
  /** The description of its search for browsers; null where the site’s address is not known. */
  opensearch: string | null;
  /** `page` is the page itself, `true` what it belongs to. */
  nav: (Piece & { current: 'page' | 'true' | null })[];
  /** From the section of the site down to what the page is part of; empty at the top. */
  trail: Piece[];
  footer: { facts: Piece[]; links: Piece[] };
}

/** `path` is the page's own address, base included. */
export function frame(
  atlas: Atlas,
  page: { title: string; description: string; path: string | null },
): Frame {
  const { to } = atlas;
  const trail = page.path === null ? [] : trailOf(to, page.path);
  const nav = [
    say('Kfuncs', to.kfuncs),
    say('Releases', to.releases),
    say('Changes', to.changes),
    say('Flags', to.flags),
    say('Suffixes', to.suffixes),
    say('Programs', to.programs),
    say('Guides', to.guides),
    say('About', to.about),
  ];
  return {
    title: say(page.title).text,
    description: say(page.description).text,
    canonical:
      atlas.site === undefined || page.path === null ? null : new URL(page.path, atlas.site).href,
    icon: `${to.home}icon.svg`,
    home: to.home,
    search: to.search,
    opensearch: atlas.site === undefined ? null : `${to.home}opensearch.xml`,
    nav: nav.map((item) => ({
      ...item,
      current: item.href === page.path ? 'page' : item.href === trail[0]?.href ? 'true' : null,
    })),
    trail,
    footer: {
      facts: factsOf(atlas),
      links: [
        say('Follow by feed', to.follow),
        say('Data (JSON)', to.api),
        say('How to read these pages', to.about),
        say('All releases', to.releases),
      ],
    },
  };
}

/** What the page at `path` is part of: `/flags/KF_RCU/` is under Flags, `/v6.12/all/` under v6.12. */
function trailOf(to: Addresses, path: string): Piece[] {
  const parts = path.slice(to.home.length).split('/').filter(Boolean).map(decodeURIComponent);
  const [first = '', second = '', third] = parts;
  if (isVersion(first)) return trailOfRelease(to, first, second);
  if (first === 't') return trailOfRelease(to, second, third);
  if (second === '') return [];
  const sections: Readonly<Record<string, Piece>> = {
    k: say('Kfuncs', to.kfuncs),
    diff: say('Changes', to.changes),
    flags: say('Flags', to.flags),
    suffixes: say('Suffixes', to.suffixes),
    programs: say('Programs', to.programs),
    guides: say('Guides', to.guides),
    subsystems: say('Kfuncs', to.kfuncs),
    files: say('Kfuncs', to.kfuncs),
    status: say('Kfuncs', to.kfuncs),
  };
  const section = sections[first];
  return section === undefined ? [] : [section];
}

function trailOfRelease(to: Addresses, id: string, part: string | undefined): Piece[] {
  const releases = say('Releases', to.releases);
  return part === undefined || part === '' ? [releases] : [releases, say(id, to.release(id))];
}

/** What the pages were made of. */
function factsOf(atlas: Atlas): Piece[] {
  const { newest, dataset } = atlas;
  const releases = atlas.line(mainline);
  return [
    say(`${count(dataset.kfuncs.length, 'kfunc')}, read from the kernel’s source`),
    ...(newest === undefined || releases[0] === undefined
      ? []
      : [
          say(` in ${count(releases.length, 'release')} from ${releases[0].id} to `),
          say(newest.id, atlas.to.release(newest.id)),
          say(newest.exact ? '' : ` (${newest.tag})`),
        ]),
    say('. The facts are free to use (CC0).'),
  ];
}
