import type { Change, ReleaseFile, State, TreeEvent } from '../data/schema/index.ts';
import type { EventDifference, Meaning } from './types.ts';

/** What a rule may look at besides the change itself. */
export interface Sides {
  /** null where the kfunc is absent. */
  was: State | null;
  now: State | null;
  older: ReleaseFile;
  newer: ReleaseFile;
}

/** What a change of a kfunc means for a program that loads on the older side. */
export function meaningsOf(change: Change, { now }: Sides): Meaning[] {
  if (change.kind === 'removed') {
    return [{ severity: 'breaks-load', rule: 'removed', text: 'it is gone' }];
  }
  if (change.kind === 'renamed' && now !== null) {
    return [{ severity: 'breaks-load', rule: 'renamed', text: 'the old name is gone' }];
  }
  if (change.kind === 'doc') {
    return [{ severity: 'documentation', rule: 'doc', text: 'only its documentation' }];
  }
  return [];
}

/** What a tree-wide change means for those that it touches. */
export function meaningOfEvent(event: TreeEvent): Omit<EventDifference, 'event'> {
  const isStricter = event.stricter.length > 0;
  return { severity: isStricter ? 'may-break' : 'compatible', text: '' };
}
