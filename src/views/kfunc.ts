import type { KfuncLine, KfuncRecord, State } from '../data/schema/index.ts';
import { releasesBetween } from '../data/versions.ts';
import { anchor } from './address.ts';
import { type Atlas, mainline, newestState, releasesOf } from './atlas.ts';
import { type ChangeView, kfuncName, viewChange } from './change.ts';
import { type ExamplesView, viewExamples } from './examples.ts';
import { filterId, filtersOf, programPieces } from './availability.ts';
import { foundIn, type Life, lifeOf, lifeText } from './life.ts';
import { deprecationItems, isDeprecated } from './deprecation.ts';
import { type DocView, docDifference, viewDoc } from './doc.ts';
import { diffHref } from './pairs.ts';
import { homeHref, own, place } from './place.ts';
import { type PrototypeView, viewPrototype } from './prototype.ts';
import { flagItems, type StateView, viewState } from './state.ts';
import { type Piece, code, say } from './text.ts';
import { evidenceWords, roleWords } from './words.ts';

/** All that `/k/<name>/` prints. */
export interface KfuncPage {
  name: string;
  title: string;
  description: string;
  life: Life;
  /** Said right under the status: replaced by, deprecated, only an attach point, … */
  notes: Piece[][];
  prototype: PrototypeView;
  /** `Of v7.3` or `Of v6.10, the last release that has it`. */
  prototypeOf: string;
  glance: { label: string; items: Piece[][] }[];
  /** The kernel's words about it as of then; null where the dataset has none to show. */
  doc: DocView | null;
  filters: FilterView[];
  /** null where no document of the kernel's shows it. */
  examples: ExamplesView | null;
  history: HistoryRow[];
  lines: LineView[];
  /** Other lines that have it just as mainline has. */
  alike: { id: string; anchor: string; as: Piece[] }[];
  /** Whether some of its words are not in the dataset. */
  lacksProse: boolean;
}

/** A filter that decides on calls of the kfunc in some release. */
export interface FilterView {
  name: string;
  /** `What f() lets through`. */
  title: Piece[];
  id: string;
  /** Its line in each release that asks it, newest first. */
  sources: Piece[];
}

export interface HistoryRow {
  release: Piece;
  date: string;
  /** `compared with v6.1`, where releases between were not read. */
  gap: Piece | null;
  changes: ChangeView[];
  /** What changed in its documentation, word by word, as HTML. */
  words: string | null;
}

export interface LineView {
  /** `mainline`, or what the line is called. */
  id: string;
  title: string;
  /** Changes since its base; empty for mainline, whose history stands above. */
  history: HistoryRow[];
  states: StateView[];
}

export function kfuncPage(atlas: Atlas, record: KfuncRecord): KfuncPage {
  const life = lifeOf(atlas, record);
  const newest = newestState(record);
  const doc = newestDoc(atlas, record, newest);
  const shown = new Map<string, Piece>();
  if (doc !== null && doc.hash !== null) shown.set(doc.hash, say(doc.release, '#doc'));
  const lines = record.lines
    .filter((line) => line.states.length > 0 || line.id !== mainline)
    .map((line) => viewLine(atlas, record, line, shown));
  const examples = viewExamples(atlas, record);
  return {
    name: record.name,
    title: `${record.name}: BPF kfunc`,
    description: `${lifeText(life)} Flags, prototype, program types and history of the BPF kfunc ${record.name}.`,
    life,
    notes: notesOf(atlas, record, newest),
    ...headOf(atlas, life, newest),
    doc,
    filters: viewFilters(atlas, record),
    examples,
    glance: newest === undefined ? [] : glanceOf(atlas, record, newest.line, newest.state),
    history: record.lines
      .filter((line) => line.id === mainline)
      .flatMap((line) => historyOf(atlas, record, line)),
    lines,
    alike: alikeOf(atlas, record),
    lacksProse:
      examples?.lacksProse === true || lines.some((l) => l.states.some((s) => s.doc.isLacking)),
  };
}

function headOf(
  atlas: Atlas,
  life: Life,
  newest: { line: string; state: State } | undefined,
): Pick<KfuncPage, 'prototype' | 'prototypeOf'> {
  if (newest === undefined)
    return { prototype: { declaration: null, kernel: null }, prototypeOf: '' };
  const release = releasesOf(atlas, newest.line, newest.state).at(-1)?.id ?? newest.state.from;
  return {
    prototype: viewPrototype(newest.state),
    prototypeOf:
      life.status === 'removed'
        ? `As of ${release}, the last release that has it`
        : `As of ${release}`,
  };
}

/** The words above the newest definition, where there are some to show. */
function newestDoc(
  atlas: Atlas,
  { name }: KfuncRecord,
  newest: { line: string; state: State } | undefined,
): DocView | null {
  if (newest === undefined) return null;
  const release = releasesOf(atlas, newest.line, newest.state).at(-1)?.id ?? newest.state.from;
  const doc = viewDoc(atlas, name, release, newest.state.doc, 'param-');
  return doc.html === null ? null : doc;
}

/** Filters of any release, those of the newest first. */
function viewFilters(atlas: Atlas, record: KfuncRecord): FilterView[] {
  const sources = new Map<string, Piece[]>();
  for (const line of record.lines) {
    for (const state of line.states.toReversed()) {
      for (const filter of filtersOf(state)) {
        const shown = sources.get(filter) ?? [];
        sources.set(filter, shown);
        for (const { id } of releasesOf(atlas, line.id, state).toReversed()) {
          const at = own(atlas.file(id).filters, filter);
          if (at !== undefined) shown.push(say(id, atlas.source(id, at.file, at.line)));
        }
      }
    }
  }
  return [...sources].map(([name, shown]) => ({
    name,
    title: [say('What '), code(`${name}()`), say(' lets through')],
    id: filterId(name),
    sources: shown,
  }));
}

function notesOf(
  atlas: Atlas,
  record: KfuncRecord,
  newest: { line: string; state: State } | undefined,
): Piece[][] {
  const other = (words: string, r: KfuncRecord['replaces'][number]) => [
    say(words),
    kfuncName(atlas, r.name),
    say(' in '),
    ...foundIn(atlas, r.release),
    say(`: ${r.evidence.map(evidenceWords).join(', ')}.`),
  ];
  const notes = [
    ...record.replacedBy.map((r) => other('Replaced by ', r)),
    ...record.replaces.map((r) => other('Replaces ', r)),
  ];
  if (newest === undefined) return notes;
  const { state, line } = newest;
  const release = releasesOf(atlas, line, state).at(-1)?.id ?? state.from;
  if (isDeprecated(state)) notes.push(...deprecationItems(atlas, record, release, state));
  const special = state.roles.filter((r) => r !== 'kfunc');
  if (special.length > 0) {
    const also = state.roles.includes('kfunc') ? 'Also ' : 'Not a kfunc that programs call: ';
    notes.push([say(`${also}${special.map(roleWords).join('; ')}.`)]);
  }
  return notes;
}

function glanceOf(
  atlas: Atlas,
  record: KfuncRecord,
  lineId: string,
  state: State,
): KfuncPage['glance'] {
  const release = releasesOf(atlas, lineId, state).at(-1)?.id ?? state.from;
  const home = state.definitions[0];
  const href = homeHref(atlas, record.name, release);
  return [
    { label: 'Flags', items: flagItems(atlas, release, state) },
    { label: 'Callable from', items: [programPieces(atlas, state)] },
    {
      label: 'Needs',
      items: [
        state.config.expr === null ? [say('nothing beyond BPF itself')] : [code(state.config.expr)],
        ...(state.arch === null ? [] : [[say(`${state.arch.join(', ')} only`)]]),
      ],
    },
    {
      label: 'Source',
      items: [
        home === undefined
          ? [say('no definition was found')]
          : [href === null ? place(atlas, release, home.file, null) : code(home.file, href)],
      ],
    },
    {
      label: 'Subsystem',
      items: [[say(record.subsystem ?? 'not in MAINTAINERS')]],
    },
  ];
}

/** Changes of one line, newest release first, one row a release. */
function historyOf(atlas: Atlas, record: KfuncRecord, line: KfuncLine): HistoryRow[] {
  const order = new Map(atlas.line(line.id).map((r, i) => [r.id, i]));
  const byRelease = Map.groupBy(line.changes, (c) => c.release);
  return [...byRelease]
    .sort(([a], [b]) => (order.get(b) ?? -1) - (order.get(a) ?? -1))
    .map(([id, changes]) => {
      const after = changes[0]?.after ?? null;
      const gap = after === null ? null : releasesBetween(after, id);
      return {
        release: say(id, atlas.to.release(id)),
        date: atlas.release(id).date,
        gap:
          after === null
            ? say('no older release was read')
            : gap === null || gap === 0
              ? null
              : say(`after ${after}`, diffHref(atlas, atlas.release(after), atlas.release(id))),
        changes: changes.map((c) => viewChange(atlas, record.name, c)),
        words: docDifference(atlas, record, changes),
      };
    });
}

function viewLine(
  atlas: Atlas,
  record: KfuncRecord,
  line: KfuncLine,
  shown: Map<string, Piece>,
): LineView {
  const context = { atlas, record, lineId: line.id, shown };
  return {
    id: line.id,
    title: line.id === mainline ? 'Release by release' : `In ${line.id}`,
    history: line.id === mainline ? [] : historyOf(atlas, record, line),
    states: line.states.toReversed().map((s) => viewState(context, s)),
  };
}

/** Releases of other lines in which it is what it is at their base, so that the record leaves them out. */
function alikeOf(atlas: Atlas, record: KfuncRecord): KfuncPage['alike'] {
  const told = new Set(record.lines.map((l) => l.id));
  return atlas.otherLines
    .filter((line) => !told.has(line))
    .flatMap((line) => {
      const base = atlas.base(line);
      if (base === null || atlas.stateAt(record, base) === undefined) return [];
      return atlas.line(line).map(({ id }) => ({
        id,
        anchor: anchor(id),
        as: [say(`In ${id} it is as in `), say(base, `#${anchor(base)}`), say('.')],
      }));
    });
}
