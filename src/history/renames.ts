import type { Parsed } from '../diagnostic.ts';
import { byCodeUnit } from '../kfunc/names.ts';
import type { KfuncReading } from '../kfunc/types.ts';
import { isSameHome } from './homes.ts';
import { likenessOf, type Context, type Likeness } from './likeness.ts';
import type { Snapshot } from './lines.ts';
import { matchOneToOne, type Candidate } from './matching.ts';
import { renamingOf } from './name-likeness.ts';

/** A claim that `now` is what `old` was. */
export interface Rename {
  old: string;
  now: string;
  evidence: string[];
}

/** Names that have their story already. */
export interface Told {
  /** Kfuncs that were replaced before: that they go now is the end of that. */
  replaced: ReadonlySet<string>;
  /**
   * Kfuncs that came in this release in place of one that stays beside them, by name of the newcomer:
   * where both came at once, the first of them is who took the place of one that left.
   */
  succeeds: ReadonlyMap<string, string>;
}

/**
 * Points that a rename needs (see likeness.ts). Every pair of one that left and one that came is a
 * chance to be wrong, and between releases that are far apart there are thousands: so the bar rises
 * with their number, by 0.1 for each tenfold. On real trees renames have 4.7 points and more, pairs
 * that have nothing to do with each other less than 2, siblings of a family up to 4.4.
 */
function pointsNeeded(pairs: number): number {
  return 4.3 + 0.1 * Math.log10(Math.max(1, pairs));
}

/** Points for one that follows the pattern of a rename that is known: most of it is in the name. */
const POINTS_IN_PATTERN = 2.5;

/** More pairs than any two releases give are not looked at one by one. */
const MOST_PAIRS = 50_000;

function isCallable({ facts }: KfuncReading): boolean {
  return facts.roles.includes('kfunc') || facts.roles.includes('test');
}

/**
 * The likeness of one that left to one that came, in which the body and the words of a newcomer that
 * only calls another newcomer (`scx_bpf_dsq_insert` → `…___v2`) may be those of that other one.
 */
function likeness(
  old: KfuncReading,
  now: KfuncReading,
  lent: KfuncReading | undefined,
  context: Context,
): Likeness {
  const own = likenessOf(old, now, context);
  if (!lent) return own;
  const asLent = likenessOf(old, { ...now, fingerprint: lent.fingerprint }, context);
  return asLent.score > own.score ? asLent : own;
}

/**
 * The renames between two consecutive releases of a line, by a removal and an addition: those whose
 * bodies, prototypes or docs speak for it, and then those of the same file that follow the pattern of
 * one of them. An attach point never becomes a kfunc by another name. Reported: candidates that could
 * not be told apart, and that there are too many of them.
 */
export function renamesBetween(
  was: Snapshot,
  now: Snapshot,
  told: Told,
  contextFor: () => Context,
): Parsed<Rename[]> {
  const gone = was.reading.kfuncs.filter(
    (k) => !now.kfuncs.has(k.name) && !told.replaced.has(k.name),
  );
  const come = now.reading.kfuncs.filter(
    (k) => !was.kfuncs.has(k.name) && !told.succeeds.has(k.name),
  );
  const report = (code: string, message: string): Parsed<Rename[]>['diagnostics'][number] => ({
    code,
    severity: 'info',
    release: now.id,
    path: null,
    line: null,
    message,
  });
  const pairs = gone.length * come.length;
  if (pairs === 0) return { value: [], diagnostics: [] };
  if (pairs > MOST_PAIRS) {
    const message = `${gone.length} kfuncs left and ${come.length} came: no rename is looked for.`;
    return { value: [], diagnostics: [report('too-many-renames', message)] };
  }

  const lent = new Map<string, KfuncReading>();
  for (const [newer, older] of told.succeeds) lent.set(older, now.kfuncs.get(newer)!);
  const context = contextFor();
  const all = gone.flatMap((old) =>
    come
      .filter((k) => isCallable(old) === isCallable(k))
      .map((k) => ({
        old: old.name,
        now: k.name,
        sameHome: isSameHome(old, k, context.homes),
        ...likeness(old, k, lent.get(k.name), context),
      })),
  );

  const needed = pointsNeeded(pairs);
  const { matches, ambiguous } = matchOneToOne(
    all.filter((c) => c.score >= needed && c.evidence.some((e) => e !== 'name-pair')),
  );
  const open = all.filter(
    (c) => !matches.some((m) => m.old === c.old || m.now === c.now) && c.sameHome,
  );
  const value = [...matches, ...inPattern(open, matches)].map(({ old, now, evidence }) => ({
    old,
    now,
    evidence,
  }));
  return {
    value: value.sort((a, b) => byCodeUnit(a.now, b.now)),
    diagnostics: ambiguous.map((found) =>
      report(
        'ambiguous-rename',
        `${found.gone.join(', ')} may have become ${found.come.join(' or ')}: no rename is told.`,
      ),
    ),
  };
}

/** Those of `open` whose names change as in one of `known`, where that makes one pair of each. */
function inPattern(open: readonly Candidate[], known: readonly Candidate[]): Candidate[] {
  const patterns = new Set(known.map(({ old, now }) => renamingOf(old, now)));
  const following = open.filter(
    ({ old, now, score }) => score >= POINTS_IN_PATTERN && patterns.has(renamingOf(old, now)),
  );
  return following
    .filter((c) => !following.some((d) => d !== c && (d.old === c.old || d.now === c.now)))
    .map((c) => ({ ...c, evidence: [...c.evidence, 'same-renaming'] }));
}
