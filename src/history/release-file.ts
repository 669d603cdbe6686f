import type { ReleaseFile, TreeEvent } from '../data/schema/index.ts';
import { byCodeUnit } from '../kfunc/names.ts';
import type { KfuncReading, ReleaseReading } from '../kfunc/types.ts';

/** Entries in the order of their names, whatever the names are. */
function record<T>(entries: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries([...entries].sort(([a], [b]) => byCodeUnit(a, b)));
}

/** What belongs to one release, with what changed in the tree as a whole since the one before. */
export function releaseFileOf(reading: ReleaseReading, events: TreeEvent[]): ReleaseFile {
  const { release, flags, suffixes, implicitArgs, hooks, jit, filters, examples, users, kfuncs } =
    reading;
  const positions = <T>(of: (kfunc: KfuncReading) => T[]): Record<string, T[]> =>
    record(kfuncs.map((k) => [k.name, of(k)] as const).filter(([, list]) => list.length > 0));
  return {
    id: release.id,
    flags,
    suffixes,
    implicitArgs,
    hooks,
    jit,
    events,
    definitions: positions((k) => k.definitions),
    entries: positions((k) => k.entries),
    filters: record(Object.entries(filters)),
    deprecations: positions((k) => k.deprecations),
    examples: record(Object.entries(examples)),
    users: record(Object.entries(users)),
  };
}
