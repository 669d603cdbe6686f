/** kfuncs that differ between two releases, one a row. */
import type { Difference, KfuncDifference, Severity } from '../../diff/types.ts';
import type { Atlas } from '../atlas.ts';
import { kfuncName } from '../change.ts';
import { badgeOf, ownMeanings, sentences } from './severity.ts';
import { type Piece, list, plain, say } from '../text.ts';
import { evidenceWords } from '../words.ts';

/** What is told of one kfunc, or of several alike. */
export interface Told {
  names: Piece[];
  /** How many they are. */
  size: number;
  text: Piece[];
}

/** The kfunc at the newer release; one that is gone, at the older. */
export function nameOf(
  atlas: Atlas,
  { from, to }: Pick<Difference, 'from' | 'to'>,
  { name, now }: KfuncDifference,
): Piece {
  return kfuncName(atlas, name, now === null ? from.id : to.id);
}

/** Of the kfuncs with a change so grave, what a program that calls them meets, in the difference's order. */
export function graveRows(atlas: Atlas, difference: Difference, severity: Severity): Told[] {
  const told = difference.kfuncs
    .filter((kfunc) => kfunc.severity === severity)
    .map((kfunc) => {
      const name = nameOf(atlas, difference, kfunc);
      const meaning = meaningOf(atlas, kfunc);
      return kfunc.from === null
        ? { name, text: meaning }
        : {
            name: kfuncName(atlas, kfunc.from, difference.from.id),
            text: [say('is now '), name, ...continued(meaning)],
          };
    });
  return [...Map.groupBy(told, ({ text }) => plain(text)).values()].map((alike) => ({
    names: list(alike.map(({ name }) => [name])),
    size: alike.length,
    text: alike[0]!.text,
  }));
}

/** `is gone; instead: bpf_y`. That a kfunc has another name is left out. */
function meaningOf(atlas: Atlas, kfunc: KfuncDifference): Piece[] {
  const grave = ownMeanings(kfunc.changes.filter(({ kind }) => kind !== 'renamed')).filter(
    ({ severity }) => badgeOf(severity) !== null,
  );
  const names = kfunc.replacedBy.map((name) => [kfuncName(atlas, name)]);
  return [...sentences(grave), ...(names.length === 0 ? [] : [say('; instead: '), ...list(names)])];
}

function continued(text: Piece[]): Piece[] {
  return text.length === 0 ? [] : [say('; '), ...text];
}

/** What is gone, and what is there in its place. */
export function removedRows(atlas: Atlas, difference: Difference): Told[] {
  return difference.kfuncs
    .filter(({ fate }) => fate === 'removed')
    .map((kfunc) => ({
      names: [nameOf(atlas, difference, kfunc)],
      size: 1,
      text: list(kfunc.replacedBy.map((name) => insteadOf(atlas, kfunc, name))),
    }));
}

/** `replaced by bpf_y (the same body)` */
function insteadOf(atlas: Atlas, { record }: KfuncDifference, name: string): Piece[] {
  const evidence = record.replacedBy.find((other) => other.name === name)?.evidence ?? [];
  return [
    say('replaced by '),
    kfuncName(atlas, name),
    ...(evidence.length === 0 ? [] : [say(` (${evidence.map(evidenceWords).join(', ')})`)]),
  ];
}

export function renamedRows(atlas: Atlas, difference: Difference): Told[] {
  return difference.kfuncs.flatMap((kfunc) =>
    kfunc.from === null
      ? []
      : [
          {
            names: [kfuncName(atlas, kfunc.from, difference.from.id)],
            size: 1,
            text: [say('is now '), nameOf(atlas, difference, kfunc)],
          },
        ],
  );
}
