import type { KfuncReading } from '../kfunc/types.ts';
import type { Snapshot } from './lines.ts';

/** Files of an older release and the files of a newer one that their kfuncs went to. */
export type Homes = ReadonlySet<string>;

function fileOf(reading: KfuncReading): string | undefined {
  return reading.facts.definitions[0]?.file;
}

/**
 * Where the kfuncs of each file went between two releases, by those that kept their names: to the
 * same file mostly, and to a new one when the file was moved or split.
 */
export function homesBetween(was: Snapshot, now: Snapshot): Homes {
  const homes = new Set<string>();
  for (const [name, reading] of now.kfuncs) {
    const before = was.kfuncs.get(name);
    if (before) homes.add(`${fileOf(before) ?? ''}\0${fileOf(reading) ?? ''}`);
  }
  return homes;
}

/** Whether a kfunc of the newer release is defined where one of the older was, or would now be. */
export function isSameHome(old: KfuncReading, now: KfuncReading, homes: Homes): boolean {
  const [from, to] = [fileOf(old), fileOf(now)];
  if (from === undefined || to === undefined) return false;
  return from === to || homes.has(`${from}\0${to}`);
}
