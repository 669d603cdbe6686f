import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleaseEntry } from '../../src/data/schema/index.ts';
import { selectReleases } from '../../src/git/releases.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { budgets, FULL_SERIES, type Row } from './budgets.ts';
import { extractionRows, type Effort } from './extraction.ts';
import { makeStandIn } from './stand-in.ts';

/** Where `kernels` puts the repository that it makes. */
const USUAL_PLACE = 'kernels/debian.git';

export interface LinuxOptions {
  linux?: string;
  runs?: number;
  work: string;
  note: (text: string) => void;
}

export interface Measured {
  rows: Row[];
  /** What a reader of the rows has to know. */
  remarks: string[];
}

/**
 * The rows about extraction. A repository with a full series is measured as it is; one with fewer
 * releases is measured, and then a full series is interpolated from it: see stand-in.ts.
 */
export async function linuxRows(options: LinuxOptions): Promise<Measured> {
  const dir = options.linux ?? usualPlace();
  if (dir === undefined) {
    const reason =
      'no kernel at hand: run `npx kfunc-atlas kernels --from debian`, or name one with --linux DIR.';
    return { rows: [unmeasured('full series', reason)], remarks: [] };
  }
  const repository = await openRepository(dir);
  try {
    const releases = await mainline(repository);
    return releases.length >= FULL_SERIES
      ? await fullSeries(repository, releases, options)
      : await fewReleases(repository, releases, options);
  } finally {
    await repository.close();
  }
}

async function fullSeries(
  repository: Repository,
  releases: readonly ReleaseEntry[],
  { runs = 1, work, note }: LinuxOptions,
): Promise<Measured> {
  const effort: Effort = { runs, increments: true, work: join(work, 'full-series'), note };
  const label = `full series of ${releases.length}, cold`;
  const subject = { label, place: repository, releases, cold: budgets.fullSeries };
  return { rows: await extractionRows(subject, effort), remarks: [] };
}

async function fewReleases(
  repository: Repository,
  releases: readonly ReleaseEntry[],
  options: LinuxOptions,
): Promise<Measured> {
  const { runs = 3, work, note } = options;
  const effort: Effort = { runs, increments: false, work: join(work, 'few-releases'), note };
  const label = `${releases.length} releases, cold`;
  const subject = { label, place: repository, releases, cold: budgets.fewReleases };
  const rows = await extractionRows(subject, effort);

  note('making a stand-in for the full series');
  const dir = join(work, 'stand-in.git');
  const invented = await makeStandIn(repository, releases, dir);
  const all = releases.length + invented;
  if (all < FULL_SERIES) {
    const reason = `these ${releases.length} releases leave room for ${invented} between them, not for ${FULL_SERIES} in all: give a repository with more.`;
    return { rows: [...rows, unmeasured('full series', reason)], remarks: [] };
  }
  const standIn = await openRepository(dir);
  try {
    const series = await mainline(standIn);
    const full = {
      label: `stand-in series of ${series.length}, cold`,
      place: standIn,
      releases: series,
      cold: budgets.fullSeries,
    };
    const effortThere: Effort = {
      runs: options.runs ?? 1,
      increments: true,
      work: join(work, 'stand-in'),
      note,
    };
    return {
      rows: [...rows, ...(await extractionRows(full, effortThere))],
      remarks: [
        `The stand-in for the full series has ${invented} invented releases between these ${releases.length}: each has a folder's files from the release before or from the one after, and two thirds of its files with kfuncs changed by a comment. Other paths have ${releases.length} versions at most, where real history has more: there are about half as many files to scan as in the real series, and deltas are shorter. --linux with a clone that has the tags from v5.13 on measures the real thing.`,
      ],
    };
  } finally {
    await standIn.close();
  }
}

async function mainline(repository: Repository): Promise<ReleaseEntry[]> {
  const { value } = selectReleases(repository, await repository.tags());
  return value.filter(({ line, preview }) => line === 'mainline' && !preview);
}

function usualPlace(): string | undefined {
  return existsSync(USUAL_PLACE) ? USUAL_PLACE : undefined;
}

function unmeasured(what: string, reason: string): Row {
  return { what, measured: null, yardstick: null, budget: budgets.fullSeries, reason };
}
