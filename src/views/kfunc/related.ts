/** Other kfuncs that whoever reads about one may want. */
import type { KfuncRecord, State } from '../../data/schema/index.ts';
import { readType } from '../../diff/c-type.ts';
import { type Atlas, newestState, releasesOf } from '../atlas.ts';
import { kfuncName } from '../change.ts';
import { type Piece, code, list, say } from '../text.ts';

/** kfuncs of one kind, as a row of a list of facts. */
export interface RelatedGroup {
  label: string;
  names: string[];
  items: Piece[][];
}

/** Of a set or a subsystem, so many at most. */
const few = 8;

/**
 * What belongs with a kfunc as of the newest release that has it, but for what replaced it: what releases what it acquires and the
 * other way round, its iterator, its twins, its destructor, then the nearest by name of its set, or of its
 * subsystem. A kfunc stands in one group only.
 */
export function relatedTo(atlas: Atlas, record: KfuncRecord): RelatedGroup[] {
  const newest = newestState(record);
  if (newest === undefined) return [];
  const release = releasesOf(atlas, newest.line, newest.state).at(-1)?.id ?? newest.state.from;
  const index = indexOf(atlas, release);
  const { name } = record;
  const replacements = [...record.replacedBy, ...record.replaces];
  const told = new Set([name, ...replacements.map((other) => other.name)]);
  const groups: RelatedGroup[] = [];
  const tell = (label: string, names: readonly string[], more: Piece[] = []) => {
    const left = [...new Set(names)].filter((other) => !told.has(other));
    if (left.length === 0) return;
    left.forEach((other) => told.add(other));
    const linked = left.map((other) => [kfuncName(atlas, other)]);
    groups.push({ label, names: left, items: [[...list(linked), ...more]] });
  };
  const { state } = newest;
  tell('Iterator', iteratorOf(index, name));
  const isTest = state.roles.includes('test');
  const alike = (names: readonly string[]) =>
    names.filter((other) => index.states.get(other)!.roles.includes('test') === isTest);
  const pairs = pairsOf(state, index);
  tell('Released by', nearest(name, alike(pairs.releasedBy)).slice(0, few));
  tell('Releases what comes from', nearest(name, alike(pairs.acquiredBy)).slice(0, few));
  tell('Twins', twinsOf(atlas, name));
  tell(
    'Destructor',
    [`${name}_dtor`].filter((other) => atlas.kfunc(other) !== undefined),
  );
  if (name.endsWith('_dtor'))
    tell(
      'Destructor of what is released by',
      [name.slice(0, -'_dtor'.length)].filter((other) => atlas.kfunc(other) !== undefined),
    );
  for (const { name: set, file } of state.sets) {
    const members = (index.sets.get(`${file} ${set}`) ?? []).filter((other) => !told.has(other));
    const near = nearest(name, members);
    const shown = members.length <= few ? members : near.slice(0, few);
    const left = members.length - shown.length;
    tell('Of the same set', shown, [say(left > 0 ? `, and ${left} more of ` : ' of '), code(set)]);
  }
  if (groups.every((group) => group.label !== 'Of the same set')) {
    const members = index.subsystems.get(record.subsystem) ?? [];
    tell(
      'Of the same subsystem',
      nearest(
        name,
        members.filter((other) => !told.has(other)),
      ).slice(0, few),
    );
  }
  return groups;
}

/** What kfuncs of one release have to do with each other. */
interface Index {
  states: Map<string, State>;
  /** `file set` -> names. */
  sets: Map<string, string[]>;
  /** Type of an object -> what returns a reference to it, what takes one over. */
  acquirers: Map<string, string[]>;
  releasers: Map<string, string[]>;
  subsystems: Map<string | null, string[]>;
}

const indexes = new WeakMap<Atlas, Map<string, Index>>();

function indexOf(atlas: Atlas, release: string): Index {
  const known = indexes.get(atlas) ?? new Map<string, Index>();
  indexes.set(atlas, known);
  const index = known.get(release) ?? makeIndex(atlas, release);
  known.set(release, index);
  return index;
}

function makeIndex(atlas: Atlas, release: string): Index {
  const index: Index = {
    states: new Map(),
    sets: new Map(),
    acquirers: new Map(),
    releasers: new Map(),
    subsystems: new Map(),
  };
  const add = <K>(map: Map<K, string[]>, key: K, name: string) => {
    const names = map.get(key);
    if (names === undefined) map.set(key, [name]);
    else if (!names.includes(name)) names.push(name);
  };
  for (const record of atlas.dataset.kfuncs) {
    const state = atlas.stateAt(record, release);
    if (state === undefined) continue;
    const { name } = record;
    index.states.set(name, state);
    for (const set of state.sets) add(index.sets, `${set.file} ${set.name}`, name);
    add(index.subsystems, record.subsystem, name);
    const acquired = acquiredType(state);
    if (acquired !== null) add(index.acquirers, acquired, name);
    const released = releasedType(state);
    if (released !== null) add(index.releasers, released, name);
  }
  return index;
}

/** `struct task_struct` of `const struct task_struct *`; null of what is no pointer to a struct. */
function pointedTo(type: string): string | null {
  const { target } = readType(type);
  return target?.kind === 'struct' || target?.kind === 'union' ? target.name : null;
}

/** What a kfunc with KF_ACQUIRE gives a reference to. */
export function acquiredType({ flags, prototype }: State): string | null {
  if (!flags.includes('KF_ACQUIRE') || prototype === null) return null;
  return pointedTo(prototype.returns);
}

/** What a kfunc with KF_RELEASE takes over: its first pointer to a struct. */
export function releasedType({ flags, prototype }: State): string | null {
  if (!flags.includes('KF_RELEASE') || prototype === null) return null;
  return (
    prototype.params
      .filter((param) => !param.implicit)
      .map((param) => pointedTo(param.type))
      .find((type) => type !== null) ?? null
  );
}

function pairsOf(
  state: State,
  { acquirers, releasers }: Index,
): { releasedBy: readonly string[]; acquiredBy: readonly string[] } {
  const [acquired, released] = [acquiredType(state), releasedType(state)];
  return {
    releasedBy: acquired === null ? [] : (releasers.get(acquired) ?? []),
    acquiredBy: released === null ? [] : (acquirers.get(released) ?? []),
  };
}

/** `bpf_iter_num_next` -> the three in their order. */
function iteratorOf({ states }: Index, name: string): string[] {
  const stem = /^(.*)_(?:new|next|destroy)$/.exec(name)?.[1];
  const flags = states.get(name)?.flags ?? [];
  if (stem === undefined || !flags.some((flag) => flag.startsWith('KF_ITER_'))) return [];
  return ['new', 'next', 'destroy'].map((step) => `${stem}_${step}`).filter((n) => states.has(n));
}

/** `f_impl`, `f___v2` and `f` are versions of one. */
function twinsOf(atlas: Atlas, name: string): string[] {
  const stem = name.replace(/_impl$|___\w+$/, '');
  const others = [stem, `${stem}_impl`, ...[2, 3, 4].map((n) => `${stem}___v${n}`)];
  return others.filter((other) => other !== name && atlas.kfunc(other) !== undefined);
}

/** Names that share words with `name`, those that share most first. */
export function nearest(name: string, others: readonly string[]): string[] {
  const own = name.split('_').filter((word) => word !== '' && !common.has(word));
  const score = (other: string) => {
    const words = other.split('_').filter((word) => word !== '' && !common.has(word));
    let lead = 0;
    while (lead < own.length && own[lead] === words[lead]) lead++;
    return 2 * lead + own.filter((word) => words.includes(word)).length;
  };
  return others
    .map((other) => ({ other, score: score(other) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score || (a.other < b.other ? -1 : 1))
    .map((one) => one.other);
}

/** Words that most names begin with. */
const common = new Set(['bpf', 'scx', 'kfunc', 'get', 'call', 'test']);
