/** What differs between two releases, as rows: each list is one section of a page. */
import type { ChangeKind } from '../data/schema/index.ts';
import {
  type Difference,
  type DifferenceChange,
  type KfuncDifference,
  SEVERITIES,
  type Severity,
} from '../diff/types.ts';
import type { Atlas } from './atlas.ts';
import { changeText, kfuncName, labels } from './change.ts';
import { type MarkedLine, comparePrototypes } from './prototype-change.ts';
import { programShort } from './programs.ts';
import { type Badge, badgeOf, ownMeanings, sentences } from './severity.ts';
import { type Signature, signatureOf } from './signature.ts';
import { type Piece, code, list, plain, say } from './text.ts';

/** A kfunc and what is told of it. */
export interface Told {
  name: Piece;
  text: Piece[];
}

/** Several kfuncs of which the same is told. */
export interface Group {
  names: Piece[];
  /** How many they are. */
  size: number;
  text: Piece[];
  /** What it means, where it breaks nothing; a badge says that it does. */
  meaning: Piece[];
  badge: Badge | null;
}

/** A heading with its rows. */
export interface Section<Row> {
  id: string;
  title: string;
  rows: Row[];
  /** How many kfuncs its rows tell of. */
  size: number;
}

/** kfuncs of one subsystem, as a program declares them. */
export interface Newcomers {
  subsystem: string;
  rows: { signature: Signature; note: Piece[] }[];
}

export interface PrototypeRow {
  name: Piece;
  lines: MarkedLine[];
  meaning: Piece[];
  badge: Badge | null;
}

/** Of each kfunc with a change so grave, what a program that calls it meets, in the difference's order. */
export function graveRows(atlas: Atlas, difference: Difference, severity: Severity): Told[] {
  return difference.kfuncs
    .filter((kfunc) => kfunc.severity === severity)
    .map((kfunc) => {
      const name = nameOf(atlas, difference, kfunc);
      const { from } = kfunc;
      return from === null
        ? { name, text: meaningText(atlas, kfunc) }
        : {
            name: kfuncName(atlas, from, difference.from.id),
            text: [say('is now '), name, ...continued(meaningText(atlas, kfunc))],
          };
    });
}

/** `is gone; instead: bpf_y`. That a kfunc has another name is left out. */
export function meaningText(
  atlas: Atlas,
  kfunc: Pick<KfuncDifference, 'changes' | 'replacedBy'>,
): Piece[] {
  const grave = ownMeanings(kfunc.changes.filter(({ kind }) => kind !== 'renamed')).filter(
    ({ severity }) => badgeOf(severity) !== null,
  );
  return [...sentences(grave), ...continued(insteadOf(atlas, kfunc.replacedBy))];
}

function continued(text: Piece[]): Piece[] {
  return text.length === 0 ? [] : [say('; '), ...text];
}

function insteadOf(atlas: Atlas, names: readonly string[]): Piece[] {
  if (names.length === 0) return [];
  return [say('instead: '), ...list(names.map((name) => [kfuncName(atlas, name)]))];
}

/** The kfunc at the newer release; one that is gone, at the older. */
function nameOf(atlas: Atlas, { from, to }: Difference, { name, now }: KfuncDifference): Piece {
  return kfuncName(atlas, name, now === null ? from.id : to.id);
}

export function removedRows(atlas: Atlas, difference: Difference): Told[] {
  return difference.kfuncs
    .filter(({ fate }) => fate === 'removed')
    .map((kfunc) => ({
      name: nameOf(atlas, difference, kfunc),
      text: insteadOf(atlas, kfunc.replacedBy),
    }));
}

export function renamedRows(atlas: Atlas, difference: Difference): Told[] {
  return difference.kfuncs.flatMap((kfunc) =>
    kfunc.from === null
      ? []
      : [
          {
            name: kfuncName(atlas, kfunc.from, difference.from.id),
            text: [say('is now '), nameOf(atlas, difference, kfunc)],
          },
        ],
  );
}

/** Of no use outside the kernel tree, so told last, whatever subsystem they are of. */
const selftests = 'For the kernel’s selftests';

/** Those that came, by subsystem and name, each with who may call it. */
export function newcomers(atlas: Atlas, difference: Difference): Newcomers[] {
  const came = difference.kfuncs.filter(({ fate }) => fate === 'added');
  const bySubsystem = Map.groupBy(came, ({ record, now }) =>
    now?.roles.includes('test') === true ? selftests : (record.subsystem ?? 'Not in MAINTAINERS'),
  );
  return [...bySubsystem]
    .map(([subsystem, kfuncs]) => ({
      subsystem: say(subsystem).text,
      rows: kfuncs
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map((kfunc) => newcomer(atlas, difference, kfunc)),
    }))
    .sort(
      (a, b) =>
        Number(a.subsystem === selftests) - Number(b.subsystem === selftests) ||
        b.rows.length - a.rows.length ||
        (a.subsystem < b.subsystem ? -1 : 1),
    );
}

/** More program types than these are only counted. */
const typesNamed = 4;

function newcomer(
  atlas: Atlas,
  { to }: Difference,
  { name, now, replaces, record }: KfuncDifference,
): Newcomers['rows'][number] {
  const state = now!;
  const types = state.programTypes.map(programShort);
  const who =
    types.length === 0
      ? state.roles.includes('kfunc')
        ? 'no program type'
        : 'not called by name'
      : types.length > typesNamed
        ? `${types.length} program types`
        : types.join(', ');
  const cameBack = record.lines.some(({ id, changes }) =>
    changes.some((c) => id === to.line && c.release === to.id && c.kind === 'returned'),
  );
  return {
    signature: signatureOf(atlas, name, to.id, state),
    note: [
      say(types.length === 1 && types[0] === 'all' ? 'all program types' : who),
      ...(state.flags.length === 0
        ? []
        : [say(`; ${state.flags.map((flag) => flag.replace(/^KF_/, '')).join(', ')}`)]),
      ...(cameBack ? [say('; came back')] : []),
      ...(replaces.length === 0
        ? []
        : [say('; replaces '), ...list(replaces.map((other) => [kfuncName(atlas, other)]))]),
    ],
  };
}

/** Changes of one kind, those told alike together: the gravest first, then what happened to most. */
function groupsOf(atlas: Atlas, difference: Difference, kind: ChangeKind): Group[] {
  const alike = Map.groupBy(
    changesOf(difference, kind).map(({ kfunc, change }) => ({
      kfunc,
      severity: change.severity,
      text: textOf(atlas, kfunc.name, change),
      meaning: harmless(change),
    })),
    ({ text, meaning, severity }) => JSON.stringify([plain(text), plain(meaning), severity]),
  );
  return [...alike.values()]
    .sort(
      ([a, ...more], [b, ...others]) =>
        SEVERITIES.indexOf(a!.severity) - SEVERITIES.indexOf(b!.severity) ||
        others.length - more.length,
    )
    .map((changes) => ({
      size: changes.length,
      names: list(
        changes
          .map(({ kfunc }) => kfunc)
          .sort((a, b) => (a.name < b.name ? -1 : 1))
          .map((kfunc) => [
            kind === 'doc' ? historyOf(atlas, kfunc.name) : nameOf(atlas, difference, kfunc),
          ]),
      ),
      text: changes[0]!.text,
      meaning: changes[0]!.meaning,
      badge: badgeOf(changes[0]!.severity),
    }));
}

/** The words themselves are on the page of the kfunc, release by release. */
function historyOf(atlas: Atlas, name: string): Piece {
  return code(name, `${atlas.to.kfunc(name)}#history`);
}

function textOf(atlas: Atlas, name: string, change: DifferenceChange): Piece[] {
  if (change.kind !== 'moved') return changeText(atlas, name, change);
  return [code(change.was.join(', ')), say(' to '), code(change.now.join(', '))];
}

/** Of words and files a change says all there is to say. */
const plainKinds: readonly ChangeKind[] = ['doc', 'moved', 'deprecated'];

function harmless(change: DifferenceChange): Piece[] {
  return badgeOf(change.severity) === null && !plainKinds.includes(change.kind)
    ? sentences(change.meanings)
    : [];
}

/** A section for each of those kinds that something is told of. */
export function sectionsOf(
  atlas: Atlas,
  difference: Difference,
  kinds: readonly ChangeKind[],
): Section<Group>[] {
  return kinds.flatMap((kind) => {
    const rows = groupsOf(atlas, difference, kind);
    const size = rows.reduce((sum, group) => sum + group.size, 0);
    return rows.length === 0 ? [] : [{ id: kind, title: labels[kind], rows, size }];
  });
}

/** Changes of prototypes, with what differs marked. */
export function prototypeRows(atlas: Atlas, difference: Difference): PrototypeRow[] {
  return changesOf(difference, 'prototype').map(({ kfunc, change }) => ({
    name: nameOf(atlas, difference, kfunc),
    lines: comparePrototypes(change.was[0] ?? '', change.now[0] ?? ''),
    meaning: sentences(change.meanings),
    badge: badgeOf(change.severity),
  }));
}

/** What a tree-wide change tells is left out. */
function changesOf(
  { kfuncs }: Difference,
  kind: ChangeKind,
): { kfunc: KfuncDifference; change: DifferenceChange }[] {
  return kfuncs
    .filter(({ fate }) => fate === 'changed' || fate === 'renamed')
    .flatMap((kfunc) =>
      kfunc.changes
        .filter((change) => change.kind === kind && change.event === null)
        .map((change) => ({ kfunc, change })),
    );
}
