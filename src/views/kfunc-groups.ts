import type { KfuncRecord } from '../data/schema/index.ts';
import { type Atlas, mainline, newestState } from './atlas.ts';

/** kfuncs that are of one use to a reader, in the order of that use. */
export interface KfuncGroup {
  id: 'there' | 'gone' | 'tests' | 'other' | 'elsewhere';
  title: string;
  /** Where space is short. */
  short: string;
  records: KfuncRecord[];
}

/** Groups that have any. */
export function splitKfuncs(atlas: Atlas, records: readonly KfuncRecord[]): KfuncGroup[] {
  const of = Map.groupBy(records, groupOf);
  const newest = atlas.newest;
  const here = newest === undefined ? '' : ` in ${newest.id}`;
  const groups = [
    ['there', `Callable${here}`, 'Callable now'],
    ['gone', 'Removed', 'Removed'],
    ['tests', 'For the kernel’s selftests', 'For selftests'],
    ['other', 'Not called by name: attach points, and destructors of kptrs', 'Not called by name'],
    ['elsewhere', 'In no mainline release', 'In no mainline release'],
  ] as const;
  return groups
    .map(([id, title, short]) => ({ id, title, short, records: of.get(id) ?? [] }))
    .filter((group) => group.records.length > 0);
}

function groupOf(record: KfuncRecord): KfuncGroup['id'] {
  const newest = newestState(record);
  if (newest?.line !== mainline) return 'elsewhere';
  const roles = newest.state.roles;
  if (roles.includes('test')) return 'tests';
  if (record.status === 'removed') return 'gone';
  return roles.includes('kfunc') ? 'there' : 'other';
}
