import type { CompiledKfunc } from '../btf/compiled-kfunc.ts';
import { statesOf } from '../data/at-release.ts';
import type { Dataset } from '../data/dataset.ts';
import type { KfuncRecord, ReleaseEntry, State } from '../data/schema/index.ts';
import { condToText, conjuncts } from '../c/condition.ts';
import { parseExpr } from '../kfunc/config/expression.ts';
import { comparePrototypes, compareTags, type Difference } from './compare.ts';
import {
  isOfSelftests,
  needsOf,
  predict,
  type KernelConfig,
  type Need,
  type Place,
} from './prediction.ts';

/** A file of a built kernel and the kfuncs that it says it has. */
export interface CompiledFile {
  path: string;
  /** A module, which has split BTF; everything else is the kernel itself. */
  isModule: boolean;
  kfuncs: readonly CompiledKfunc[];
  /** Where its BTF marks no kfuncs: its functions of given names. null, or left out, where it does. */
  unmarked?: ((names: ReadonlySet<string>) => CompiledKfunc[]) | null;
}

/** A kfunc of a built kernel of which there is no record at the release. */
export interface Unknown {
  name: string;
  file: string;
  prototype: string;
}

/** A kfunc that is not where the configuration says it is. */
export interface Misplaced {
  name: string;
  predicted: Place;
  found: Place;
  /** What the configuration was taken to say. */
  because: Need[];
}

/** A kfunc of ours that the files lack, and why. */
export interface Absence {
  name: string;
  reason: AbsenceReason;
  /** For `off`, what is off; for `may-be-off`, one of these must be. */
  needs: Need[];
}

/**
 * - `off`: the configuration says so;
 * - `may-be-off`: no configuration was given, or it does not tell; `needs` leaves out what other kfuncs
 *   that are there need too;
 * - `elsewhere`: it is in the kernel and only modules were given, or in a module that was not;
 * - `selftests`: it is of a module that is built with the selftests;
 * - `no-kfunc`: an attach point or a destructor, which BTF need not tag.
 */
export type AbsenceReason = 'off' | 'may-be-off' | 'elsewhere' | 'selftests' | 'no-kfunc';

export interface Verification {
  release: ReleaseEntry;
  files: { path: string; isModule: boolean; kfuncs: number }[];
  /**
   * Whether the files mark kfuncs as such. Where none does, functions of the records' names stand for
   * them: a kfunc without a record cannot be noticed then, and a function may be there without being one.
   */
  isMarked: boolean;
  /** Whether a configuration was held against what is there. */
  isConfigured: boolean;
  /** Kfuncs of the files, and how many of them agree in everything. */
  found: number;
  agreeing: number;
  absent: Absence[];
  // What follows is unexplained.
  unknown: Unknown[];
  misplaced: Misplaced[];
  different: { name: string; differences: Difference[] }[];
}

/** How many things there are that nothing explains. */
export function unexplained({ unknown, misplaced, different }: Verification): number {
  return unknown.length + misplaced.length + different.length;
}

/**
 * Holds a release of the dataset against files of a built kernel. Lists are sorted by name.
 *
 * Files that mark no kfuncs, as those of older kernels, are asked for functions of the records' names.
 *
 * With a configuration, presence is predicted both ways: a kfunc must be built in, in a module or absent
 * as its expression says. Of modules it is known which kfuncs they should have only as far as they have
 * others of the same set; of the kernel, when it is among the files.
 */
export function verify(
  dataset: Dataset,
  release: ReleaseEntry,
  given: readonly CompiledFile[],
  config: KernelConfig | null,
): Verification {
  const ours = recordsAt(dataset, release.id);
  const isMarked = given.some(({ unmarked }) => (unmarked ?? null) === null);
  const files = isMarked ? given : functionsFor(given, ours);
  const found = new Map<string, { kfunc: CompiledKfunc; file: CompiledFile }>();
  for (const file of files) {
    for (const kfunc of file.kfuncs) found.set(kfunc.name, { kfunc, file });
  }
  const saysFastcall = [...found.values()].some(({ kfunc }) => kfunc.tags.includes('bpf_fastcall'));
  const result: Verification = {
    release,
    files: files.map(({ path, isModule, kfuncs }) => ({ path, isModule, kfuncs: kfuncs.length })),
    isMarked,
    isConfigured: config !== null,
    found: found.size,
    agreeing: 0,
    absent: [],
    unknown: [],
    misplaced: [],
    different: [],
  };

  for (const [name, { kfunc, file }] of byName(found)) {
    const state = ours.get(name);
    if (state === undefined) {
      result.unknown.push({ name, file: file.path, prototype: kfunc.prototype });
      continue;
    }
    const differences = [
      ...comparePrototypes(state, kfunc),
      ...compareTags(state, kfunc, saysFastcall),
    ];
    const placed = config && misplacedIn(name, state, file, config);
    // A function that is there need not be registered.
    const misplaced = !isMarked && placed?.predicted === 'absent' ? null : placed;
    if (differences.length > 0) result.different.push({ name, differences });
    if (misplaced) result.misplaced.push(misplaced);
    if (differences.length === 0 && !misplaced) result.agreeing++;
  }

  const lookedAt = whatWasLookedAt(files, found, ours);
  const known = whatMustBeOn([...found.keys()].flatMap((name) => ours.get(name) ?? []));
  for (const [name, state] of byName(ours)) {
    if (found.has(name)) continue;
    const absence = explain(name, state, config, { lookedAt, known });
    if ('reason' in absence) result.absent.push(absence);
    else result.misplaced.push(absence);
  }
  result.misplaced.sort((a, b) => (a.name < b.name ? -1 : 1));
  return result;
}

function isCallable({ roles }: State): boolean {
  return roles.includes('kfunc') || roles.includes('test');
}

/** The files with what stands for their kfuncs, which they do not mark. */
function functionsFor(
  files: readonly CompiledFile[],
  ours: ReadonlyMap<string, State>,
): CompiledFile[] {
  const callable = [...ours].filter(([, state]) => isCallable(state));
  const names = new Set(callable.map(([name]) => name));
  return files.map((file) => ({ ...file, kfuncs: file.unmarked?.(names) ?? [] }));
}

function byName<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function recordsAt(dataset: Dataset, releaseId: string): Map<string, State> {
  const stateAt = statesOf(dataset);
  const states = dataset.kfuncs.flatMap((record: KfuncRecord) => {
    const state = stateAt(record, releaseId);
    return state === undefined ? [] : [[record.name, state] as const];
  });
  return new Map(states);
}

function misplacedIn(
  name: string,
  state: State,
  { isModule }: CompiledFile,
  config: KernelConfig,
): Misplaced | null {
  const found = isModule ? 'module' : 'built-in';
  const { place, because } = predict(state, config);
  return place === found || place === 'unknown' ? null : { name, predicted: place, found, because };
}

/** Whether what a kfunc would be in was among the files. */
type LookedAt = (state: State, place: Place) => boolean;

/** A set is compiled into one module: one that has some of its kfuncs should have them all. */
function whatWasLookedAt(
  files: readonly CompiledFile[],
  found: ReadonlyMap<string, { file: CompiledFile }>,
  ours: ReadonlyMap<string, State>,
): LookedAt {
  const hasKernel = files.some(({ isModule }) => !isModule);
  const key = ({ name, file }: State['sets'][number]) => `${file}\0${name}`;
  const inModules = new Set(
    [...found].flatMap(([name, { file }]) =>
      file.isModule ? (ours.get(name)?.sets ?? []).map(key) : [],
    ),
  );
  return (state, place) =>
    place === 'module' ? state.sets.some((set) => inModules.has(key(set))) : hasKernel;
}

function explain(
  name: string,
  state: State,
  config: KernelConfig | null,
  { lookedAt, known }: { lookedAt: LookedAt; known: ReadonlySet<string> },
): Absence | Misplaced {
  const because = (reason: AbsenceReason, needs: Need[] = []): Absence => ({ name, reason, needs });
  if (!isCallable(state)) return because('no-kfunc');
  if (isOfSelftests(state)) return because('selftests');
  if (config === null) {
    const needs = needsOf(state);
    const open = needs.filter(({ expr }) => !conjunctsOf(expr).every((term) => known.has(term)));
    if (open.length > 0) return because('may-be-off', open);
    if (!lookedAt(state, 'built-in')) return because('elsewhere');
    return { name, predicted: 'built-in', found: 'absent', because: needs };
  }
  const prediction = predict(state, config);
  if (prediction.place === 'absent') return because('off', prediction.because);
  if (prediction.place === 'unknown') return because('may-be-off', prediction.because);
  if (!lookedAt(state, prediction.place)) return because('elsewhere');
  return { name, predicted: prediction.place, found: 'absent', because: needsOf(state) };
}

/** Terms that hold in the kernel, since it has kfuncs that need them. */
function whatMustBeOn(states: readonly State[]): ReadonlySet<string> {
  return new Set(states.flatMap(({ config }) => conjunctsOf(config.expr ?? '1')));
}

function conjunctsOf(expr: string): string[] {
  return conjuncts(parseExpr(expr).value).map(condToText);
}
