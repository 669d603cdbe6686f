/** What kinds of documents there are, each with a schema of its name. `path` is a template (RFC 6570). */
export const kinds = [
  { name: 'index', path: 'index', about: 'What there is, and where.' },
  { name: 'releases', path: 'releases', about: 'Every release that was read.' },
  {
    name: 'release',
    path: 'releases/{release}',
    about:
      'What belongs to one release: its flags, suffixes, hooks and JITs, and the lines of its source.',
  },
  {
    name: 'state',
    path: 'state/{release}',
    about: 'Every kfunc that stands in a release, with what is true of it there.',
  },
  { name: 'kfuncs', path: 'kfuncs', about: 'Every kfunc there ever was, and when.' },
  { name: 'kfunc', path: 'kfuncs/{name}', about: 'One kfunc through all releases.' },
  {
    name: 'support',
    path: 'support/{name}',
    about:
      'The releases that have it, in the form of browser-compat-data; support.json has them all.',
  },
  {
    name: 'diff',
    path: 'diff/{from}..{to}',
    about:
      'What differs between two releases, the older first, and what that means for programs. Each two mainline releases have one, and the newest release of any other line with the one it is told from.',
  },
] as const;

export type KindName = (typeof kinds)[number]['name'];
