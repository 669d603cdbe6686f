/** kfuncs that came between two releases. */
import type { Difference, KfuncDifference } from '../../diff/types.ts';
import type { Atlas } from '../atlas.ts';
import { kfuncName } from '../change.ts';
import { programShort } from '../programs.ts';
import { type Signature, signatureOf } from '../signature.ts';
import { type Piece, list, say } from '../text.ts';

/** kfuncs of one subsystem, as a program declares them. */
export interface Newcomers {
  subsystem: string;
  rows: { signature: Signature; note: Piece[] }[];
}

/** Of no use outside the kernel tree, so told last, whatever subsystem they are of. */
const selftests = 'For the kernel’s selftests';

/** The subsystem that a kfunc that came is told under. */
export function subsystemOf({ record, now }: Pick<KfuncDifference, 'record' | 'now'>): string {
  if (now?.roles.includes('test') === true) return selftests;
  return say(record.subsystem ?? 'Not in MAINTAINERS').text;
}

/** Those that came, by subsystem and name: the largest first, the kernel's selftests last. */
export function addedBySubsystem({
  kfuncs,
}: Pick<Difference, 'kfuncs'>): [subsystem: string, kfuncs: KfuncDifference[]][] {
  const came = kfuncs.filter(({ fate }) => fate === 'added');
  const isLast = (subsystem: string) => Number(subsystem === selftests);
  return [...Map.groupBy(came, subsystemOf)]
    .map(([subsystem, those]): [string, KfuncDifference[]] => [
      subsystem,
      those.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    ])
    .sort(
      ([a, left], [b, right]) =>
        isLast(a) - isLast(b) || right.length - left.length || (a < b ? -1 : 1),
    );
}

/** The same as a page prints them: each with who may call it, its flags, and what it replaces. */
export function newcomers(atlas: Atlas, difference: Difference): Newcomers[] {
  return addedBySubsystem(difference).map(([subsystem, kfuncs]) => ({
    subsystem,
    rows: kfuncs.map((kfunc) => newcomer(atlas, difference, kfunc)),
  }));
}

/** More program types than these are only counted. */
const typesNamed = 4;

function newcomer(
  atlas: Atlas,
  { to }: Difference,
  { name, now, replaces, record }: KfuncDifference,
): Newcomers['rows'][number] {
  const state = now!;
  const flags = state.flags.map((flag) => flag.replace(/^KF_/, '')).join(', ');
  const cameBack = record.lines.some(({ id, changes }) =>
    changes.some((c) => id === to.line && c.release === to.id && c.kind === 'returned'),
  );
  return {
    signature: signatureOf(atlas, name, to.id, state),
    note: [
      say(`${callers(state)}${flags === '' ? '' : `; ${flags}`}${cameBack ? '; came back' : ''}`),
      ...(replaces.length === 0
        ? []
        : [say('; replaces '), ...list(replaces.map((other) => [kfuncName(atlas, other)]))]),
    ],
  };
}

/** `XDP, SCHED_CLS`, `16 program types`. */
function callers({ programTypes, roles }: NonNullable<KfuncDifference['now']>): string {
  if (programTypes.length === 0) {
    return roles.includes('kfunc') ? 'no program type' : 'not called by name';
  }
  if (programTypes.length > typesNamed) return `${programTypes.length} program types`;
  const types = programTypes.map(programShort).join(', ');
  return types === 'all' ? 'all program types' : types;
}
