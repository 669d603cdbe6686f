import type { Difference, Severity } from '../../diff/types.ts';
import type { Atlas } from '../atlas.ts';
import {
  type Group,
  type PrototypeRow,
  prototypeRows,
  type Section,
  sectionsOf,
} from './change-groups.ts';
import { graveRows, removedRows, renamedRows, type Told } from './difference-rows.ts';
import { type EventView, viewEvents } from './events.ts';
import { type Newcomers, newcomers } from './newcomers.ts';
import { type Pair, type Side, sidesOf } from './pairs.ts';
import { badgeOf } from './severity.ts';
import { harmWords, tallyOf, tallyWords } from './tally.ts';
import { type Piece, say } from '../text.ts';

/** What `/diff/v6.6..v6.12/` prints. */
export interface DiffPage {
  title: string;
  description: string;
  path: string;
  /** `From v6.6 to v6.12` */
  heading: string;
  lead: Piece[];
  /** `v6.12 read from v6.12.107.`; empty where both are the releases themselves. */
  readFrom: string;
  sides: Side[];
  contents: { id: string; title: string }[];
  /** What breaks, and then what may; of either, changes of the whole tree first. */
  grave: (Section<Told> & { events: EventView[] })[];
  /** Changes of the whole tree that break nothing. */
  events: EventView[];
  added: { size: number; groups: Newcomers[] };
  removed: Told[];
  renamed: Told[];
  prototypes: PrototypeRow[];
  /** Before the prototypes, and after them. */
  before: Section<Group>[];
  after: Section<Group>[];
}

/** Whether `pair` has nothing to tell is seen from its `contents`, which then are empty. */
export function diffPage(atlas: Atlas, { from, to }: Pair): DiffPage {
  const difference = atlas.compare(from.id, to.id);
  const groups = newcomers(atlas, difference);
  const page = {
    grave: [
      ...grave(atlas, difference, 'breaks-load', 'breaks', 'Breaks programs'),
      ...grave(atlas, difference, 'may-break', 'may-break', 'May break programs'),
    ],
    events: viewEvents(
      atlas,
      to.id,
      difference.events.filter(({ severity }) => badgeOf(severity) === null),
    ),
    added: { size: groups.reduce((sum, { rows }) => sum + rows.length, 0), groups },
    removed: removedRows(atlas, difference),
    renamed: renamedRows(atlas, difference),
    before: sectionsOf(atlas, difference, ['deprecated', 'flags']),
    prototypes: prototypeRows(atlas, difference),
    after: sectionsOf(atlas, difference, ['programTypes', 'roles', 'config', 'doc', 'moved']),
  };
  return {
    title: `From ${from.id} to ${to.id}: what changed for BPF programs`,
    description: `kfuncs that Linux ${to.id} adds to those of ${from.id}, changes and removes, and what that means for BPF programs.`,
    path: atlas.to.diff(from.id, to.id),
    heading: `From ${from.id} to ${to.id}`,
    lead: leadOf(atlas, difference),
    readFrom: readFromOf({ from, to }),
    sides: sidesOf(atlas, { from, to }),
    contents: contentsOf(page),
    ...page,
  };
}

function grave(
  atlas: Atlas,
  difference: Difference,
  severity: Severity,
  id: string,
  title: string,
): DiffPage['grave'] {
  const rows = graveRows(atlas, difference, severity);
  const events = viewEvents(
    atlas,
    difference.to.id,
    difference.events.filter((event) => event.severity === severity),
  );
  const size = rows.reduce((sum, row) => sum + row.size, 0) + events.length;
  return size === 0 ? [] : [{ id, title, rows, size, events }];
}

function contentsOf(
  page: Pick<
    DiffPage,
    'events' | 'grave' | 'added' | 'removed' | 'renamed' | 'before' | 'prototypes' | 'after'
  >,
): DiffPage['contents'] {
  const all = [
    ...page.grave,
    { id: 'events', title: 'Across the tree', size: page.events.length },
    { id: 'added', title: 'Added', size: page.added.size },
    { id: 'removed', title: 'Removed', size: page.removed.length },
    { id: 'renamed', title: 'Renamed', size: page.renamed.length },
    ...page.before,
    { id: 'prototype', title: 'Prototype', size: page.prototypes.length },
    ...page.after,
  ];
  return all
    .filter(({ size }) => size > 0)
    .map(({ id, title, size }) => ({ id, title: `${title} (${size.toLocaleString('en-US')})` }));
}

function leadOf(atlas: Atlas, difference: Difference): Piece[] {
  const { from, to } = difference;
  const tally = tallyOf(difference);
  const harm = harmWords(tally);
  return [
    say('What a BPF program meets that moves from '),
    say(from.id, atlas.to.release(from.id)),
    say(' to '),
    say(to.id, atlas.to.release(to.id)),
    say(`: of the kfuncs it may call, ${tallyWords(tally)}.${harm === '' ? '' : ` ${harm}.`}`),
  ];
}

function readFromOf({ from, to }: Pair): string {
  const standIns = [from, to].filter(({ exact }) => !exact);
  if (standIns.length === 0) return '';
  return `${standIns.map(({ id, tag }) => say(`${id} read from ${tag}`).text).join(', ')}.`;
}
