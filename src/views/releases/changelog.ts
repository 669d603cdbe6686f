import type { ReleaseEntry } from '../../data/schema/index.ts';
import { releasesBetween } from '../../data/versions.ts';
import type { Difference } from '../../diff/types.ts';
import { type Atlas, mainline } from '../atlas.ts';
import {
  type Group,
  type PrototypeRow,
  prototypeRows,
  type Section,
  sectionsOf,
} from './change-groups.ts';
import { removedRows, renamedRows, type Told } from './difference-rows.ts';
import { type EventView, viewEvents } from './events.ts';
import { type Newcomers, newcomers } from './newcomers.ts';
import { diffHref, diffLink, predecessor } from './pairs.ts';
import { hereIn, type Knowledge, knowledgeOf } from './release.ts';
import { harmWords, type Tally, tallyOf, tallyWords } from './tally.ts';
import { type Piece, count, say } from '../text.ts';

/** What `/v6.12/` prints: a release as it differs from the one before it. */
export interface ChangelogPage {
  id: string;
  title: string;
  description: string;
  /** `v6.12 has 132 kfuncs. Since v6.11: 20 added, 1 removed, 4 changed. 2 of these break …` */
  lead: Piece[];
  /** Which tag it was read from, and when that was made. */
  readFrom: string;
  /** Neighbours, what it has, and itself beside the one before. */
  links: { label: string; link: Piece }[];
  contents: { id: string; title: string }[];
  /** null where there is nothing to compare it with. */
  changes: Changelog | null;
  knows: Knowledge;
}

/** What a release did, each kfunc that an event touches told with the event alone. */
export interface Changelog {
  tally: Tally;
  added: Newcomers[];
  /** Before the prototypes, and after them. */
  before: Section<Group>[];
  prototypes: PrototypeRow[];
  after: Section<Group>[];
  renamed: Told[];
  removed: Told[];
  events: EventView[];
}

export function changelogPage(atlas: Atlas, release: ReleaseEntry): ChangelogPage {
  const before = predecessor(atlas, release);
  const difference = before === null ? null : atlas.compare(before.id, release.id);
  const changes = difference === null ? null : changelogOf(atlas, difference);
  return {
    id: release.id,
    title: `${release.id}: kfuncs added, changed and removed`,
    description: `What Linux ${release.id} added, changed and removed among the kernel functions that BPF programs may call.`,
    lead: leadOf(atlas, release, before, changes),
    readFrom: release.exact
      ? `Tagged ${release.date}.`
      : `Read from ${say(release.tag).text} of ${release.date}, which stands for ${release.id}.`,
    links: linksOf(atlas, release, before),
    contents: changes === null ? [] : contentsOf(changes),
    changes,
    knows: knowledgeOf(atlas, release.id),
  };
}

function changelogOf(atlas: Atlas, difference: Difference): Changelog {
  return {
    tally: tallyOf(difference),
    added: newcomers(atlas, difference),
    before: sectionsOf(atlas, difference, ['deprecated', 'flags']),
    prototypes: prototypeRows(atlas, difference),
    after: sectionsOf(atlas, difference, ['programTypes', 'roles', 'config', 'doc', 'moved']),
    renamed: renamedRows(atlas, difference),
    removed: removedRows(atlas, difference),
    events: viewEvents(atlas, difference.to.id, difference.events),
  };
}

function contentsOf({ tally, ...page }: Changelog): ChangelogPage['contents'] {
  const changes = [...page.before, ...page.prototypes, ...page.after].length;
  return [
    { id: 'added', title: 'Added', size: tally.added },
    // Of a kfunc that has another name, what changed besides is told with the others.
    { id: 'changed', title: 'Changed', size: changes === 0 ? 0 : tally.changed + tally.renamed },
    { id: 'renamed', title: 'Renamed', size: tally.renamed },
    { id: 'removed', title: 'Removed', size: tally.removed },
    { id: 'events', title: 'Across the tree', size: page.events.length },
  ]
    .filter(({ size }) => size > 0)
    .map(({ id, title, size }) => ({
      id,
      title: id === 'changed' ? title : `${title} (${size.toLocaleString('en-US')})`,
    }));
}

function leadOf(
  atlas: Atlas,
  release: ReleaseEntry,
  before: ReleaseEntry | null,
  changes: Changelog | null,
): Piece[] {
  const lead = [
    say(`${release.id} has `),
    say(count(hereIn(atlas, release.id).length, 'kfunc'), atlas.to.all(release.id)),
    say('. '),
  ];
  if (before === null || changes === null) {
    const words = 'No older release was read to compare it with.';
    return release.line === mainline ? [...lead, say(words)] : lead;
  }
  const gap = releasesBetween(before.id, release.id) ?? 0;
  const unread =
    gap === 0 ? '' : ` (${count(gap, 'release')} between ${gap === 1 ? 'was' : 'were'} not read)`;
  return [
    ...lead,
    say('Since '),
    say(before.id, atlas.to.release(before.id)),
    say(`${unread}: ${tallyWords(changes.tally)}.`),
    ...harmOf(atlas, before, release, changes.tally),
  ];
}

/** ` 2 of these break programs that call them.`, linked to what they are. */
function harmOf(atlas: Atlas, before: ReleaseEntry, release: ReleaseEntry, tally: Tally): Piece[] {
  const words = harmWords(tally);
  if (words === '') return [];
  const page = diffHref(atlas, before, release);
  const part = tally.breaking > 0 ? 'breaks' : 'may-break';
  return [say(' '), say(words, page === null ? null : `${page}#${part}`), say('.')];
}

function linksOf(
  atlas: Atlas,
  release: ReleaseEntry,
  before: ReleaseEntry | null,
): ChangelogPage['links'] {
  const line = atlas.line(release.line);
  const newer = line[atlas.order(release.id) + 1];
  const newest = release.line === mainline ? atlas.newest : undefined;
  const pair = (from: ReleaseEntry | null, to: ReleaseEntry | undefined) =>
    from === null || to === undefined || diffHref(atlas, from, to) === null
      ? []
      : [{ label: 'compare: ', link: diffLink(atlas, from, to) }];
  return [
    ...(before === null
      ? []
      : [{ label: 'older: ', link: say(before.id, atlas.to.release(before.id)) }]),
    ...(newer === undefined
      ? []
      : [{ label: 'newer: ', link: say(newer.id, atlas.to.release(newer.id)) }]),
    { label: '', link: say(`All kfuncs of ${release.id}`, atlas.to.all(release.id)) },
    ...pair(before, release),
    ...(newest?.id === newer?.id ? pair(release, newer) : pair(release, newest)),
  ];
}
