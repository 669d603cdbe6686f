import type { Atlas } from './atlas.ts';
import { type Piece, say } from './text.ts';

/** What stands around every page. */
export interface Frame {
  title: string;
  description: string;
  canonical: string | null;
  icon: string;
  home: string;
  nav: (Piece & { current: boolean })[];
  footer: Piece[];
}

/** `path` is the page's own address, base included. */
export function frame(
  atlas: Atlas,
  page: { title: string; description: string; path: string | null },
): Frame {
  const { to, newest } = atlas;
  const nav = [
    say('kfuncs', to.home),
    say('Changes', to.changes),
    say('Releases', to.releases),
    say('Flags', to.flags),
    say('Suffixes', to.suffixes),
    say('Program types', to.programs),
    say('Guides', to.guides),
    say('Follow', to.follow),
    say('How to read', to.about),
  ];
  return {
    title: say(page.title).text,
    description: say(page.description).text,
    canonical:
      atlas.site === undefined || page.path === null ? null : new URL(page.path, atlas.site).href,
    icon: `${to.home}icon.svg`,
    home: to.home,
    nav: nav.map((item) => ({ ...item, current: item.href === page.path })),
    footer: [
      say('Read from the kernel’s source'),
      ...(newest === undefined
        ? []
        : [
            say(' up to '),
            say(newest.id, to.release(newest.id)),
            say(newest.exact ? '' : ` (${newest.tag})`),
          ]),
      say('. The facts are free to use (CC0).'),
    ],
  };
}
