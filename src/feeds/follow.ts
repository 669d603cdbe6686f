import type { KfuncRecord, State } from '../data/schema/index.ts';
import { twin } from '../views/address.ts';
import { type Atlas, newestState } from '../views/atlas.ts';
import { allFlags, allPrograms } from '../views/topics/catalogue.ts';
import { everyProgram, programName, programSlug } from '../views/programs.ts';
import { type Piece, code, say } from '../views/text.ts';
import { allSubsystems, subsystemFeedPath, subsystemSlug } from '../views/topics/subsystems.ts';

/** kfuncs of which one file tells the feeds. */
export interface Outline {
  /** `all`, `subsystems/bpf-crypto`, `programs/XDP`: the file's name without its ending. */
  path: string;
  title: string;
  kfuncs: KfuncRecord[];
}

/** A row of a table: what one can follow, its feed, and the file that has the feed of each of its kfuncs. */
export interface FollowRow {
  name: Piece;
  size: number;
  feed: string;
  opml: string | null;
}

/** What `/follow/` prints. */
export interface FollowPage {
  path: string;
  everything: string;
  /** The file that has the feed of each kfunc. */
  all: string;
  /** Whether the files have whole addresses, as a feed reader needs. */
  isWhole: boolean;
  tables: { id: string; title: string; rows: FollowRow[] }[];
  /** kfuncs to choose from, by name, with their pages. */
  kfuncs: { name: string; href: string }[];
}

function ofProgram(atlas: Atlas, type: string): KfuncRecord[] {
  return atlas.dataset.kfuncs.filter((record) =>
    isNow(record, (s) => s.programTypes.includes(type)),
  );
}

/** Whether something is true of a kfunc as it is now. */
function isNow(record: KfuncRecord, is: (state: State) => boolean): boolean {
  const newest = newestState(record);
  return record.status !== 'removed' && newest !== undefined && is(newest.state);
}

/** Files of feeds: of all kfuncs, and of those of each subsystem and program type. */
export function allOutlines(atlas: Atlas): Outline[] {
  const { kfuncs } = atlas.dataset;
  return [
    { path: 'all', title: 'BPF kfuncs', kfuncs },
    ...allSubsystems(atlas).map(({ slug, name }) => ({
      path: `subsystems/${slug}`,
      title: say(`BPF kfuncs: ${name}`).text,
      kfuncs: kfuncs.filter(({ subsystem }) => subsystemSlug(subsystem) === slug),
    })),
    ...allPrograms(atlas).map((type) => ({
      path: `programs/${programSlug(type)}`,
      title: say(`BPF kfuncs for ${programName(type)}`).text,
      kfuncs: ofProgram(atlas, type),
    })),
  ];
}

export function followPage(atlas: Atlas): FollowPage {
  const { to } = atlas;
  const sizes = new Map(allOutlines(atlas).map(({ path, kfuncs }) => [path, kfuncs.length]));
  const row = (name: Piece, feed: string, path: string): FollowRow => ({
    name,
    size: sizes.get(path) ?? 0,
    feed,
    opml: opmlPath(atlas, path),
  });
  return {
    path: to.follow,
    everything: twin(to.changes, 'atom'),
    all: opmlPath(atlas, 'all'),
    isWhole: atlas.site !== undefined,
    tables: [
      {
        id: 'subsystems',
        title: 'Subsystems',
        rows: allSubsystems(atlas).map(({ slug, name }) =>
          row(say(name), subsystemFeedPath(atlas, slug), `subsystems/${slug}`),
        ),
      },
      {
        id: 'programs',
        title: 'Program types',
        rows: allPrograms(atlas).map((type) => {
          const page = to.program(type)!;
          const name = type === everyProgram ? 'All program types' : programName(type);
          return row(say(name, page), twin(page, 'atom'), `programs/${programSlug(type)}`);
        }),
      },
      {
        id: 'flags',
        title: 'Flags',
        rows: allFlags(atlas).map((flag) => {
          const page = to.flag(flag)!;
          const size = atlas.dataset.kfuncs.filter((record) =>
            isNow(record, (state) => state.flags.includes(flag)),
          ).length;
          return { name: code(flag, page), size, feed: twin(page, 'atom'), opml: null };
        }),
      },
    ],
    kfuncs: atlas.dataset.kfuncs.map(({ name }) => ({ name, href: to.kfunc(name) })),
  };
}

function opmlPath({ to }: Pick<Atlas, 'to'>, path: string): string {
  return `${to.home}opml/${path}.opml`;
}
