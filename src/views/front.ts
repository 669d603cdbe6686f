import { type Atlas, mainline } from './atlas.ts';
import { flagList, programList } from './topics/catalogue.ts';
import { type Digest, digestOf } from './releases/changes.ts';
import { type Churn, churnOf } from './charts/churn.ts';
import { type Growth, growthOf } from './charts/growth.ts';
import { diffLink } from './releases/pairs.ts';
import { hereIn } from './releases/release.ts';
import { type Piece, count, say } from './text.ts';

/** What `/` prints. */
export interface FrontPage {
  lead: Piece[];
  tasks: Task[];
  digest: Digest | null;
  growth: Growth | null;
  churn: Churn | null;
  topics: { title: Piece; rows: { name: Piece; count: number }[] }[];
}

/** A question that brings people here, and where it is answered. */
export interface Task {
  question: string;
  words: Piece[];
  links: Piece[];
  /** A command that answers it; null for none. */
  command: string | null;
}

export function frontPage(atlas: Atlas): FrontPage {
  const newest = atlas.newest;
  return {
    lead: leadOf(atlas),
    tasks: tasksOf(atlas),
    digest: newest === undefined ? null : digestOf(atlas, newest),
    growth: growthOf(atlas),
    churn: churnOf(atlas),
    topics: [
      topicOf(say('By program type', atlas.to.programs), programList(atlas).rows),
      topicOf(say('By flag', atlas.to.flags), flagList(atlas).rows),
    ],
  };
}

function leadOf(atlas: Atlas): Piece[] {
  const { newest, to } = atlas;
  const oldest = atlas.line(mainline)[0];
  if (newest === undefined || oldest === undefined) {
    return [say('The dataset holds no mainline release.')];
  }
  const here = hereIn(atlas, newest.id).filter(
    ({ state: { roles } }) => roles.includes('kfunc') && !roles.includes('test'),
  );
  return [
    say(
      'Which kernel functions a BPF program may call, since when, on what terms and for how long: ',
    ),
    say(`the ${count(here.length, 'kfunc')} of Linux ${newest.id}`, to.kfuncs),
    say(` and all that came and went since ${oldest.id}, read from the kernel’s own source.`),
  ];
}

/** So many releases are named; the others are on a page of their own. */
const named = 7;

function tasksOf(atlas: Atlas): Task[] {
  const { to } = atlas;
  const releases = atlas.line(mainline);
  const newest = releases.at(-1);
  return [
    {
      question: `May I call this on ${releases.at(-2)?.id ?? newest?.id ?? 'my kernel'}?`,
      words: [
        say(
          'Search for its name: its page says which releases have it, and who may call it. Or see ',
        ),
        say('all kfuncs', to.kfuncs),
        say(', or those of one release:'),
      ],
      links: [
        ...releases
          .slice(-named)
          .toReversed()
          .map(({ id }) => say(id, to.all(id))),
        ...(releases.length > named ? [say('older', to.releases)] : []),
      ],
      command: null,
    },
    {
      question: 'What changed between two releases?',
      words: [
        say('What no longer loads first, then what is new. '),
        say('Release by release', to.changes),
        say(', or any two:'),
      ],
      links: pairsOf(atlas),
      command: null,
    },
    {
      question: 'What does my branch add?',
      words: [say('Run the atlas on your own checkout; the text goes into a cover letter.')],
      links: [],
      command: `npx kfunc-atlas diff \\\n  --linux DIR ${newest?.id ?? 'v6.12'}..BRANCH`,
    },
  ];
}

/** The newest release with some before it: with the last, and with those ever further back. */
function pairsOf(atlas: Atlas): Piece[] {
  const releases = atlas.line(mainline).toReversed();
  const [newest, ...before] = releases;
  if (newest === undefined) return [];
  const far = [0, 3, 7, 15, 31].flatMap((n) => before[n] ?? []);
  return far.map((from) => diffLink(atlas, from, newest));
}

/** So many are named, those with the most kfuncs first. */
const most = 16;

function topicOf(title: Piece, rows: FrontPage['topics'][number]['rows']) {
  const largest = rows
    .filter((row) => row.count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most);
  return { title, rows: largest };
}
