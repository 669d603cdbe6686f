import type { ReleaseEntry, TreeEvent } from '../../data/schema/index.ts';
import type { Difference } from '../../diff/types.ts';
import { type Atlas, mainline } from '../atlas.ts';
import { kfuncName } from '../change.ts';
import { graveRows, type Told } from './difference-rows.ts';
import { eventSubject } from './events.ts';
import { addedBySubsystem } from './newcomers.ts';
import { diffHref, predecessor } from './pairs.ts';
import { hereIn } from './release.ts';
import { type Tally, tallyOf, tallyWords } from './tally.ts';
import { type Piece, count, list, say } from '../text.ts';

/** What `/changes/` prints: every release in a few lines, newest first. */
export interface ChangesPage {
  digests: Digest[];
}

export interface Digest {
  release: Piece;
  id: string;
  /** `2026-11-10, read from v7.3.4` */
  date: string;
  /** `27 added, 1 removed, 96 changed.` */
  lead: Piece[];
  /** The gravest few. */
  breaks: Told[];
  /** How many more there are, linked to them; null where all are told. */
  moreBreaks: Piece | null;
  /** `New flags`, `New` and the like, each with what they are. */
  facts: { label: string; items: Piece[][] }[];
}

/** What `/releases/` prints. */
export interface ReleasesPage {
  rows: { release: Piece; date: string; tag: string; has: number; compare: Piece; tally: Tally }[];
}

/** Mainline, newest first, then other lines. */
function inOrder(atlas: Atlas): ReleaseEntry[] {
  const lines = [mainline, ...atlas.otherLines];
  return lines.flatMap((line) => atlas.line(line).toReversed());
}

export function changesPage(atlas: Atlas): ChangesPage {
  return { digests: inOrder(atlas).map((release) => digestOf(atlas, release)) };
}

const nothing: Tally = { added: 0, removed: 0, renamed: 0, changed: 0, breaking: 0, touchy: 0 };

export function releasesPage(atlas: Atlas): ReleasesPage {
  return {
    rows: inOrder(atlas).map((release) => {
      const before = predecessor(atlas, release);
      return {
        release: say(release.id, atlas.to.release(release.id)),
        date: release.date,
        tag: say(release.tag).text,
        has: hereIn(atlas, release.id).length,
        compare: before === null ? say('') : say(before.id, diffHref(atlas, before, release)),
        tally: before === null ? nothing : tallyOf(atlas.compare(before.id, release.id)),
      };
    }),
  };
}

export function digestOf(atlas: Atlas, release: ReleaseEntry): Digest {
  const { id, date, tag, exact } = release;
  const before = predecessor(atlas, release);
  const digest = {
    release: say(id, atlas.to.release(id)),
    id,
    date: exact ? date : say(`${date}, read from ${tag}`).text,
  };
  if (before === null) {
    const has = count(hereIn(atlas, id).length, 'kfunc');
    const lead = [say(has, atlas.to.all(id)), say('. Nothing was read to compare it with.')];
    return { ...digest, lead, breaks: [], moreBreaks: null, facts: [] };
  }
  const difference = atlas.compare(before.id, id);
  const page = diffHref(atlas, before, release);
  return {
    ...digest,
    lead: [say('Since '), say(before.id, page), say(`: ${tallyWords(tallyOf(difference))}.`)],
    ...breaksOf(atlas, difference, page),
    facts: factsOf(atlas, difference),
  };
}

/** More than these are only counted. */
const shown = { breaks: 6, names: 8 };

function breaksOf(
  atlas: Atlas,
  difference: Difference,
  page: string | null,
): Pick<Digest, 'breaks' | 'moreBreaks'> {
  const href = page === null ? null : `${page}#breaks`;
  const rows = graveRows(atlas, difference, 'breaks-load');
  const more = rows.slice(shown.breaks).reduce((sum, { size }) => sum + size, 0);
  return {
    breaks: rows
      .slice(0, shown.breaks)
      .map((row) =>
        row.size > shown.names
          ? { ...row, names: [say(`each of ${count(row.size, 'kfunc')}`, href)], size: 1 }
          : row,
      ),
    moreBreaks: more > 0 ? say(`and ${more} more`, href) : null,
  };
}

const eventLabels: Record<TreeEvent['kind'], string> = {
  'flag-added': 'New flags',
  'flag-removed': 'Flags gone',
  'trusted-by-default': 'Flags gone',
  'suffix-added': 'New suffixes',
  'suffix-removed': 'Suffixes gone',
  'hook-changed': 'Hooks changed',
  'jit-added': 'New architectures',
  'jit-removed': 'Architectures gone',
};

function factsOf(atlas: Atlas, difference: Difference): Digest['facts'] {
  const { to, events } = difference;
  const added = addedBySubsystem(difference).map(([subsystem, kfuncs]) =>
    kfuncs.length > shown.names
      ? [
          say(`${subsystem}: `),
          say(count(kfuncs.length, 'kfunc'), `${atlas.to.release(to.id)}#added`),
        ]
      : [say(`${subsystem}: `), ...list(kfuncs.map(({ name }) => [kfuncName(atlas, name, to.id)]))],
  );
  const byLabel = Map.groupBy(events, ({ event }) => eventLabels[event.kind]);
  return [
    ...(added.length === 0 ? [] : [{ label: 'New', items: added }]),
    ...[...byLabel].map(([label, those]) => ({
      label,
      items: [list(those.map(({ event }) => [eventSubject(atlas, event)]))],
    })),
  ];
}
