import { type Atlas, mainline } from './atlas.ts';
import { type Piece, count, say } from './text.ts';

/** What `/search/` prints around the results. */
export interface SearchPage {
  lead: string;
  /** Where one finds things without a script. */
  elsewhere: Piece[][];
  /** `flag:KF_RCU`, and what it keeps. */
  filters: { example: string; says: Piece[] }[];
}

export function searchPage(atlas: Atlas): SearchPage {
  const { to, dataset } = atlas;
  const newest = atlas.newest?.id.replace(/^v/, '') ?? '6.12';
  const before = atlas.line(mainline).at(-4)?.id.replace(/^v/, '') ?? '6.6';
  return {
    lead: `Search ${count(dataset.kfuncs.length, 'kfunc')} by name, type, flag and documentation.`,
    elsewhere: [
      [say('All kfuncs', to.kfuncs), say(' on one page')],
      [
        say('By '),
        say('subsystem', to.subsystems),
        say(', '),
        say('source file', to.files),
        say(', '),
        say('flag', to.flags),
        say(', '),
        say('parameter suffix', to.suffixes),
        say(' or '),
        say('program type', to.programs),
      ],
      [
        say('Those that are '),
        say('deprecated', to.status('deprecated')),
        say(' or '),
        say('removed', to.status('removed')),
      ],
      [say('What came with '), say('each release', to.releases)],
      [say('Guides', to.guides)],
    ],
    filters: [
      { example: `since:${newest}`, says: [say('came with that release')] },
      { example: `since:${before}..`, says: [say('came with that release or a later one')] },
      { example: 'flag:KF_RCU', says: [say('has the '), say('flag', to.flags)] },
      {
        example: 'prog:xdp',
        says: [say('callable from that '), say('program type', to.programs), say(', or from all')],
      },
      {
        example: 'suffix:__sz',
        says: [say('has a parameter with that '), say('suffix', to.suffixes)],
      },
      {
        example: 'subsystem:netfilter',
        says: [say('with that in the name of its '), say('subsystem', to.subsystems)],
      },
      {
        example: 'file:helpers.c',
        says: [say('with that in the path of its '), say('file', to.files)],
      },
      {
        example: 'status:deprecated',
        says: [
          say('there, '),
          say('deprecated', to.status('deprecated')),
          say(' or '),
          say('removed', to.status('removed')),
        ],
      },
      {
        example: 'kind:test',
        says: [say('for the kernel’s selftests; or kfunc, destructor, attach-point')],
      },
    ],
  };
}
