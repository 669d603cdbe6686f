import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Dataset } from '../../src/data/dataset.ts';
import { readDataset } from '../../src/data/read.ts';
import type { Change, KfuncFacts, KfuncRecord, ReleaseFile } from '../../src/data/schema/index.ts';
import { formatDiagnostic } from '../../src/diagnostic.ts';
import { extract, type ExtractOptions, type ExtractReport } from '../../src/extract/extract.ts';
import { invent, type InventedCommit } from '../repositories.ts';
import { modernTree, type Files, type Knowledge } from './base.ts';

/** A folder for the tests of one file, gone when they have ended. */
export function workshop(): string {
  const dir = mkdtempSync(join(tmpdir(), 'kfunc-atlas-kernels-'));
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  return dir;
}

/** extract(), in `dir`: `linux` is the repository, `data` the dataset, `cache` the cache. */
export function run(dir: string, options: Partial<ExtractOptions> = {}): Promise<ExtractReport> {
  const nothing = (): void => undefined;
  return extract({
    linux: join(dir, 'linux'),
    releases: undefined,
    refs: [],
    out: join(dir, 'data'),
    cacheDir: join(dir, 'cache'),
    prose: true,
    progress: { begin: nothing, step: nothing, end: nothing },
    ...options,
  });
}

/** Releases of 6.0 and later, by tag: files, or files with what the release knows. */
export function kernels(
  releases: Record<string, Files | { files: Files; known: Knowledge }>,
): InventedCommit[] {
  return Object.entries(releases).map(([tag, release]) => ({
    tag,
    files:
      typeof release.files === 'object'
        ? modernTree(tag, release.files, release.known as Knowledge)
        : modernTree(tag, release as Files),
  }));
}

/** Makes a repository of the commits, reads it, and gives the dataset that was written. */
export async function atlasOf(
  commits: readonly InventedCommit[],
  options: Partial<ExtractOptions> = {},
): Promise<Atlas> {
  const dir = mkdtempSync(join(tmpdir(), 'kfunc-atlas-kernel-'));
  try {
    invent(join(dir, 'linux'), commits);
    const report = await run(dir, options);
    return new Atlas(await readDataset(join(dir, 'data')), report);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A dataset with short ways to say what is in it. */
export class Atlas {
  readonly dataset: Dataset;
  readonly report: ExtractReport;

  constructor(dataset: Dataset, report: ExtractReport) {
    this.dataset = dataset;
    this.report = report;
  }

  get names(): string[] {
    return this.dataset.kfuncs.map((kfunc) => kfunc.name);
  }

  get diagnostics(): string[] {
    return this.report.diagnostics.map(formatDiagnostic);
  }

  record(name: string): KfuncRecord {
    const record = this.dataset.kfuncs.find((kfunc) => kfunc.name === name);
    if (!record) throw new Error(`no ${name} among ${this.names.join(' ')}`);
    return record;
  }

  line(name: string, line = 'mainline'): KfuncRecord['lines'][number] {
    const found = this.record(name).lines.find(({ id }) => id === line);
    if (!found) throw new Error(`${name} has no line ${line}`);
    return found;
  }

  release(id: string): ReleaseFile {
    const file = this.dataset.releaseFiles.find((release) => release.id === id);
    if (!file) throw new Error(`no release ${id}`);
    return file;
  }

  /** What is true of a kfunc in a release of mainline. */
  facts(name: string, release: string): KfuncFacts {
    const order = this.dataset.releases.filter((r) => r.line === 'mainline').map((r) => r.id);
    const at = order.indexOf(release);
    const state = this.line(name).states.find(
      ({ from, to }) => order.indexOf(from) <= at && (to === null || at <= order.indexOf(to)),
    );
    if (!state) throw new Error(`${name} has no state in ${release}`);
    return state;
  }

  /** `v6.1 (not in v6.0) to v6.3 (gone in v6.4)`. */
  spans(name: string): string[] {
    return this.line(name).spans.map(({ first, after, last, goneIn }) => {
      const from = after === null ? first : `${first} (not in ${after})`;
      return last === null ? from : `${from} to ${last} (gone in ${String(goneIn)})`;
    });
  }

  /** `v6.2 flags: KF_RCU -> KF_RCU, KF_RET_NULL`; an event's id in brackets. */
  changes(name: string, line = 'mainline'): string[] {
    return this.line(name, line).changes.map(changeText);
  }

  /** The same, with the kinds alone: `v6.2 flags`. */
  kinds(name: string, line = 'mainline'): string[] {
    return this.line(name, line).changes.map(({ release, kind }) => `${release} ${kind}`);
  }

  /** Program types without their prefix. */
  types(name: string, release: string): string[] {
    return this.facts(name, release).programTypes.map((t) => t.replace('BPF_PROG_TYPE_', ''));
  }
}

function changeText({ release, kind, was, now, event }: Change): string {
  const sides = [was, now].map((texts) => texts.join(', '));
  const text = sides.filter((side) => side !== '').join(' -> ');
  return `${release} ${kind}: ${text}${event === null ? '' : ` [${event}]`}`;
}
