import { compareVersions, MAINLINE, versionOf } from '../data/schema/index.ts';
import type { KfuncReading, ReleaseReading } from '../kfunc/types.ts';
import { UserError } from '../user-error.ts';
import type { TreeFacts } from './events.ts';
import { compareLines, compareReleases, seriesOf } from './order.ts';

/** A release as the folding sees it: its reading, with its kfuncs by name. */
export interface Snapshot {
  id: string;
  preview: boolean;
  reading: ReleaseReading;
  kfuncs: ReadonlyMap<string, KfuncReading>;
}

/** The releases of one line, oldest first. */
export interface Line {
  id: string;
  /** The mainline release that the line is compared with; null for mainline itself. */
  base: Snapshot | null;
  snapshots: Snapshot[];
}

/** What a line is folded over: its releases, with the base before them. */
export function sequenceOf(line: Line): Snapshot[] {
  return line.base ? [line.base, ...line.snapshots] : line.snapshots;
}

/** What the events of a release are read from. */
export function treeFacts({ reading, kfuncs }: Snapshot): TreeFacts {
  const { flags, suffixes, hooks, jit } = reading;
  const facts = new Map([...kfuncs].map(([name, kfunc]) => [name, kfunc.facts]));
  return { flags, suffixes, hooks, jit, kfuncs: facts };
}

function snapshotOf(reading: ReleaseReading): Snapshot {
  const { id, preview } = reading.release;
  return { id, preview, reading, kfuncs: new Map(reading.kfuncs.map((k) => [k.name, k])) };
}

function checkIds(readings: readonly ReleaseReading[]): void {
  const seen = new Map<string, string>();
  for (const { release } of readings) {
    const other = seen.get(release.id);
    if (other !== undefined) {
      throw new UserError(
        `Two releases have the name ${release.id} (${other} and ${release.tag}): give one of them another name.`,
      );
    }
    seen.set(release.id, release.tag);
  }
}

/** The newest release that is no preview; a preview where there is nothing else. */
export function newestOf(mainline: readonly Snapshot[]): Snapshot | null {
  return mainline.findLast((snapshot) => !snapshot.preview) ?? mainline.at(-1) ?? null;
}

/**
 * The mainline release that a line is compared with: for a series (`6.12.y`) or a tree whose revision
 * is a version (`v6.12.107`), the newest one that is not newer; for any other tree, of which no
 * version is known, the newest of all.
 */
function baseOf(
  line: string,
  first: ReleaseReading,
  mainline: readonly Snapshot[],
): Snapshot | null {
  const version = seriesOf(line) ?? versionOf(first.release.tag);
  const older = mainline.filter((snapshot) => {
    const own = versionOf(snapshot.id);
    return version && own && compareVersions(own, version) <= 0;
  });
  return older.at(-1) ?? newestOf(mainline);
}

/**
 * Sorts readings into lines, mainline first, and each line's releases by version. A UserError says
 * when two readings have the same id, since addresses are made of it.
 */
export function linesOf(readings: readonly ReleaseReading[]): Line[] {
  checkIds(readings);
  const groups = Map.groupBy(readings, (reading) => reading.release.line);
  const lines: Line[] = [];
  for (const id of [...groups.keys()].sort(compareLines)) {
    const sorted = groups.get(id)!.sort((a, b) => compareReleases(a.release, b.release));
    const mainline = lines.find((line) => line.id === MAINLINE)?.snapshots ?? [];
    const base = id === MAINLINE ? null : baseOf(id, sorted[0]!, mainline);
    lines.push({ id, base, snapshots: sorted.map(snapshotOf) });
  }
  return lines;
}
