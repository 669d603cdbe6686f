import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReleaseEntry } from '../../src/data/schema/index.ts';
import type { Place } from '../../src/git/errors.ts';
import { budgets, failedRow, median, type Budget, type Row } from './budgets.ts';
import { atlas } from './command-line.ts';
import { CommandFailed, measure, type Measurement } from './measure.ts';
import { gitGrep } from './yardstick.ts';

export interface Subject {
  /** Names the rows: `full series of 31, cold`. */
  label: string;
  place: Place;
  /** Oldest first. */
  releases: readonly ReleaseEntry[];
  /** What a cold run may take, as a share of the yardstick. */
  cold: Budget;
}

export interface Effort {
  /** How often a cold run and its yardstick are measured. */
  runs: number;
  /** Whether one more release, and nothing new, are measured too. */
  increments: boolean;
  /** A folder for caches and datasets. */
  work: string;
  note: (text: string) => void;
}

/** How often what takes a second or a few is measured. */
const CHEAP_RUNS = 3;

/**
 * Cold extraction of all releases beside the yardstick over the same, each `runs` times by turns; then
 * a run with nothing new, and one that adds the newest release to the others. A row for each; one row that
 * says so when a command fails.
 */
export async function extractionRows(subject: Subject, effort: Effort): Promise<Row[]> {
  const what = subject.label;
  try {
    const cold = await coldRows(what, subject, effort);
    return effort.increments ? [...cold, ...(await incrementRows(subject, effort))] : cold;
  } catch (error) {
    if (error instanceof CommandFailed) return [failedRow(what, subject.cold, error.message)];
    throw error;
  }
}

async function coldRows(what: string, subject: Subject, effort: Effort): Promise<Row[]> {
  const { place, releases } = subject;
  const commits = releases.map(({ commit }) => commit);
  effort.note('one git grep, to fill the page cache');
  await gitGrep(place, commits.slice(-1));
  const greps: Measurement[] = [];
  const runs: Measurement[] = [];
  for (let i = 1; i <= effort.runs; i++) {
    effort.note(`git grep, ${i} of ${effort.runs}`);
    greps.push(await gitGrep(place, commits));
    effort.note(`cold extraction, ${i} of ${effort.runs}`);
    runs.push(await extract(subject, effort, `full-${i}`));
  }
  return [
    seconds(what, runs, greps, subject.cold),
    seconds('  user and system', cpu(runs), cpu(greps), null),
    {
      what: '  anonymous memory in Node',
      measured: { unit: 'bytes', value: Math.max(...runs.map(({ anonymous }) => anonymous)) },
      yardstick: null,
      budget: budgets.memory,
      reason: null,
    },
  ];
}

/**
 * Uses the cache that the last cold run has left. Nothing is deleted in between: a file system may be
 * slow for some seconds to make files where others were deleted (ext4 is).
 */
async function incrementRows(subject: Subject, effort: Effort): Promise<Row[]> {
  const { place, releases } = subject;
  const again: Measurement[] = [];
  effort.note('nothing new');
  const last = `full-${effort.runs}`;
  for (let i = 0; i < CHEAP_RUNS; i++) again.push(await extract(subject, effort, last));

  effort.note('all releases but the newest');
  await extract({ ...subject, releases: releases.slice(0, -1) }, effort, 'before');
  const greps: Measurement[] = [];
  const more: Measurement[] = [];
  for (let i = 1; i <= CHEAP_RUNS; i++) {
    effort.note(`one more release, ${i} of ${CHEAP_RUNS}`);
    greps.push(await gitGrep(place, [releases.at(-1)!.commit]));
    const copied = { recursive: true, preserveTimestamps: true };
    await cp(folder(effort, 'before'), folder(effort, `more-${i}`), copied);
    // The copy is this bench's own, and extraction waits for the disk: not for that, too.
    await measure({ file: 'sync', args: [] });
    more.push(await extract(subject, effort, `more-${i}`));
  }
  return [
    seconds('  again, nothing new', again, [], budgets.nothingNew),
    seconds(`  one more release (${releases.at(-1)!.id})`, more, greps, budgets.oneMore),
    seconds('    user and system', cpu(more), cpu(greps), null),
  ];
}

function folder({ work }: Effort, name: string): string {
  return join(work, name);
}

/** Runs `extract` on a cache and a dataset of its own, in the folder `name`. */
function extract(subject: Subject, effort: Effort, name: string): Promise<Measurement> {
  const target = folder(effort, name);
  return atlas(
    'extract',
    ...['--linux', subject.place.dir],
    ...[
      '--releases',
      subject.releases.map(({ id, line, tag }) => (line === 'mainline' ? id : tag)).join(','),
    ],
    ...['--cache', join(target, 'cache')],
    ...['--out', join(target, 'data')],
  );
}

/** The same with processor time in the place of the clock's. */
function cpu(runs: readonly Measurement[]): Measurement[] {
  return runs.map((run) => ({ ...run, wall: run.cpu }));
}

function seconds(
  what: string,
  runs: readonly Measurement[],
  greps: readonly Measurement[],
  budget: Budget | null,
): Row {
  const amount = (all: readonly Measurement[]) =>
    ({ unit: 'seconds', value: median(all.map(({ wall }) => wall)) }) as const;
  return {
    what,
    measured: amount(runs),
    yardstick: greps.length === 0 ? null : amount(greps),
    budget,
    reason: null,
  };
}
