import { MAINLINE, type KfuncRecord } from '../data/schema/index.ts';
import { deprecationOf } from './deprecation.ts';
import { newestOf, type Line } from './lines.ts';

type Status = KfuncRecord['status'];

/**
 * What a kfunc is at the newest mainline release (a preview decides nothing): `removed` when no set
 * holds it in any role, `deprecated` when the evidence amounts to that, else `active`. One that
 * mainline never had, or has only in a preview, is what it is at the end of some line that has it.
 */
export function statusOf(name: string, lines: readonly Line[]): Status {
  const mainline = lines.find((line) => line.id === MAINLINE)?.snapshots ?? [];
  const everThere = mainline.some((s) => !s.preview && s.kfuncs.has(name));
  const newest = everThere
    ? newestOf(mainline)
    : lines.flatMap((line) => line.snapshots.slice(-1)).find((s) => s.kfuncs.has(name));
  const facts = newest?.kfuncs.get(name)?.facts;
  if (!facts) return 'removed';
  return deprecationOf(facts).length > 0 ? 'deprecated' : 'active';
}

/** The subsystem at the last mainline release that has the kfunc, or at the last of any line. */
export function subsystemOf(name: string, lines: readonly Line[]): string | null {
  for (const line of lines) {
    const last = line.snapshots.findLast((snapshot) => snapshot.kfuncs.has(name));
    if (last) return last.kfuncs.get(name)!.subsystem;
  }
  return null;
}
