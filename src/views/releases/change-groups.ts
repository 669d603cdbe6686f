/** What changed of kfuncs between two releases, by kind, those told alike together. */
import type { ChangeKind } from '../../data/schema/index.ts';
import {
  type Difference,
  type DifferenceChange,
  type KfuncDifference,
  SEVERITIES,
} from '../../diff/types.ts';
import type { Atlas } from '../atlas.ts';
import { changeText, type CommitView, labels, viewCommit } from '../change.ts';
import { nameOf, type Told } from './difference-rows.ts';
import { type MarkedLine, comparePrototypes } from '../prototype-change.ts';
import { type Badge, badgeOf, sentences } from './severity.ts';
import { type Piece, code, list, plain, say } from '../text.ts';

/** A change of one kfunc, or the same of several. */
export interface Group extends Told {
  meaning: Piece[];
  badge: Badge | null;
  commits: CommitView[];
}

/** A heading with its rows. */
export interface Section<Row> {
  id: string;
  title: string;
  rows: Row[];
  /** How many kfuncs its rows tell of. */
  size: number;
}

export interface PrototypeRow {
  name: Piece;
  lines: MarkedLine[];
  meaning: Piece[];
  badge: Badge | null;
  commits: CommitView[];
}

/** One change of one kfunc. */
interface Single {
  kfunc: KfuncDifference;
  change: DifferenceChange;
}

/**
 * A section for each of those kinds that something is told of, the gravest rows first, then what
 * happened to most.
 */
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

function groupsOf(atlas: Atlas, difference: Difference, kind: ChangeKind): Group[] {
  const told = changesOf(difference, kind).map((one) => ({
    ...one,
    text: textOf(atlas, one.kfunc.name, one.change),
    meaning: meaningOf(one.change),
  }));
  const alike = Map.groupBy(told, ({ text, meaning, change }) =>
    JSON.stringify([plain(text), plain(meaning), change.severity]),
  );
  return [...alike.values()]
    .sort(
      ([a, ...more], [b, ...others]) =>
        SEVERITIES.indexOf(a!.change.severity) - SEVERITIES.indexOf(b!.change.severity) ||
        others.length - more.length,
    )
    .map((those) => ({
      size: those.length,
      names: list(
        those
          .toSorted((a, b) => (a.kfunc.name < b.kfunc.name ? -1 : 1))
          .map(({ kfunc }) => [
            kind === 'doc' ? historyOf(atlas, kfunc.name) : nameOf(atlas, difference, kfunc),
          ]),
      ),
      text: those[0]!.text,
      meaning: those[0]!.meaning,
      badge: badgeOf(those[0]!.change.severity),
      commits: commitsOf(difference, those),
    }));
}

/** Changes of prototypes, with what differs marked. */
export function prototypeRows(atlas: Atlas, difference: Difference): PrototypeRow[] {
  return changesOf(difference, 'prototype').map(({ kfunc, change }) => ({
    name: nameOf(atlas, difference, kfunc),
    lines: comparePrototypes(change.was[0] ?? '', change.now[0] ?? ''),
    meaning: sentences(change.meanings),
    badge: badgeOf(change.severity),
    commits: commitsOf(difference, [{ kfunc, change }]),
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

function meaningOf({ kind, meanings }: DifferenceChange): Piece[] {
  return plainKinds.includes(kind) ? [] : sentences(meanings);
}

/** The commits of a release's own changes, where they are known; of other pairs there is none. */
function commitsOf({ from, to }: Difference, told: readonly Single[]): CommitView[] {
  const commits = told.flatMap(({ kfunc, change }) =>
    kfunc.record.lines
      .filter(({ id }) => id === to.line)
      .flatMap((line) => line.changes)
      .filter((c) => c.release === to.id && c.after === from.id && c.kind === change.kind)
      .flatMap((c) => viewCommit(c.commit) ?? []),
  );
  return [...new Map(commits.map((commit) => [commit.text, commit])).values()];
}

/** What a tree-wide change tells is left out. */
function changesOf({ kfuncs }: Difference, kind: ChangeKind): Single[] {
  return kfuncs
    .filter(({ fate }) => fate === 'changed' || fate === 'renamed')
    .flatMap((kfunc) =>
      kfunc.changes
        .filter((change) => change.kind === kind && change.event === null)
        .map((change) => ({ kfunc, change })),
    );
}
