import type { KfuncFacts, ReleaseEntry, State } from '../data/schema/index.ts';
import { gravest } from './difference.ts';
import type { Difference, DifferenceChange, KfuncDifference, Severity } from './types.ts';

/** A side of a difference in JSON. */
interface SideJson {
  /** The release's id, or the revision as it was given. */
  id: string;
  /** The tag or the revision that was read. */
  tag: string;
  commit: string;
}

/** A kfunc as the dataset has it, without the releases through which that is so. */
type FactsJson = KfuncFacts;

interface KfuncJson extends Pick<
  KfuncDifference,
  'name' | 'fate' | 'from' | 'replacedBy' | 'replaces' | 'severity'
> {
  changes: DifferenceChange[];
  was: FactsJson | null;
  now: FactsJson | null;
}

/**
 * A difference for programs. The keys are stable: more may come, none goes. Kinds of changes, fates and
 * severities are those of types.ts, rules those of severity.ts.
 */
export interface DifferenceJson {
  from: SideJson;
  to: SideJson;
  /** The gravest of all; null where nothing differs. */
  severity: Severity | null;
  counts: Record<KfuncDifference['fate'], number>;
  /** The gravest first. */
  kfuncs: KfuncJson[];
  /** Tree-wide changes. */
  events: (Difference['events'][number]['event'] & { severity: Severity; text: string })[];
}

export function differenceJson(difference: Difference): DifferenceJson {
  const { from, to, kfuncs, events } = difference;
  const count = (fate: KfuncDifference['fate']): number =>
    kfuncs.filter((kfunc) => kfunc.fate === fate).length;
  return {
    from: sideJson(from),
    to: sideJson(to),
    severity: severityOf(difference),
    counts: {
      added: count('added'),
      removed: count('removed'),
      renamed: count('renamed'),
      changed: count('changed'),
    },
    kfuncs: kfuncs.map((kfunc) => ({
      name: kfunc.name,
      fate: kfunc.fate,
      from: kfunc.from,
      severity: kfunc.severity,
      replacedBy: kfunc.replacedBy,
      replaces: kfunc.replaces,
      changes: kfunc.changes,
      was: factsJson(kfunc.was),
      now: factsJson(kfunc.now),
    })),
    events: events.map(({ event, severity, text }) => ({ ...event, severity, text })),
  };
}

/** The gravest of what differs; null where nothing does. */
export function severityOf({ kfuncs, events }: Difference): Severity | null {
  const all = [...kfuncs, ...events].map(({ severity }) => severity);
  return all.length === 0 ? null : gravest(all);
}

function sideJson({ id, tag, commit }: ReleaseEntry): SideJson {
  return { id, tag, commit };
}

function factsJson(state: State | null): FactsJson | null {
  if (state === null) return null;
  const facts = Object.entries(state).filter(([key]) => key !== 'from' && key !== 'to');
  return Object.fromEntries(facts) as FactsJson;
}
