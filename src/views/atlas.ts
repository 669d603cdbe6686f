import { basesOf, statesOf, type StateAt } from '../data/at-release.ts';
import type { Dataset } from '../data/dataset.ts';
import type { KfuncRecord, ReleaseEntry, ReleaseFile, State } from '../data/schema/index.ts';
import { comparerOf, type Compare } from '../diff/difference.ts';
import { addresses, type Addresses } from './address.ts';
import { sourceHref, type SourceBrowser } from './source-browser.ts';

/** The line that releases without a further word belong to. */
export const mainline = 'mainline';

/** The dataset with what each page looks up in it, made once a build. */
export interface Atlas {
  dataset: Dataset;
  to: Addresses;
  browser: SourceBrowser;
  /** Canonical addresses begin with it; undefined when the site's place is not known. */
  site: string | undefined;
  release: (id: string) => ReleaseEntry;
  file: (id: string) => ReleaseFile;
  kfunc: (name: string) => KfuncRecord | undefined;
  /** Releases of a line, oldest first. */
  line: (id: string) => ReleaseEntry[];
  /** Lines other than mainline, in the dataset's order. */
  otherLines: string[];
  /** The newest mainline release that is no preview; undefined in a dataset of other trees only. */
  newest: ReleaseEntry | undefined;
  /** Where a release stands in its line, from 0. */
  order: (id: string) => number;
  /** The mainline release that a line is told as differences from; null when it is told whole. */
  base: (lineId: string) => string | null;
  /** What is true of a kfunc in a release; undefined where it is absent. */
  stateAt: StateAt;
  /** What differs between two releases, the older first. */
  compare: Compare;
  source: (releaseId: string, file: string, line: number | null) => string | null;
}

export interface AtlasOptions {
  /** `/` or `/sub/path/`. */
  base: string;
  browser: SourceBrowser;
  /** `https://example.org`, without a path. */
  site: string | undefined;
}

export function makeAtlas(dataset: Dataset, options: AtlasOptions): Atlas {
  const releases = new Map(dataset.releases.map((r) => [r.id, r]));
  const files = new Map(dataset.releaseFiles.map((f) => [f.id, f]));
  const kfuncs = new Map(dataset.kfuncs.map((k) => [k.name, k]));
  const lines = Map.groupBy(dataset.releases, (r) => r.line);
  const order = new Map([...lines.values()].flatMap((line) => line.map((r, i) => [r.id, i])));
  const bases = basesOf(dataset.kfuncs);
  const own = lines.get(mainline);
  const release = (id: string) => found(releases.get(id), `release ${id}`);
  return {
    dataset,
    to: addresses(options.base),
    browser: options.browser,
    site: options.site,
    release,
    file: (id) => found(files.get(id), `file of release ${id}`),
    kfunc: (name) => kfuncs.get(name),
    line: (id) => lines.get(id) ?? [],
    otherLines: [...lines.keys()].filter((id) => id !== mainline),
    newest: own?.findLast((r) => !r.preview) ?? own?.at(-1),
    order: (id) => order.get(id) ?? -1,
    base: (id) => bases.get(id) ?? null,
    stateAt: statesOf(dataset),
    compare: comparerOf(dataset),
    source: (id, file, line) => sourceHref(options.browser, release(id), file, line),
  };
}

/** The reader of the dataset checks that releases named in it exist, so this is a bug, not bad input. */
function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The dataset has no ${what}.`);
  return value;
}

/** Releases that a state covers, oldest first. */
export function releasesOf(atlas: Atlas, lineId: string, state: State): ReleaseEntry[] {
  const line = atlas.line(lineId);
  const from = line.findIndex((r) => r.id === state.from);
  const to = state.to === null ? line.length - 1 : line.findIndex((r) => r.id === state.to);
  return line.slice(Math.max(0, from), to + 1);
}

/** The newest state there is: mainline's, or else of the first other line. */
export function newestState(record: KfuncRecord): { line: string; state: State } | undefined {
  const line =
    record.lines.find((l) => l.id === mainline && l.states.length > 0) ?? record.lines[0];
  const state = line?.states.at(-1);
  return line === undefined || state === undefined ? undefined : { line: line.id, state };
}
