import type { Change, KfuncRecord, Replacement } from '../data/schema/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { byCodeUnit } from '../kfunc/names.ts';
import { contextOf } from './likeness.ts';
import { sequenceOf, type Line, type Snapshot } from './lines.ts';
import { renamesBetween } from './renames.ts';
import { successorsIn } from './successors.ts';

/** One kfunc took another's place in a release. */
export interface Succession {
  old: string;
  now: string;
  release: string;
  /** The release compared with; null when the first one scanned already says so. */
  after: string | null;
  evidence: string[];
  /** Whether it is a rename: `now` came in this release and is what `old` was. */
  renamed: boolean;
}

function key(old: string, now: string): string {
  return `${old} ${now}`;
}

function successionsBetween(
  was: Snapshot | null,
  now: Snapshot,
  known: readonly Succession[],
): { value: Succession[]; diagnostics: Diagnostic[] } {
  const at = { release: now.id, after: was?.id ?? null };
  const knownPairs = new Set(known.map((s) => key(s.old, s.now)));
  const context = was && contextOf(was, now);
  const beside = successorsIn(was, now, context)
    .filter((s) => !knownPairs.has(key(s.old, s.now)))
    .map((s) => ({ ...s, ...at }));
  if (!was || !context) return { value: beside, diagnostics: [] };
  const replaced = new Set(known.filter((s) => now.kfuncs.has(s.now)).map((s) => s.old));
  const newcomers = beside.filter((s) => !was.kfuncs.has(s.now));
  const succeeds = new Map(newcomers.map((s) => [s.now, s.old]));
  const { value, diagnostics } = renamesBetween(was, now, { replaced, succeeds }, context);
  return {
    value: [...beside, ...value.map((rename) => ({ ...rename, ...at, renamed: true }))],
    diagnostics,
  };
}

/**
 * Who took whose place, through all releases of each line, at the first release that shows it. Of a line with a base only what mainline does not know is told, and nothing
 * by which a name would become one that mainline had no later than the base: an old tree that is
 * compared with a new release reads backwards.
 */
export function successionsOf(lines: readonly Line[]): {
  byLine: ReadonlyMap<string, Succession[]>;
  diagnostics: Diagnostic[];
} {
  const byLine = new Map<string, Succession[]>();
  const diagnostics: Diagnostic[] = [];
  const [mainline] = lines;
  for (const line of lines) {
    const known: Succession[] = [...(line.base ? byLine.get(mainline!.id)! : [])];
    const before = known.length;
    const pairs = new Set(known.flatMap((s) => [key(s.old, s.now), key(s.now, s.old)]));
    const backwards = ({ old, now }: Succession): boolean =>
      line.base !== null && (pairs.has(key(old, now)) || wasOnMainline(now, line.base, mainline!));
    sequenceOf(line).forEach((now, i, sequence) => {
      if (line.base && i === 0) return;
      const found = successionsBetween(sequence[i - 1] ?? null, now, known);
      known.push(...found.value.filter((s) => !backwards(s)));
      diagnostics.push(...found.diagnostics);
    });
    byLine.set(line.id, known.slice(before));
  }
  return { byLine, diagnostics };
}

function wasOnMainline(name: string, base: Snapshot, mainline: Line): boolean {
  const end = mainline.snapshots.indexOf(base);
  return mainline.snapshots.slice(0, end + 1).some((snapshot) => snapshot.kfuncs.has(name));
}

/**
 * The changes of kind `renamed` that both sides of a rename show, beside `added` and `removed`: one a
 * release, `was` and `now` being names. Several can become one, or one several.
 */
export function renameChanges(name: string, successions: readonly Succession[]): Change[] {
  const own = successions.filter((s) => s.renamed && (s.old === name || s.now === name));
  const groups = Map.groupBy(own, (s) => s.release).values();
  return [...groups].map((group) => ({
    release: group[0]!.release,
    after: group[0]!.after,
    kind: 'renamed',
    was: [...new Set(group.map((s) => s.old))].sort(byCodeUnit),
    now: [...new Set(group.map((s) => s.now))].sort(byCodeUnit),
    event: null,
    commit: null,
  }));
}

/** Both directions of a record, in the order in which they are told. */
export function replacementsOf(
  name: string,
  successions: readonly Succession[],
): Pick<KfuncRecord, 'replaces' | 'replacedBy'> {
  const told = (other: string, { release, evidence }: Succession): Replacement => ({
    name: other,
    release,
    evidence,
  });
  return {
    replaces: successions.filter((s) => s.now === name).map((s) => told(s.old, s)),
    replacedBy: successions.filter((s) => s.old === name).map((s) => told(s.now, s)),
  };
}
