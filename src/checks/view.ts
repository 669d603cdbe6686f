import type { Dataset } from '../data/dataset.ts';
import {
  MAINLINE,
  type KfuncLine,
  type KfuncRecord,
  type ReleaseEntry,
  type ReleaseFile,
  type State,
} from '../data/schema/index.ts';

/** One kfunc in one release. */
export interface Moment {
  record: KfuncRecord;
  release: ReleaseEntry;
  file: ReleaseFile;
  state: State;
}

/** One line of one kfunc, and the releases it is folded over. */
export interface LineView {
  record: KfuncRecord;
  line: KfuncLine;
  /** Ids of the line's releases, oldest first. */
  ids: readonly string[];
}

/** A dataset, with what the checks look up in it. */
export class View {
  readonly dataset: Dataset;
  private readonly entries: ReadonlyMap<string, ReleaseEntry>;
  private readonly files: ReadonlyMap<string, ReleaseFile>;
  private readonly idsByLine: ReadonlyMap<string, string[]>;
  private readonly bases: ReadonlyMap<string, string | null>;

  constructor(dataset: Dataset) {
    this.dataset = dataset;
    this.entries = new Map(dataset.releases.map((r) => [r.id, r]));
    this.files = new Map(dataset.releaseFiles.map((f) => [f.id, f]));
    const byLine = Map.groupBy(dataset.releases, (r) => r.line);
    this.idsByLine = new Map([...byLine].map(([id, list]) => [id, list.map((r) => r.id)]));
    const lines = dataset.kfuncs.flatMap((record) => record.lines);
    this.bases = new Map(lines.map((line) => [line.id, line.base]));
  }

  /** Names of the lines, in the order of releases.json. */
  get lines(): string[] {
    return [...this.idsByLine.keys()];
  }

  /** Ids of a line's releases, oldest first. */
  idsOf(line: string): readonly string[] {
    return this.idsByLine.get(line) ?? [];
  }

  entry(release: string): ReleaseEntry | undefined {
    return this.entries.get(release);
  }

  file(release: string): ReleaseFile | undefined {
    return this.files.get(release);
  }

  /** The release that another is compared with; null for the first of a line without a base. */
  before(release: string): string | null {
    const line = this.entries.get(release)?.line ?? '';
    const ids = this.idsOf(line);
    return ids[ids.indexOf(release) - 1] ?? this.bases.get(line) ?? null;
  }

  /** Every line of every kfunc. */
  *kfuncLines(): Generator<LineView> {
    for (const record of this.dataset.kfuncs) {
      for (const line of record.lines) yield { record, line, ids: this.idsOf(line.id) };
    }
  }

  /**
   * What is true of a kfunc in a release; null where it is absent. A line of which the record does not
   * speak has what its base has; undefined when nothing tells which base that is.
   */
  stateAt(record: KfuncRecord, release: string): State | null | undefined {
    const lineId = this.entries.get(release)?.line;
    if (lineId === undefined) return undefined;
    const line = record.lines.find(({ id }) => id === lineId);
    if (line) {
      const ids = this.idsOf(lineId);
      return line.states.find((s) => covered(ids, s).includes(release)) ?? null;
    }
    if (lineId === MAINLINE) return null;
    const base = this.bases.get(lineId);
    if (base === undefined && this.idsByLine.has(MAINLINE)) return undefined;
    return typeof base === 'string' ? this.stateAt(record, base) : null;
  }

  /** Whether what a release has is told, by its line or by a base; see stateAt(). */
  isKnown(release: string): boolean {
    return this.dataset.kfuncs.every((record) => this.stateAt(record, release) !== undefined);
  }

  /** Every kfunc in every release that has it. */
  *moments(): Generator<Moment> {
    for (const record of this.dataset.kfuncs) {
      for (const release of this.dataset.releases) {
        const state = this.stateAt(record, release.id);
        const file = this.files.get(release.id);
        if (state && file) yield { record, release, file, state };
      }
    }
  }

  /** Every state of every kfunc, with its releases. */
  *states(): Generator<{ record: KfuncRecord; line: KfuncLine; state: State; ids: string[] }> {
    for (const { record, line, ids } of this.kfuncLines()) {
      for (const state of line.states) yield { record, line, state, ids: covered(ids, state) };
    }
  }
}

/** The releases of a line from `from` to `to`, which is its newest when null. */
export function covered(
  ids: readonly string[],
  { from, to }: { from: string; to: string | null },
): string[] {
  const start = ids.indexOf(from);
  const end = to === null ? ids.length - 1 : ids.indexOf(to);
  return start === -1 ? [] : ids.slice(start, end + 1);
}
