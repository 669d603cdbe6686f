import type { KfuncRecord } from '../data/schema/index.ts';
import { type Atlas, mainline, newestState } from './atlas.ts';
import { diffLink } from './pairs.ts';
import { type KfuncRow, kfuncRow } from './rows.ts';
import { type Piece, count, say } from './text.ts';

/** A named run of kfuncs in one table. */
export interface KfuncGroup {
  id: string;
  title: string;
  note: string;
  rows: KfuncRow[];
}

/** What `/` prints. */
export interface IndexPage {
  lead: Piece[];
  /** The newest ones first. */
  releases: Piece[];
  groups: KfuncGroup[];
  /** Whether a first release is told as `≤ v6.12` anywhere. */
  hasBounds: boolean;
}

export function indexPage(atlas: Atlas): IndexPage {
  const of = Map.groupBy(atlas.dataset.kfuncs, groupOf);
  const group = (id: Group, title: string, note: string): KfuncGroup[] => {
    const records = of.get(id) ?? [];
    if (records.length === 0) return [];
    return [{ id, title, note, rows: records.map((r) => kfuncRow(atlas, r)) }];
  };
  const newest = atlas.newest;
  const here = newest === undefined ? '' : ` in ${newest.id}`;
  const groups = [
    ...group('there', `Callable${here}`, 'Every kfunc that the newest release has.'),
    ...group('gone', 'Removed', 'Pages of kfuncs that went stay where they are.'),
    ...group(
      'tests',
      'For the kernel’s selftests',
      'Of no use to a program outside the kernel tree.',
    ),
    ...group(
      'other',
      'Not called by name',
      'Attach points, and destructors for kptrs left in a map.',
    ),
    ...group('elsewhere', 'In no mainline release', 'Found only in other trees that were read.'),
  ];
  return {
    lead: leadOf(atlas, groups),
    releases: releaseLinks(atlas),
    groups,
    hasBounds: groups.some((g) => g.rows.some((r) => r.first.startsWith('≤'))),
  };
}

type Group = 'there' | 'gone' | 'tests' | 'other' | 'elsewhere';

function groupOf(record: KfuncRecord): Group {
  const newest = newestState(record);
  if (newest?.line !== mainline) return 'elsewhere';
  const roles = newest.state.roles;
  if (roles.includes('test')) return 'tests';
  if (record.status === 'removed') return 'gone';
  return roles.includes('kfunc') ? 'there' : 'other';
}

function leadOf(atlas: Atlas, groups: readonly KfuncGroup[]): Piece[] {
  const newest = atlas.newest;
  if (newest === undefined) return [say('The dataset holds no mainline release.')];
  const sizes = new Map(groups.map((g) => [g.id, g.rows.length]));
  const oldest = atlas.line(mainline)[0]!;
  return [
    say('Linux '),
    say(newest.id, atlas.to.release(newest.id)),
    say(` has ${count(sizes.get('there') ?? 0, 'kfunc')} that BPF programs may call; `),
    say(`${count(sizes.get('gone') ?? 0, 'other')} came and went since ${oldest.id}. `),
    say('Flags, prototype, program types and history of each, read from the kernel’s source.'),
  ];
}

/** How many releases the index names; the others are on a page of their own. */
const releasesNamed = 10;

/** The newest mainline releases, newest first, then other trees, and what the newest of all changed. */
function releaseLinks(atlas: Atlas): Piece[] {
  const ids = atlas.line(mainline).map((r) => r.id);
  const others = atlas.otherLines.flatMap((l) => atlas.line(l).map((r) => r.id));
  const shown = [...ids.toReversed().slice(0, releasesNamed), ...others];
  const [before, newest] = atlas.line(mainline).slice(-2);
  return [
    ...shown.map((id) => say(id, atlas.to.release(id))),
    ...(ids.length > releasesNamed ? [say('all releases', atlas.to.releases)] : []),
    ...(before === undefined || newest === undefined
      ? []
      : [diffLink(atlas, before, newest, `compare ${before.id} with ${newest.id}`)]),
  ];
}
