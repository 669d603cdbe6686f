/** Who may call a kfunc, under which conditions, and which kernels have it. */
import type { ConfigPart, ReleaseFile, State } from '../../data/schema/index.ts';
import type { Atlas } from '../atlas.ts';
import { flagReadings } from '../topics/flag-readings.ts';
import { own, place } from '../place.ts';
import { everyProgram, programName } from '../programs.ts';
import { type Piece, code, list, say } from '../text.ts';

const common = 'BPF_PROG_TYPE_UNSPEC';

/** `every program type`, `XDP`, linked to the page of the type. */
export function programPiece(atlas: Atlas, type: string): Piece {
  const isEvery = type === everyProgram || type === common;
  return say(isEvery ? 'every program type' : programName(type), atlas.to.program(type));
}

/** Filter functions that the registrations of a state name, each once. */
export function filtersOf(state: Pick<State, 'sets'>): string[] {
  const all = state.sets.flatMap((set) => set.registrations.map((r) => r.filter));
  return [...new Set(all.filter((filter) => filter !== null))];
}

/** Of the part of a kfunc's page that says what a filter lets through; safe in an address as it is. */
export function filterId(filter: string): string {
  return `filter-${filter.replace(/\W/gu, (c) => `.${c.codePointAt(0)!.toString(16)}`)}`;
}

/** `XDP, Tracing; filtered by f(), which can refuse some`: who may call it, in one line. */
export function programPieces(
  atlas: Atlas,
  state: Pick<State, 'programTypes' | 'roles' | 'sets'>,
): Piece[] {
  if (state.programTypes.length === 0) return [noProgram(state)];
  const types = list(state.programTypes.map((type) => [programPiece(atlas, type)]));
  const filters = filtersOf(state);
  if (filters.length === 0) return types;
  const names = list(filters.map((f) => [code(`${f}()`, `#${filterId(f)}`)]));
  return [...types, say('; filtered by '), ...names, say(', which can refuse some')];
}

/**
 * The same at length: what it is registered for, what reaches it besides because this release gives both
 * the same hook, and each filter with its place in the source.
 */
export function programItems(atlas: Atlas, release: string, state: State): Piece[][] {
  if (state.programTypes.length === 0) return [[noProgram(state)]];
  const { registered, reached } = registeredAndReached(state);
  const pieces = (types: readonly string[]) =>
    list(types.map((type) => [programPiece(atlas, type)]));
  const types =
    registered.length === 0 || reached.length === 0
      ? pieces(state.programTypes)
      : [
          ...pieces(registered),
          say(', which it is registered for; '),
          ...pieces(reached),
          say(reached.length === 1 ? ', which shares a hook' : ', which share a hook'),
          say(registered.length === 1 ? ' with it' : ' with one of them'),
        ];
  return [types, ...filtersOf(state).map((filter) => filterItem(atlas, release, filter))];
}

function noProgram(state: Pick<State, 'roles'>): Piece {
  const isCallable = state.roles.some((role) => role === 'kfunc' || role === 'test');
  return say(
    isCallable
      ? 'no program type: no registration that names one was found'
      : 'nothing calls it by name',
  );
}

/** Program types by name, and those that the hooks of the release add to them. */
function registeredAndReached(state: Pick<State, 'programTypes' | 'sets'>): {
  registered: string[];
  reached: string[];
} {
  const named = new Set(state.sets.flatMap((set) => set.registrations.map((r) => r.programType)));
  const is = (type: string) => named.has(type) || (type === everyProgram && named.has(common));
  return {
    registered: state.programTypes.filter(is),
    reached: state.programTypes.filter((type) => !is(type)),
  };
}

function filterItem(atlas: Atlas, release: string, filter: string): Piece[] {
  return [
    say('filtered by '),
    ...filterPlace(atlas, release, filter),
    say(', which can refuse some: '),
    say('what it lets through', `#${filterId(filter)}`),
  ];
}

/** `f() in fs/x.c:12`, linked to that line; the name alone where the line is not known. */
export function filterPlace(atlas: Atlas, release: string, filter: string): Piece[] {
  const at = own(atlas.file(release).filters, filter);
  if (at === undefined) return [code(`${filter}()`)];
  return [code(`${filter}()`), say(' in '), place(atlas, release, at.file, at.line)];
}

/** What each flag asks of the caller. Read in kernel/bpf/verifier.c, check_kfunc_call() and in_rcu_cs(). */
const demands: [flag: string, words: string][] = [
  [
    'KF_SLEEPABLE',
    'sleepable programs only, outside RCU sections, locks and all that must not sleep',
  ],
  ['KF_DESTRUCTIVE', 'CAP_SYS_BOOT when the program is loaded; a BPF token does not do'],
  ['KF_PERFMON', 'CAP_PERFMON or CAP_SYS_ADMIN when the program is loaded; a BPF token does'],
  [
    'KF_RCU_PROTECTED',
    'an RCU read-side section: a sleepable program opens one first, any other is in one already',
  ],
  ['KF_SPINLOCK_SAFE', 'also while the program holds a bpf_spin_lock'],
];

/**
 * What a call has to keep to besides the program's type. Where the sets of a kfunc differ, a condition
 * says from which programs it is asked. Since 7.3 a flag says what may be called under a lock, so that
 * its absence says something too.
 */
export function conditionItems(file: ReleaseFile, state: State): Piece[][] {
  if (state.programTypes.length === 0) return [];
  const readings = flagReadings(state, file.hooks);
  const from = (has: (flags: readonly string[]) => boolean): string | null => {
    const those = readings.filter((r) => r.flags.some(has));
    if (those.length === 0) return null;
    if (those.length === readings.length) return '';
    return `, when called from ${those.flatMap((r) => r.programTypes.map(programName)).join(', ')}`;
  };
  const items = demands.flatMap(([flag, words]) => {
    const who = from((flags) => flags.includes(flag));
    return who === null ? [] : [[say(`${words}${who}`)]];
  });
  const knowsSpinlocks = file.flags.some((flag) => flag.name === 'KF_SPINLOCK_SAFE');
  const who = knowsSpinlocks ? from((flags) => !flags.includes('KF_SPINLOCK_SAFE')) : null;
  if (who !== null) items.push([say(`not while the program holds a bpf_spin_lock${who}`)]);
  return items;
}

const origins: Record<ConfigPart['origin'], string> = {
  entry: 'around the entry',
  definition: 'around the definition',
  makefile: 'the build',
  include: 'around the #include',
  registration: 'around the registration',
};

/** The whole condition, simplified, then what each place of the tree asks for. */
export function configItems(atlas: Atlas, release: string, state: State): Piece[][] {
  const { expr, parts } = state.config;
  const whole = expr === null ? say('nothing beyond BPF itself') : code(expr);
  if (parts.length === 0) return [[whole]];
  const groups = [...Map.groupBy(parts, (part) => part.expr)];
  const isAlone = groups.length === 1 && groups[0]![0] === expr;
  return [
    isAlone ? [whole] : [whole, say(', simplified from:')],
    ...groups.map(([asked, same]) => [
      ...(isAlone ? [] : [code(asked), say(': ')]),
      ...placesOf(atlas, release, same),
    ]),
  ];
}

/** `around the entry, kernel/bpf/helpers.c; the build, kernel/Makefile`. */
function placesOf(atlas: Atlas, release: string, parts: readonly ConfigPart[]): Piece[] {
  const byOrigin = Map.groupBy(parts, (part) => part.origin);
  return list(
    [...byOrigin].map(([origin, same]) => [
      say(`${origins[origin]}, `),
      ...list(same.map((part) => [place(atlas, release, part.file, null)])),
    ]),
    '; ',
  );
}

/** Architectures on which it can be called: it is compiled there, and their JIT calls kfuncs. */
export function archItems(atlas: Atlas, release: string, state: State): Piece[][] {
  const { jit } = atlas.file(release);
  const only = state.arch;
  const able = only === null ? jit : jit.filter((j) => only.includes(j.arch));
  const names = able.map((j) => [
    say(j.arch, atlas.source(release, j.file, j.line)),
    ...(j.condition === null ? [] : [say(' if '), code(j.condition)]),
  ]);
  if (only === null) return names.length === 0 ? [] : [list(names)];
  const unable = only.filter((arch) => !jit.some((j) => j.arch === arch));
  return [
    ...(names.length === 0 ? [] : [[...list(names), say(' alone')]]),
    ...unable.map((arch) => [say(`${arch} has it, but its JIT cannot call kfuncs`)]),
  ];
}
