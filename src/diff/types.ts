import type {
  ChangeKind,
  KfuncRecord,
  ReleaseEntry,
  State,
  TreeEvent,
} from '../data/schema/index.ts';

/**
 * What a change means for a BPF program that was built for the older side and is loaded on the newer:
 *
 * - `breaks-load`: it does not load any more
 * - `may-break`: whether it loads depends on what it does
 * - `compatible`: it goes on as it was
 * - `documentation`: only words changed
 */
export type Severity = 'breaks-load' | 'may-break' | 'compatible' | 'documentation';

/** Severities, the gravest first. */
export const SEVERITIES: readonly Severity[] = [
  'breaks-load',
  'may-break',
  'compatible',
  'documentation',
];

/** What one change means, and by which rule. */
export interface Meaning {
  severity: Severity;
  /** The rule's name, stable: `parameter-added`, `sleepable-demanded`. */
  rule: string;
  /** A sentence in plain words without a full stop: `takes one more argument, flags`. */
  text: string;
}

/** One kind of change of one kfunc. */
export interface DifferenceChange {
  kind: ChangeKind;
  /** Short texts, as in the dataset's changes. */
  was: string[];
  now: string[];
  /** Id of the tree-wide event that it is part of and that tells it for all; null for one of its own. */
  event: string | null;
  /** The gravest of `meanings`. */
  severity: Severity;
  meanings: Meaning[];
}

/** What became of one kfunc between the two sides. */
export interface KfuncDifference {
  /** Its name on the newer side; of a removed one, on the older. */
  name: string;
  fate: 'added' | 'removed' | 'renamed' | 'changed';
  /** The older name of a renamed one; null otherwise. */
  from: string | null;
  /** Of a removed one: what replaces it on the newer side. */
  replacedBy: string[];
  /** Of an added one: what it replaces that the older side has. */
  replaces: string[];
  was: State | null;
  now: State | null;
  record: KfuncRecord;
  /** In the order of kinds; an added, removed or renamed one has a change of that kind first. */
  changes: DifferenceChange[];
  /** The gravest of `changes`, those of events left out; of an added one `compatible`. */
  severity: Severity;
}

/** A tree-wide change between the two sides, and what it means for those it touches. */
export interface EventDifference {
  event: TreeEvent;
  severity: Severity;
  text: string;
}

/** All that differs between two releases, for programs that call kfuncs. */
export interface Difference {
  from: ReleaseEntry;
  to: ReleaseEntry;
  /** By severity, the gravest first, then by fate and name. Entries that events tell whole are left out. */
  kfuncs: KfuncDifference[];
  events: EventDifference[];
}
