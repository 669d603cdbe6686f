import type { Difference, KfuncDifference, Severity } from '../../diff/types.ts';

/** How much differs between two releases, in kfuncs; what tree-wide changes tell is not counted. */
export interface Tally {
  added: number;
  removed: number;
  renamed: number;
  changed: number;
  /** Of all these, what breaks a program that calls it, and what may. */
  breaking: number;
  touchy: number;
}

export function tallyOf({ kfuncs }: Difference): Tally {
  const fate = (word: KfuncDifference['fate']) => kfuncs.filter((k) => k.fate === word).length;
  const grave = (severity: Severity) => kfuncs.filter((k) => k.severity === severity).length;
  return {
    added: fate('added'),
    removed: fate('removed'),
    renamed: fate('renamed'),
    changed: fate('changed'),
    breaking: grave('breaks-load'),
    touchy: grave('may-break'),
  };
}

/** `27 added, 1 removed, 96 changed`; renames only where there are some. */
export function tallyWords({ added, removed, renamed, changed }: Tally): string {
  const parts = [
    `${added} added`,
    `${removed} removed`,
    ...(renamed === 0 ? [] : [`${renamed} renamed`]),
    `${changed} changed`,
  ];
  return parts.join(', ');
}

/** `13 of these break programs that call them, 3 may`; empty where none does. */
export function harmWords({ breaking, touchy }: Tally): string {
  const call = (n: number) => `programs that call ${n === 1 ? 'it' : 'them'}`;
  if (breaking === 0) return touchy === 0 ? '' : `${touchy} of these may break ${call(touchy)}`;
  const broken = `${breaking} of these ${breaking === 1 ? 'breaks' : 'break'} ${call(breaking)}`;
  return touchy === 0 ? broken : `${broken}, ${touchy} may`;
}
