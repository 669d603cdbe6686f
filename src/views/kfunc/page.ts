import type { KfuncLine, KfuncRecord, State } from '../../data/schema/index.ts';
import { releasesBetween } from '../../data/versions.ts';
import { anchor } from '../address.ts';
import { type Atlas, mainline, newestState, releasesOf } from '../atlas.ts';
import { type ChangeView, kfuncName, viewChange } from '../change.ts';
import { type ExamplesView, viewExamples } from './examples.ts';
import { filterId, filtersOf } from './availability.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { alternativesTo, headOf, type KfuncHead } from './head.ts';
import { type Lifeline, lifelineOf } from './lifeline.ts';
import { foundIn, type Life, lifeOf, lifeText, readFrom } from '../life.ts';
import { deprecationItems, isDeprecated } from './deprecation.ts';
import { type DocView, docDifference, viewDoc } from './doc.ts';
import { diffHref } from '../releases/pairs.ts';
import { own } from '../place.ts';
import { type PrototypeView, viewPrototype } from './prototype.ts';
import { relatedTo } from './related.ts';
import { type Skeleton, skeletonOf } from './skeleton.ts';
import { type StateContext, type StateView, viewState } from './state.ts';
import { type Piece, code, say } from '../text.ts';
import { evidenceWords, roleWords } from '../words.ts';

/** All that `/k/<name>/` prints. */
export interface KfuncPage extends KfuncHead {
  name: string;
  title: string;
  description: string;
  life: Life;
  /** Where a release of its life was read from another tag: `v6.12 read from v6.12.107.`; else empty. */
  readFrom: Piece[];
  /** Replaced by, deprecated, only an attach point, … */
  notes: Piece[][];
  /** Of these, what is said right under the status: the rest stands with what is related. */
  callouts: Piece[][];
  prototype: PrototypeView;
  /** `Of v7.3` or `Of v6.10, the last release that has it`. */
  prototypeOf: string;
  /** null for one that no mainline release has. */
  lifeline: Lifeline | null;
  evidence: Evidence | null;
  related: { label: string; items: Piece[][] }[];
  /** null for what programs do not call. */
  skeleton: Skeleton | null;
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
  /** Of the row: the release it is about. */
  id: string;
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
  const lifeline = lifelineOf(atlas, record);
  const newest = newestOf(atlas, record);
  const callouts = newest === undefined ? [] : calloutsOf(atlas, record, newest);
  const doc = newestDoc(atlas, record, newest);
  const shown = new Map<string, Piece>();
  if (doc !== null && doc.hash !== null) shown.set(doc.hash, say(doc.release, '#doc'));
  const anchored = new Set(record.lines.flatMap((l) => l.changes.map((c) => c.release)));
  const lines = record.lines
    .filter((line) => line.states.length > 0 || line.id !== mainline)
    .map((line) => viewLine(line, { atlas, record, lineId: line.id, shown, anchored }));
  const examples = viewExamples(atlas, record);
  return {
    name: record.name,
    title: `${record.name}: BPF kfunc`,
    description: `${lifeText(life)} Flags, prototype, program types and history of the BPF kfunc ${record.name}.`,
    life,
    notes: [...replacementNotes(atlas, record), ...callouts],
    callouts,
    ...prototypeOf(life, newest),
    ...(newest === undefined
      ? nothingKnown
      : headOf(atlas, record, newest.release, newest.state, doc !== null)),
    lifeline,
    readFrom: readFrom(atlas, [
      ...life.sentence,
      ...(lifeline?.told ?? []).flatMap(({ releases }) => releases),
    ]),
    evidence:
      newest === undefined
        ? null
        : evidenceOf(atlas, record, alternativesTo(atlas, record, newest.state)),
    related: relatedOf(atlas, record),
    skeleton: skeletonOf(atlas, record),
    doc,
    filters: viewFilters(atlas, record),
    examples,
    history: record.lines
      .filter((line) => line.id === mainline)
      .flatMap((line) => historyOf(atlas, record, line)),
    lines,
    alike: alikeOf(atlas, record),
    lacksProse:
      examples?.lacksProse === true || lines.some((l) => l.states.some((s) => s.doc.isLacking)),
  };
}

/** Of a record without a state. */
const nothingKnown: KfuncHead = {
  summary: null,
  instead: [],
  params: [],
  returns: null,
  glance: [],
  conditions: [],
  source: null,
};

/** Columns of code beside who may call it; kfunc.css keeps room for as many. */
const headColumns = 76;

/** The newest state there is, and the newest release that has it. */
interface Newest {
  state: State;
  release: string;
}

function newestOf(atlas: Atlas, record: KfuncRecord): Newest | undefined {
  const newest = newestState(record);
  if (newest === undefined) return undefined;
  const { line, state } = newest;
  return { state, release: releasesOf(atlas, line, state).at(-1)?.id ?? state.from };
}

function prototypeOf(
  life: Life,
  newest: Newest | undefined,
): Pick<KfuncPage, 'prototype' | 'prototypeOf'> {
  if (newest === undefined)
    return { prototype: { declaration: null, kernel: null }, prototypeOf: '' };
  const { state, release } = newest;
  return {
    prototype: viewPrototype(state, headColumns),
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
  newest: Newest | undefined,
): DocView | null {
  if (newest === undefined) return null;
  const doc = viewDoc(atlas, name, newest.release, newest.state.doc, 'param-');
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

/** What took its place and whose place it took, each with the evidence. */
function replacementNotes(atlas: Atlas, record: KfuncRecord): Piece[][] {
  return [
    ...record.replacedBy.map((r) => [say('Replaced by '), ...replacement(atlas, r)]),
    ...record.replaces.map((r) => [say('Replaces '), ...replacement(atlas, r)]),
  ];
}

/** `x in v6.13: the same body.` */
function replacement(atlas: Atlas, other: KfuncRecord['replaces'][number]): Piece[] {
  return [
    kfuncName(atlas, other.name),
    say(' in '),
    ...foundIn(atlas, other.release),
    say(`: ${other.evidence.map(evidenceWords).join(', ')}.`),
  ];
}

function relatedOf(atlas: Atlas, record: KfuncRecord): KfuncPage['related'] {
  const told = (label: string, those: KfuncRecord['replaces']) =>
    those.length === 0 ? [] : [{ label, items: those.map((r) => replacement(atlas, r)) }];
  return [
    ...told('Replaced by', record.replacedBy),
    ...told('Replaces', record.replaces),
    ...relatedTo(atlas, record),
  ];
}

function calloutsOf(atlas: Atlas, record: KfuncRecord, { state, release }: Newest): Piece[][] {
  const notes = isDeprecated(state) ? deprecationItems(atlas, record, release, state) : [];
  const special = state.roles.filter((r) => r !== 'kfunc');
  if (special.length === 0) return notes;
  const also = state.roles.includes('kfunc')
    ? 'Also '
    : special.includes('test')
      ? 'Only '
      : 'Not a kfunc that programs call: ';
  return [...notes, [say(`${also}${special.map(roleWords).join('; ')}.`)]];
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
        id: anchor(id),
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

function viewLine(line: KfuncLine, context: StateContext): LineView {
  const { atlas, record } = context;
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
