import { type Atlas, mainline } from './atlas.ts';
import { splitKfuncs } from './kfunc-groups.ts';
import { type Lifeline, lifelineOf } from './kfunc/lifeline.ts';
import { type KfuncRow, kfuncRow } from './rows.ts';
import { kfuncEntry } from './search.ts';
import { type Piece, count, say } from './text.ts';

/** A row of the table of all kfuncs. */
export interface BrowseRow extends KfuncRow {
  id: string;
  /** What it does, in one line; its prototype where `isCode`. */
  summary: string;
  isCode: boolean;
  lifeline: Lifeline | null;
}

/** What `/k/` prints. */
export interface IndexPage {
  lead: Piece[];
  /** Pages that list kfuncs by what they have. */
  by: Piece[];
  groups: { id: string; title: string; rows: BrowseRow[] }[];
  size: number;
  /** Whether a first release is told as `≤ v6.12` anywhere. */
  hasBounds: boolean;
}

export function indexPage(atlas: Atlas): IndexPage {
  const { kfuncs } = atlas.dataset;
  const groups = splitKfuncs(atlas, kfuncs).map(({ id, title, records }) => ({
    id,
    title,
    rows: records.map((record): BrowseRow => {
      const { summary, isCode } = kfuncEntry(atlas, record);
      const lifeline = lifelineOf(atlas, record);
      return { ...kfuncRow(atlas, record), id: record.name, summary, isCode, lifeline };
    }),
  }));
  const sizes = new Map(groups.map((g) => [g.id, g.rows.length]));
  return {
    lead: leadOf(atlas, sizes),
    by: byOf(atlas),
    groups,
    size: kfuncs.length,
    hasBounds: groups.some((g) => g.rows.some((r) => r.first.startsWith('≤'))),
  };
}

function leadOf(atlas: Atlas, sizes: ReadonlyMap<string, number>): Piece[] {
  const newest = atlas.newest;
  if (newest === undefined) return [say('The dataset holds no mainline release.')];
  const oldest = atlas.line(mainline)[0]!;
  return [
    say('Linux '),
    say(newest.id, atlas.to.release(newest.id)),
    say(` has ${count(sizes.get('there') ?? 0, 'kfunc')} that BPF programs may call; `),
    say(`${count(sizes.get('gone') ?? 0, 'other')} came and went since ${oldest.id}.`),
  ];
}

function byOf({ to }: Atlas): Piece[] {
  return [
    say('Subsystems', to.subsystems),
    say('Files', to.files),
    say('Flags', to.flags),
    say('Suffixes', to.suffixes),
    say('Program types', to.programs),
    say('Releases', to.releases),
    say('Deprecated', to.status('deprecated')),
    say('Removed', to.status('removed')),
  ];
}
