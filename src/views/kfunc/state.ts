import type { KfuncRecord, KfuncSet, State } from '../../data/schema/index.ts';
import { anchor } from '../address.ts';
import { type Atlas, releasesOf } from '../atlas.ts';
import {
  archItems,
  conditionItems,
  configItems,
  programItems,
  programPiece,
} from './availability.ts';
import { callableSets, flagReadings, setsDiffer } from '../topics/flag-readings.ts';
import { type PrototypeView, viewPrototype } from './prototype.ts';
import { type Piece, code, list, say } from '../text.ts';
import { deprecationItems } from './deprecation.ts';
import { type DocView, shownAt, viewDoc } from './doc.ts';
import { homeHref, own, place } from '../place.ts';
import { flagWords, roleWords, suffixWords } from '../words.ts';

/** A run of releases in which nothing about the kfunc changed. */
export interface StateView {
  /** `v6.4 to v7.3`, `v6.2`. */
  title: string;
  /** Of the heading: the newest release of the run. */
  id: string;
  /** Each release of the run, with the definition's line there; `isAnchor` where no row of the history is it. */
  releases: { id: string; isAnchor: boolean; text: string; href: string | null }[];
  prototype: PrototypeView;
  facts: { label: string; items: Piece[][] }[];
  doc: DocView;
}

/** What the states of a page share. */
export interface StateContext {
  atlas: Atlas;
  record: KfuncRecord;
  lineId: string;
  /** Prose shown by now: hash -> the state that shows it. */
  shown: Map<string, Piece>;
  /** Releases that are an anchor of the history. */
  anchored: ReadonlySet<string>;
}

export function viewState(context: StateContext, state: State): StateView {
  const { atlas, record, lineId } = context;
  const releases = releasesOf(atlas, lineId, state);
  const newest = releases.at(-1)?.id ?? state.from;
  const title = newest === state.from ? state.from : `${state.from} to ${newest}`;
  return {
    title,
    id: `state-${newest}`,
    releases: releases.map((r) => ({
      id: r.id,
      isAnchor: !context.anchored.has(r.id),
      text: r.exact ? r.id : `${r.id} (${r.tag})`,
      href: homeHref(atlas, record.name, r.id),
    })),
    prototype: viewPrototype(state),
    facts: factsOf(atlas, record, newest, state).filter((f) => f.items.length > 0),
    doc: docOf(context, state, newest, say(title, `#state-${anchor(newest)}`)),
  };
}

function factsOf(
  atlas: Atlas,
  record: KfuncRecord,
  release: string,
  state: State,
): StateView['facts'] {
  return [
    { label: 'Flags', items: flagItems(atlas, release, state) },
    { label: 'Parameters', items: paramItems(atlas, state) },
    { label: 'Callable from', items: programItems(atlas, release, state) },
    { label: 'Conditions', items: conditionItems(atlas.file(release), state) },
    { label: 'Sets', items: state.sets.map((s, i) => setItem(atlas, record.name, release, s, i)) },
    { label: 'Roles', items: roleItems(state) },
    { label: 'Configuration', items: configItems(atlas, release, state) },
    { label: 'Architectures', items: archItems(atlas, release, state) },
    { label: 'Defined in', items: definitionItems(atlas, record.name, release, state) },
    { label: 'Deprecation', items: deprecationItems(atlas, record, release, state) },
  ];
}

/** Each flag with what it means; then, where its sets do not agree, what each program meets. */
export function flagItems(atlas: Atlas, release: string, state: State): Piece[][] {
  const items =
    state.flags.length === 0
      ? [[say('none')]]
      : state.flags.map((flag) => {
          const words = flagWords(flag);
          return [code(flag, atlas.to.flag(flag)), ...(words === null ? [] : [say(`: ${words}`)])];
        });
  return setsDiffer(state) ? [...items, ...differenceItems(atlas, release, state)] : items;
}

/**
 * Both readings of a kfunc whose sets give it different flags: what a call is checked by, and what the
 * build goes by. That looks at flags since 7.0, for KF_IMPLICIT_ARGS, and up to 7.2 takes those of the
 * first set by name (tools/bpf/resolve_btfids/main.c, find_kfunc_flags()); 7.3 builds no such kernel.
 */
function differenceItems(atlas: Atlas, release: string, state: State): Piece[][] {
  const { flags, hooks } = atlas.file(release);
  const [first] = callableSets(state);
  const [built] = state.sets.map((set) => set.name).sort();
  const isBuilt = flags.some((flag) => flag.name === 'KF_IMPLICIT_ARGS');
  const build =
    first!.name === built
      ? [say(', which the build goes by')]
      : [say('; the build goes by those of '), code(built!)];
  return [
    [
      say('Its sets do not agree. These are the flags of '),
      code(first!.name),
      ...(isBuilt ? [...build, say(` in ${release}`)] : []),
      say('. A call is checked by those of its hook:'),
    ],
    ...flagReadings(state, hooks).map((reading) => [
      ...list(reading.programTypes.map((type) => [programPiece(atlas, type)])),
      say(': '),
      ...list(reading.flags.map(flagPieces), ', or '),
    ]),
  ];
}

/** `KF_ACQUIRE | KF_RCU`, `no flag`. */
function flagPieces(flags: readonly string[]): Piece[] {
  if (flags.length === 0) return [say('no flag')];
  return list(
    flags.map((flag) => [code(flag)]),
    ' | ',
  );
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
  if (set.flags.length > 0) pieces.push(say(', '), ...flagPieces(set.flags));
  if (set.registrations.length === 0) return [...pieces, say('; not registered for program types')];
  const byFilter = Map.groupBy(set.registrations, (r) => r.filter);
  return [
    ...pieces,
    ...[...byFilter].flatMap(([filter, those]) => registered(atlas, filter, those)),
  ];
}

/** `; registered for LSM, struct_ops if CONFIG_LAMP, filtered by f()`. */
function registered(
  atlas: Atlas,
  filter: string | null,
  registrations: KfuncSet['registrations'],
): Piece[] {
  const types = registrations.map((r) => [
    programPiece(atlas, r.programType),
    ...(r.condition === null ? [] : [say(' if '), code(r.condition)]),
  ]);
  const filtered = filter === null ? [] : [say(', filtered by '), code(`${filter}()`)];
  return [say('; registered for '), ...list(types), ...filtered];
}

function roleItems(state: State): Piece[][] {
  const isPlain = state.roles.length === 1 && state.roles[0] === 'kfunc';
  return isPlain ? [] : state.roles.map((r) => [say(roleWords(r))]);
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

/** The words above the kfunc, unless the page has shown them by now. */
function docOf(
  { atlas, record, shown }: StateContext,
  { doc }: State,
  release: string,
  here: Piece,
): DocView {
  const sameAs = doc.hash === null ? undefined : shown.get(doc.hash);
  if (doc.hash !== null && sameAs === undefined) shown.set(doc.hash, here);
  const view = viewDoc(atlas, record.name, release, doc, `state-${release}-param-`);
  return sameAs === undefined ? view : shownAt(view, sameAs);
}
