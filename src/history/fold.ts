import type {
  KfuncLine,
  KfuncRecord,
  ReleaseEntry,
  ReleaseFile,
  TreeEvent,
} from '../data/schema/index.ts';
import { sortDiagnostics, type Diagnostic } from '../diagnostic.ts';
import { byCodeUnit } from '../kfunc/names.ts';
import type { ReleaseReading } from '../kfunc/types.ts';
import { foldLine } from './fold-line.ts';
import { eventsOf } from './events.ts';
import { linesOf, sequenceOf, treeFacts, type Line } from './lines.ts';
import { releaseFileOf } from './release-file.ts';
import { replacementsOf, successionsOf, type Succession } from './replacements.ts';
import { statusOf, subsystemOf } from './status.ts';

/** The dataset's records, folded from what was read of each release. */
export interface History {
  /** Mainline first, then stable series, then other trees; oldest first within a line. */
  releases: ReleaseEntry[];
  /** One for each of `releases`, in their order. */
  releaseFiles: ReleaseFile[];
  /** Sorted by name. */
  kfuncs: KfuncRecord[];
  /** The kernel's own words of all readings, by hash, sorted by it. */
  prose: Map<string, string>;
  /** Renames that could not be told apart, sorted; what the readings report is not repeated. */
  diagnostics: Diagnostic[];
}

/** Events of each release, each compared with the one before it in its line, or with its base. */
function eventsByRelease(lines: readonly Line[]): Map<string, TreeEvent[]> {
  const events = new Map<string, TreeEvent[]>();
  for (const line of lines) {
    sequenceOf(line).forEach((now, i, sequence) => {
      if (line.base && i === 0) return;
      const was = sequence[i - 1];
      events.set(now.id, was ? eventsOf(treeFacts(was), treeFacts(now)) : []);
    });
  }
  return events;
}

/**
 * Folds readings of releases, in any order, into histories. Pure: the same readings give the same
 * result, however they and their kfuncs are ordered. A UserError says when two releases have the same
 * id. Reported: renames that could not be told apart.
 */
export function foldHistory(readings: readonly ReleaseReading[]): History {
  const lines = linesOf(readings);
  const snapshots = lines.flatMap((line) => line.snapshots);
  const events = eventsByRelease(lines);
  const { byLine, diagnostics } = successionsOf(lines);
  const everywhere = [...byLine.values()].flat();
  const involving = bySide(everywhere);
  const names = new Set(snapshots.flatMap((snapshot) => [...snapshot.kfuncs.keys()]));

  const kfuncs = [...names].sort(byCodeUnit).map((name): KfuncRecord => {
    const own = involving.get(name) ?? [];
    const folded = lines.map((line): KfuncLine | null => {
      const here = own.filter((s) => byLine.get(line.id)!.includes(s));
      return foldLine(name, line, here, events);
    });
    return {
      name,
      status: statusOf(name, lines),
      subsystem: subsystemOf(name, lines),
      lines: folded.filter((line) => line !== null),
      ...replacementsOf(name, own),
    };
  });

  const prose = snapshots.flatMap((snapshot) => Object.entries(snapshot.reading.prose));
  return {
    releases: snapshots.map((snapshot) => snapshot.reading.release),
    releaseFiles: snapshots.map(({ id, reading }) => releaseFileOf(reading, events.get(id)!)),
    kfuncs,
    prose: new Map(prose.sort(([a], [b]) => byCodeUnit(a, b))),
    diagnostics: sortDiagnostics(diagnostics),
  };
}

/** Successions by the names on either side of them. */
function bySide(successions: readonly Succession[]): Map<string, Succession[]> {
  const found = new Map<string, Succession[]>();
  for (const succession of successions) {
    for (const name of new Set([succession.old, succession.now])) {
      found.set(name, [...(found.get(name) ?? []), succession]);
    }
  }
  return found;
}
