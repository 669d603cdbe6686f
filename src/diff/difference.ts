import { statesOf } from '../data/at-release.ts';
import type { Dataset } from '../data/dataset.ts';
import type {
  Change,
  KfuncRecord,
  ReleaseEntry,
  ReleaseFile,
  State,
  TreeEvent,
} from '../data/schema/index.ts';
import { KINDS, type FactChange } from '../history/changes.ts';
import { eventOf } from '../history/event-marks.ts';
import { eventsOf, type TreeFacts } from '../history/events.ts';
import { declarationText } from '../history/facts-text.ts';
import { type CompareStates, stateComparer } from './compare-states.ts';
import { meaningOfEvent, meaningsOf, type Sides } from './meanings.ts';
import {
  SEVERITIES,
  type Difference,
  type DifferenceChange,
  type KfuncDifference,
  type Severity,
} from './types.ts';

/** One side of a difference: a release with what is true of each kfunc there. */
interface Side {
  entry: ReleaseEntry;
  file: ReleaseFile;
  states: ReadonlyMap<string, State>;
  tree: TreeFacts;
}

/** Tells all that differs between two releases, the older first. */
export type Compare = (fromId: string, toId: string) => Difference;

/**
 * Compares releases of a dataset, which need not be neighbours or of one line. The first one is the
 * older side: what only it has is removed. Renames are those that the records tell, also through several
 * steps; where only one end of one is on the sides, it is an addition or a removal. What a release has is
 * looked up once, however many it is compared with, and the last difference is kept, since the parts of
 * a page ask for the same one. It throws for a release that the dataset does not have.
 */
export function comparerOf(dataset: Dataset): Compare {
  const stateAt = statesOf(dataset);
  const renames = renamesIn(dataset.kfuncs);
  const compareStates = stateComparer();
  const sides = new Map<string, Side>();
  const sideOf = (id: string): Side => {
    const known = sides.get(id);
    if (known !== undefined) return known;
    const file = dataset.releaseFiles.find((one) => one.id === id)!;
    const states = new Map(
      dataset.kfuncs.flatMap((record) => {
        const state = stateAt(record, id);
        return state === undefined ? [] : [[record.name, state] as const];
      }),
    );
    const { flags, suffixes, hooks, jit } = file;
    const side: Side = {
      entry: dataset.releases.find((release) => release.id === id)!,
      file,
      states,
      tree: { flags, suffixes, hooks, jit, kfuncs: states },
    };
    sides.set(id, side);
    return side;
  };
  const shared = { dataset, renames, compareStates };
  let last: Difference | undefined;
  return (fromId, toId) => {
    if (last?.from.id === fromId && last.to.id === toId) return last;
    last = differenceOfSides(shared, sideOf(fromId), sideOf(toId));
    return last;
  };
}

/** All that differs between two releases of a dataset: see comparerOf(), which is for many pairs. */
export function differenceOf(dataset: Dataset, fromId: string, toId: string): Difference {
  return comparerOf(dataset)(fromId, toId);
}

/** What all pairs of a dataset have in common. */
interface Shared {
  dataset: Dataset;
  renames: Renames;
  compareStates: CompareStates;
}

function differenceOfSides(shared: Shared, was: Side, now: Side): Difference {
  const { dataset, renames, compareStates } = shared;
  const events = eventsOf(was.tree, now.tree);
  const successors = successorsOf(renames, was, now);
  const renamedFrom = new Map([...successors].map(([old, next]) => [next, old]));

  const kfuncs = dataset.kfuncs.flatMap((record): KfuncDifference[] => {
    const { name } = record;
    if (successors.has(name)) return [];
    const from = renamedFrom.get(name) ?? null;
    const sides: Sides = {
      was: was.states.get(from ?? name) ?? null,
      now: now.states.get(name) ?? null,
      older: was.file,
      newer: now.file,
    };
    const changes = changesBetween(compareStates, from, name, sides).map(
      (change): DifferenceChange => {
        const meanings = meaningsOf(change, sides);
        return {
          kind: change.kind,
          was: change.was,
          now: change.now,
          event: eventOf(name, change, events),
          meanings,
          severity: gravest(meanings.map(({ severity }) => severity)),
        };
      },
    );
    if (changes.every(({ event }) => event !== null)) return [];
    const own = changes.filter(({ event }) => event === null);
    const { fate } = fateOf(from, sides);
    return [
      {
        name,
        fate,
        from,
        replacedBy: fate === 'removed' ? followed(record.replacedBy, now) : [],
        replaces: fate === 'added' ? followed(record.replaces, was) : [],
        was: sides.was,
        now: sides.now,
        record,
        changes,
        severity: gravest(own.map(({ severity }) => severity)),
      },
    ];
  });
  return {
    from: was.entry,
    to: now.entry,
    kfuncs: kfuncs.sort(inWeight),
    events: events.map((event) => {
      const met = whomItMeets(event, was, now);
      return { event: met, ...meaningOfEvent(met) };
    }),
  };
}

/** Old name -> the names that it got in some release. */
type Renames = ReadonlyMap<string, readonly string[]>;

function renamesIn(records: readonly KfuncRecord[]): Renames {
  const next = new Map<string, string[]>();
  for (const { name, lines } of records) {
    const steps = lines.flatMap(({ changes }) =>
      changes.filter((c) => c.kind === 'renamed' && c.was.includes(name)).flatMap((c) => c.now),
    );
    if (steps.length > 0) next.set(name, [...new Set(steps)]);
  }
  return next;
}

/**
 * The end of KF_TRUSTED_ARGS with those alone that are asked for a pointer on both sides: where none was
 * taken, or is, there is nothing to be stricter about (kernel/bpf/verifier.c, check_kfunc_args).
 */
function whomItMeets(event: TreeEvent, was: Side, now: Side): TreeEvent {
  if (event.kind !== 'trusted-by-default') return event;
  const takesPointer = (name: string, { states }: Side): boolean =>
    states
      .get(name)
      ?.prototype?.params.some(
        ({ type, suffix, implicit }) => !implicit && suffix !== '__ign' && /[*(]/.test(type),
      ) ?? true;
  const isMet = (name: string) => takesPointer(name, was) && takesPointer(name, now);
  return { ...event, stricter: event.stricter.filter(isMet) };
}

/** Old name -> new name, for kfuncs of the one side that are on the other under another name alone. */
function successorsOf(renames: Renames, was: Side, now: Side): Map<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of renames.keys()) {
    if (!was.states.has(name) || now.states.has(name)) continue;
    const seen = new Set([name]);
    for (const step of seen) for (const further of renames.get(step) ?? []) seen.add(further);
    const end = [...seen].find((n) => now.states.has(n) && !was.states.has(n) && !taken.has(n));
    if (end === undefined) continue;
    found.set(name, end);
    taken.add(end);
  }
  return found;
}

function followed(others: KfuncRecord['replacedBy'], side: Side): string[] {
  return [...new Set(others.map(({ name }) => name))].filter((name) => side.states.has(name));
}

function fateOf(from: string | null, { was, now }: Sides): Pick<KfuncDifference, 'fate'> {
  if (from !== null) return { fate: 'renamed' };
  return { fate: was === null ? 'added' : now === null ? 'removed' : 'changed' };
}

function changesBetween(
  compareStates: CompareStates,
  from: string | null,
  name: string,
  sides: Sides,
): Change[] {
  const { was, now, older, newer } = sides;
  const tell = (kind: Change['kind'], before: string[], after: string[]): Change => {
    const [release, since] = [newer.id, older.id];
    return { release, after: since, kind, was: before, now: after, event: null, commit: null };
  };
  if (was === null) return now === null ? [] : [tell('added', [], [declarationText(name, now)])];
  if (now === null) return [tell('removed', [declarationText(name, was)], [])];
  const compared = compareStates(was, older.hooks, now, newer.hooks)
    .filter((change) => from === null || !isNameAlone(change, from, name))
    .map((change) => tell(change.kind, change.was, change.now));
  const renamed = from === null ? [] : [tell('renamed', [from], [name])];
  return [...renamed, ...compared].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

/** Whether two prototypes differ by the kfunc's name and nothing else. */
function isNameAlone({ kind, was, now }: FactChange, from: string, name: string): boolean {
  const renamed = was.map((text) => text.replace(`${from}(`, `${name}(`));
  return kind === 'prototype' && renamed.join() === now.join();
}

/** The gravest of some severities; of none, `compatible`. */
export function gravest(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? 'compatible';
}

const FATES: readonly KfuncDifference['fate'][] = ['removed', 'renamed', 'changed', 'added'];

function inWeight(a: KfuncDifference, b: KfuncDifference): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    FATES.indexOf(a.fate) - FATES.indexOf(b.fate) ||
    (a.name < b.name ? -1 : 1)
  );
}
