import type { KfuncFacts, KfuncRecord, KfuncSet, State } from '../data/schema/index.ts';
import { anchor } from './address.ts';
import { type Atlas, releasesOf } from './atlas.ts';
import { type CodeToken, declaration, highlight, wrapPrototype } from './code.ts';
import { programName } from './programs.ts';
import { type Piece, code, list, say } from './text.ts';
import { deprecationItems } from './deprecation.ts';
import { homeHref, own, place } from './place.ts';
import { flagWords, roleWords, suffixWords } from './words.ts';

/** A run of releases in which nothing about the kfunc changed. */
export interface StateView {
  /** `v6.4 to v7.3`, `v6.2`. */
  title: string;
  /** Of the heading: the newest release of the run. */
  id: string;
  /** Each release of the run, with its anchor and the definition's line there. */
  releases: { id: string; anchor: string; text: string; href: string | null }[];
  declaration: CodeToken[] | null;
  /** The kernel's own prototype, where it differs from what a BPF program sees. */
  kernel: CodeToken[] | null;
  facts: { label: string; items: Piece[][] }[];
  doc: DocView;
}

export interface DocView {
  /** `Kernel-doc`, `A comment`, `None`. */
  kind: string;
  hash: string | null;
  /** The kernel's words; null where the dataset does not hold them, or where `sameAs` shows them. */
  text: string | null;
  /** The state that shows the same words. */
  sameAs: Piece | null;
}

/** What the states of a page share. */
export interface StateContext {
  atlas: Atlas;
  record: KfuncRecord;
  lineId: string;
  /** Prose shown by now: hash -> the state that shows it. */
  shown: Map<string, Piece>;
}

export function viewState(context: StateContext, state: State): StateView {
  const { atlas, record, lineId } = context;
  const releases = releasesOf(atlas, lineId, state);
  const newest = releases.at(-1)?.id ?? state.from;
  const title = newest === state.from ? state.from : `${state.from} to ${newest}`;
  const { prototype } = state;
  return {
    title,
    id: `state-${newest}`,
    releases: releases.map((r) => ({
      id: r.id,
      anchor: anchor(r.id),
      text: r.exact ? r.id : `${r.id} (${r.tag})`,
      href: homeHref(atlas, record.name, r.id),
    })),
    declaration: prototype && highlight(wrapPrototype(declaration(prototype.bpf))),
    kernel:
      prototype === null || prototype.kernel === prototype.bpf
        ? null
        : highlight(wrapPrototype(prototype.kernel)),
    facts: factsOf(atlas, record, newest, state).filter((f) => f.items.length > 0),
    doc: viewDoc(context, state, say(title, `#state-${anchor(newest)}`)),
  };
}

function factsOf(
  atlas: Atlas,
  record: KfuncRecord,
  release: string,
  state: State,
): StateView['facts'] {
  return [
    { label: 'Flags', items: flagItems(atlas, state) },
    { label: 'Parameters', items: paramItems(atlas, state) },
    { label: 'Callable from', items: [programPieces(atlas, state)] },
    { label: 'Sets', items: state.sets.map((s, i) => setItem(atlas, record.name, release, s, i)) },
    { label: 'Roles', items: roleItems(state) },
    { label: 'Configuration', items: configItems(atlas, release, state) },
    { label: 'Architectures', items: [archPieces(atlas, release, state)] },
    { label: 'Defined in', items: definitionItems(atlas, record.name, release, state) },
    { label: 'Deprecation', items: deprecationItems(atlas, record, release, state) },
  ];
}

/** Each flag with what it means. */
export function flagItems(atlas: Atlas, state: Pick<State, 'flags'>): Piece[][] {
  if (state.flags.length === 0) return [[say('none')]];
  return state.flags.map((flag) => {
    const words = flagWords(flag);
    return [code(flag, atlas.to.flag(flag)), ...(words === null ? [] : [say(`: ${words}`)])];
  });
}

function paramItems(atlas: Atlas, state: State): Piece[][] {
  return (state.prototype?.params ?? [])
    .filter((p) => p.suffix !== null || p.implicit)
    .map((p) => {
      const name = code(p.name === '' ? p.type : p.name);
      if (p.suffix === null) return [name, say(': supplied by the verifier')];
      const words = suffixWords(p.suffix);
      const link = code(p.suffix, atlas.to.suffix(p.suffix));
      const implicit = p.implicit ? '; supplied by the verifier' : '';
      return [name, say(': '), link, say(`${words === null ? '' : `, ${words}`}${implicit}`)];
    });
}

/** `XDP, Tracing (filtered by f())`; who may call it, after the hook's fan-out. */
export function programPieces(atlas: Atlas, state: State): Piece[] {
  if (state.programTypes.length === 0) {
    const only = state.roles.every((r) => r !== 'kfunc' && r !== 'test');
    return [say(only ? 'nothing calls it by name' : 'no program type: no registration was found')];
  }
  const types = list(state.programTypes.map((t) => [say(programName(t), atlas.to.program(t))]));
  const filters = filtersOf(state);
  if (filters.length === 0) return types;
  const names = list(filters.map((f) => [code(`${f}()`)]));
  return [...types, say('; filtered by '), ...names, say(', which can refuse some')];
}

function filtersOf(state: State): string[] {
  const all = state.sets.flatMap((s) => s.registrations.map((r) => r.filter));
  return [...new Set(all.filter((f) => f !== null))];
}

function setItem(
  atlas: Atlas,
  name: string,
  release: string,
  set: KfuncSet,
  index: number,
): Piece[] {
  const entries = own(atlas.file(release).entries, name) ?? [];
  const entry =
    entries.find((e) => e.set === set.name && e.file === set.file) ??
    (entries[index]?.set === set.name ? entries[index] : undefined);
  const pieces = [
    code(set.name),
    say(' in '),
    place(atlas, release, set.file, entry?.line ?? null),
  ];
  if (set.role !== 'kfunc') pieces.push(say(`, ${roleWords(set.role)}`));
  if (set.flags.length > 0)
    pieces.push(
      say(', '),
      ...list(
        set.flags.map((f) => [code(f)]),
        ' | ',
      ),
    );
  if (set.registrations.length === 0) return [...pieces, say('; not registered for program types')];
  const registered = set.registrations.map((r) => [
    say(programName(r.programType)),
    ...filterPieces(atlas, release, r.filter),
    ...(r.condition === null ? [] : [say(' if '), code(r.condition)]),
  ]);
  return [...pieces, say('; registered for '), ...list(registered)];
}

function filterPieces(atlas: Atlas, release: string, filter: string | null): Piece[] {
  if (filter === null) return [];
  const at = own(atlas.file(release).filters, filter);
  const href = at === undefined ? null : atlas.source(release, at.file, at.line);
  return [say(', filtered by '), code(`${filter}()`, href)];
}

function roleItems(state: State): Piece[][] {
  const isPlain = state.roles.length === 1 && state.roles[0] === 'kfunc';
  return isPlain ? [] : state.roles.map((r) => [say(roleWords(r))]);
}

const origins: Record<KfuncFacts['config']['parts'][number]['origin'], string> = {
  entry: 'around the entry, ',
  definition: 'around the definition, ',
  makefile: 'the build, ',
  include: 'around the #include, ',
  registration: 'around the registration, ',
};

function configItems(atlas: Atlas, release: string, state: State): Piece[][] {
  const { expr, parts } = state.config;
  if (expr === null && parts.length === 0) return [[say('nothing beyond BPF itself')]];
  return [
    [expr === null ? say('nothing beyond BPF itself') : code(expr)],
    ...parts.map((p) => [
      code(p.expr),
      say(': '),
      say(origins[p.origin]),
      place(atlas, release, p.file, null),
    ]),
  ];
}

function archPieces(atlas: Atlas, release: string, state: State): Piece[] {
  const jits = atlas.file(release).jit.length;
  const link = say('those whose JIT can call kfuncs', `${atlas.to.release(release)}#jit`);
  if (state.arch !== null) return [say(state.arch.join(', ')), say(' alone, of '), link];
  return [link, say(` (${jits} in ${release})`)];
}

function definitionItems(atlas: Atlas, name: string, release: string, state: State): Piece[][] {
  const positions = [...(own(atlas.file(release).definitions, name) ?? [])];
  if (state.definitions.length === 0) return [[say('no definition was found')]];
  return state.definitions.map((definition) => {
    const i = positions.findIndex((p) => p.file === definition.file);
    const line = i < 0 ? null : positions.splice(i, 1)[0]!.line;
    const at = place(atlas, release, definition.file, line);
    return definition.guard === null ? [at] : [at, say(' if '), code(definition.guard)];
  });
}

function viewDoc(context: StateContext, state: State, here: Piece): DocView {
  const { kind, hash } = state.doc;
  const kinds = { 'kernel-doc': 'Kernel-doc', comment: 'A comment', none: 'None' };
  const sameAs = hash === null ? undefined : context.shown.get(hash);
  const text = hash === null ? undefined : context.atlas.dataset.prose?.get(hash);
  if (hash !== null && sameAs === undefined) context.shown.set(hash, here);
  return {
    kind: kinds[kind],
    hash,
    text: text === undefined || sameAs !== undefined ? null : say(text).text,
    sameAs: sameAs ?? null,
  };
}
