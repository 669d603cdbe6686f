import type { CompiledKfunc } from '../../src/btf/compiled-kfunc.ts';
import { statesOf } from '../../src/data/at-release.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import type { State } from '../../src/data/schema/index.ts';
import { differenceOf } from '../../src/diff/difference.ts';
import type { DifferenceChange, KfuncDifference } from '../../src/diff/types.ts';
import { isOfSelftests, predict, type KernelConfig } from '../../src/verify/prediction.ts';
import { plainParameter, plainType } from '../../src/verify/spelling.ts';

/** A release and the kernel that somebody built of it. */
export interface BuiltSide {
  release: string;
  /** What its vmlinux.h declares, which is what is built in. */
  kfuncs: readonly CompiledKfunc[];
  config: KernelConfig;
}

/** How a kind of difference was met on one side, and by what it is matched on the other. */
export interface Tally {
  added: number;
  removed: number;
  changed: number;
}

export interface HeaderComparison {
  /** Differences between the headers that are changes of ours. */
  ours: Tally;
  /** Those that the configurations explain. */
  byConfig: Tally;
  /** Changes of ours whose kfuncs the configurations include; all of them must be in the headers. */
  included: Tally;
  /** Changes of ours that they do not include. */
  left: Tally;
  /** What neither explains, in words. */
  unexplained: string[];
}

const none = (): Tally => ({ added: 0, removed: 0, changed: 0 });

/**
 * Holds what our records say differs between two releases against what differs between the headers of two
 * kernels that were built of them: both ways round.
 */
export function compareHeaders(
  dataset: Dataset,
  older: BuiltSide,
  newer: BuiltSide,
): HeaderComparison {
  const difference = differenceOf(dataset, older.release, newer.release);
  const told = { ours: none(), byConfig: none(), included: none(), left: none() };
  const unexplained: string[] = [];
  const [was, now] = [older, newer].map(({ kfuncs }) => new Map(kfuncs.map((k) => [k.name, k])));
  const stateAt = statesOf(dataset);
  const records = new Map(dataset.kfuncs.map((record) => [record.name, record]));
  const sideOf = (name: string, side: BuiltSide): Side => {
    const record = records.get(name);
    return placeOf(record && stateAt(record, side.release), side.config);
  };

  const added = new Map<string, KfuncDifference>();
  const removed = new Map<string, KfuncDifference>();
  const changed = new Map<string, KfuncDifference>();
  for (const kfunc of difference.kfuncs) {
    if (kfunc.was === null || kfunc.from !== null) added.set(kfunc.name, kfunc);
    if (kfunc.now === null || kfunc.from !== null) removed.set(kfunc.from ?? kfunc.name, kfunc);
    if (kfunc.fate === 'changed') changed.set(kfunc.name, kfunc);
  }

  // Theirs against ours.
  for (const name of new Set([...was!.keys(), ...now!.keys()])) {
    const [a, b] = [was!.get(name), now!.get(name)];
    const kind = a === undefined ? 'added' : b === undefined ? 'removed' : 'changed';
    if (a !== undefined && b !== undefined) {
      const seen = visibleDifferences(a, b);
      const ours = visibleChanges(changed.get(name));
      if (seen.length === 0) continue;
      if (seen.every((what) => ours.includes(what))) told.ours.changed += 1;
      else unexplained.push(`${name}: theirs differs in ${seen.join()}, ours in ${ours.join()}`);
      continue;
    }
    if ((kind === 'added' ? added : removed).has(name)) {
      told.ours[kind] += 1;
      continue;
    }
    const [before, after] = [sideOf(name, older), sideOf(name, newer)];
    const [here, there] = kind === 'added' ? [after, before] : [before, after];
    if (here === 'included' && there === 'left') told.byConfig[kind] += 1;
    else unexplained.push(`${name}: ${kind} in theirs, ${before} and then ${after} in ours`);
  }

  // Ours against theirs.
  const expectOf = (name: string, side: BuiltSide, isIn: boolean, kind: keyof Tally): boolean => {
    if (sideOf(name, side) !== 'included') return false;
    const there = (side === older ? was : now)!.has(name);
    if (there !== isIn) unexplained.push(`${name}: ${kind} in ours, not so in ${side.release}`);
    return true;
  };
  for (const [name] of added) {
    if (expectOf(name, newer, true, 'added')) {
      told.included.added += 1;
      if (was!.has(name)) unexplained.push(`${name}: added in ours, in theirs before`);
    } else told.left.added += 1;
  }
  for (const [name] of removed) {
    if (expectOf(name, older, true, 'removed')) {
      told.included.removed += 1;
      if (now!.has(name)) unexplained.push(`${name}: removed in ours, in theirs still`);
    } else told.left.removed += 1;
  }
  for (const [name, kfunc] of changed) {
    const [before, after] = [
      expectOf(name, older, true, 'changed'),
      expectOf(name, newer, true, 'changed'),
    ];
    if (!before || !after) {
      told.left.changed += 1;
      continue;
    }
    told.included.changed += 1;
    const [a, b] = [was!.get(name), now!.get(name)];
    if (a === undefined || b === undefined) continue;
    const seen = visibleDifferences(a, b);
    const missing = visibleChanges(kfunc).filter((what) => !seen.includes(what));
    if (missing.length > 0) unexplained.push(`${name}: ours differs in ${missing.join()} alone`);
  }
  return { ...told, unexplained: unexplained.sort() };
}

/**
 * Whether a kernel's header has a kfunc by our records: `included`, or `left` out by configuration, for
 * being in a module, of the selftests, a destructor alone, or absent; `unknown` where they do not tell.
 */
type Side = 'included' | 'left' | 'unknown';

function placeOf(state: State | undefined, config: KernelConfig): Side {
  if (state === undefined || isOfSelftests(state)) return 'left';
  const isCallable = state.roles.includes('kfunc');
  const { place } = predict(state, config);
  if (place === 'unknown') return 'unknown';
  if (place !== 'built-in') return 'left';
  return isCallable ? 'included' : 'unknown';
}

/** In what two declarations of a header differ beyond the spelling. */
function visibleDifferences(a: CompiledKfunc, b: CompiledKfunc): string[] {
  const isAlike = declarationKey(a) === declarationKey(b);
  const isFast = (kfunc: CompiledKfunc) => kfunc.tags.includes('bpf_fastcall');
  return [
    ...(isAlike ? [] : ['the prototype']),
    ...(isFast(a) === isFast(b) ? [] : ['KF_FASTCALL']),
  ];
}

function declarationKey({ returns, params }: CompiledKfunc): string {
  const list = params.map(({ name, type }) => `${plainParameter(type)} ${name}`);
  return `${plainType(returns)} (${list.join(', ')})`;
}

/** The same of a change of ours: what of it a header can show. */
function visibleChanges(kfunc: KfuncDifference | undefined): string[] {
  const find = (kind: DifferenceChange['kind']) => kfunc?.changes.find((c) => c.kind === kind);
  const [prototype, flags] = [find('prototype'), find('flags')];
  const has = (texts: readonly string[]) => texts.some((t) => t.startsWith('KF_FASTCALL'));
  const isSpelledAlike =
    kfunc?.was?.prototype != null &&
    kfunc.now?.prototype != null &&
    stateKey(kfunc.was) === stateKey(kfunc.now);
  return [
    ...(prototype === undefined || isSpelledAlike ? [] : ['the prototype']),
    ...(flags !== undefined && has(flags.was) !== has(flags.now) ? ['KF_FASTCALL'] : []),
  ];
}

function stateKey({ prototype }: State): string {
  const params = prototype!.params.filter(({ implicit }) => !implicit);
  const list = params.map(({ name, type }) => `${plainParameter(type)} ${name}`);
  return `${plainType(prototype!.returns)} (${list.join(', ')})`;
}
