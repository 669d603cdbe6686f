import type { ChangeKind, ReleaseFile, State } from '../data/schema/index.ts';
import { callable, sameItems } from './words.ts';

/** Whether a change of one kind is due between two states of a kfunc; null where either will do. */
export interface Difference {
  kind: ChangeKind;
  due: boolean | null;
  /** What the change must quote; null where the texts are not those of the states. */
  was: string[] | null;
  now: string[] | null;
}

/** A state, with the hooks of its release. */
export interface StateAt {
  state: State;
  hooks: ReleaseFile['hooks'];
}

function quoted(kind: ChangeKind, was: string[], now: string[]): Difference {
  return { kind, due: !sameItems(was, now), was, now };
}

/** Flags of sets that differ are told by who calls through them; the rest is plain. */
function flags(was: State, now: State): Difference {
  const agree = [was, now].every((state) => {
    const [first, ...others] = callable(state.sets);
    return others.every((set) => sameItems(set.flags, first!.flags));
  });
  if (agree) return quoted('flags', was.flags, now.flags);
  return { kind: 'flags', due: null, was: null, now: null };
}

function prototype({ prototype: was }: State, { prototype: now }: State): Difference {
  // A definition that was not found says nothing about the kernel.
  if (!was || !now) return { kind: 'prototype', due: false, was: null, now: null };
  if (was.bpf !== now.bpf) return quoted('prototype', [was.bpf], [now.bpf]);
  return quoted('prototype', [was.kernel], [now.kernel]);
}

/** A filter runs for the whole hook of the type that it was registered with. */
function programTypes(was: StateAt, now: StateAt): Difference {
  const filtered = ({ state }: StateAt): string[] =>
    callable(state.sets)
      .flatMap((set) => set.registrations)
      .flatMap((r) => (r.filter === null ? [] : [`${r.programType} ${r.filter}`]));
  const [before, after] = [was.state.programTypes, now.state.programTypes];
  if (!sameItems(before, after)) return quoted('programTypes', before, after);
  const plain = sameItems([...new Set(filtered(was))], [...new Set(filtered(now))]);
  return { kind: 'programTypes', due: plain ? false : null, was: null, now: null };
}

function config(state: State): string[] {
  const archs = state.arch === null ? [] : [`only on ${[...state.arch].sort().join(', ')}`];
  return [...(state.config.expr === null ? [] : [state.config.expr]), ...archs];
}

/** Evidence without its wording, and without the wrappers, which only support what words say. */
function deprecation(state: State): string[] {
  const texts = state.deprecation
    .filter((d) => d.kind !== 'wrapper')
    .map((d) => [d.kind, d.promised ?? '', d.instead ?? ''].join(' '));
  return [...new Set(texts)];
}

/** A stub that comes or goes beside the preferred definition is no move. */
function moved(was: State, now: State): Difference {
  const [from, to] = [was.definitions[0]?.file, now.definitions[0]?.file];
  const files = (state: State) => state.definitions.map((d) => d.file);
  const moves =
    from !== undefined &&
    to !== undefined &&
    from !== to &&
    !(files(now).includes(from) && files(was).includes(to));
  return { kind: 'moved', due: moves, was: moves ? [from] : null, now: moves ? [to] : null };
}

/** What the changes between two states of a kfunc must tell, a kind at a time. */
export function differences(was: StateAt, now: StateAt): Difference[] {
  const doc = ({ doc: { hash } }: State) => (hash === null ? [] : [hash]);
  const [before, after] = [deprecation(was.state), deprecation(now.state)];
  return [
    quoted('roles', was.state.roles, now.state.roles),
    flags(was.state, now.state),
    prototype(was.state, now.state),
    programTypes(was, now),
    quoted('config', config(was.state), config(now.state)),
    quoted('doc', doc(was.state), doc(now.state)),
    { kind: 'deprecated', due: !sameItems(before, after), was: null, now: null },
    moved(was.state, now.state),
  ];
}
