import { openCache, type Cache } from '../data/cache/cache.ts';
import { fingerprintDataset } from '../data/read.ts';
import type { ReleaseEntry } from '../data/schema/index.ts';
import { checkDestination, writeDataset, type WriteReport } from '../data/write.ts';
import { sortDiagnostics, type Diagnostic, type Parsed } from '../diagnostic.ts';
import { notLinux } from '../git/errors.ts';
import { selectReleases } from '../git/releases.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { foldHistory } from '../history/fold.ts';
import type { ReleaseReading } from '../kfunc/types.ts';
import type { UserError } from '../user-error.ts';
import { BlobTexts, MAX_TEXT } from './blob-texts.ts';
import { extractorVersion, parserVersion } from './parser-version.ts';
import { fileKinds } from './file-kinds.ts';
import { ReleaseReader } from './read-release.ts';
import { ScanPlanner, scanBlobs } from './scan.ts';

export interface ExtractOptions {
  /** Any git repository that holds Linux. */
  linux: string;
  /** A glob, a list or a range of releases; all when undefined. */
  releases: string | undefined;
  /** Commits or branches to be read as trees of their own. */
  refs: { name: string; rev: string }[];
  /** The dataset's folder. */
  out: string;
  cacheDir: string;
  /** Whether the kernel's own words are written too. */
  prose: boolean;
  /** Told what begins, with the number of steps, and each step. */
  progress: ExtractProgress;
}

export interface ExtractProgress {
  begin(label: string, total: number): void;
  step(count: number): void;
  end(): void;
}

export interface ExtractReport {
  releases: ReleaseEntry[];
  /** null when the dataset was up to date and nothing was read. */
  written: (WriteReport & { kfuncs: number }) | null;
  /** Releases that were read in this run; the others were kept from earlier ones. */
  read: string[];
  diagnostics: Diagnostic[];
  cache: Cache['health'];
}

async function chooseReleases(
  repository: Repository,
  options: ExtractOptions,
): Promise<Parsed<ReleaseEntry[]>> {
  const refs = await Promise.all(
    options.refs.map(async ({ name, rev }) => ({ name, rev, ...(await repository.resolve(rev)) })),
  );
  const tags = await repository.tags();
  if (tags.length === 0 && (await isSomethingElse(repository))) throw notLinux(options.linux);
  const chosen = selectReleases(repository, tags, { releases: options.releases, refs });
  const newest = chosen.value.findLast(({ line }) => line === 'mainline');
  if (newest) await checkIsLinux(repository, newest.commit, notLinux(options.linux));
  for (const { rev, commit } of refs) {
    await checkIsLinux(repository, commit, notLinux(options.linux, rev));
  }
  return chosen;
}

/** Throws `otherwise` for a tree of something else, and what it lacks for one that is incomplete. */
async function checkIsLinux(
  repository: Repository,
  commit: string,
  otherwise: UserError,
): Promise<void> {
  if (await repository.isLinux(commit)) return;
  const makefile = (await repository.listTree(commit)).oid('Makefile');
  if (makefile !== undefined) await repository.objects.read(makefile, { maxBytes: MAX_TEXT });
  throw otherwise;
}

/** Whether what is checked out is not Linux; a repository that has nothing may still become it. */
async function isSomethingElse(repository: Repository): Promise<boolean> {
  const head = await repository.resolve('HEAD').catch(() => null);
  return head !== null && !(await repository.isLinux(head.commit));
}

/** What was read of a commit, when it went by this name or another. */
function asOf(release: ReleaseEntry, kept: ReleaseReading): ReleaseReading {
  const diagnostics = kept.diagnostics.map((d) => ({ ...d, release: release.id }));
  return { ...kept, release, diagnostics };
}

/** Reads the releases that no earlier run has read with this parser. */
async function readReleases(
  repository: Repository,
  releases: readonly ReleaseEntry[],
  cache: Cache,
  progress: ExtractProgress,
): Promise<{ readings: ReleaseReading[]; read: string[]; diagnostics: Diagnostic[] }> {
  const readings = new Map<string, ReleaseReading>();
  for (const release of releases) {
    const kept = cache.reading(release.commit, '') as ReleaseReading | undefined;
    if (kept) readings.set(release.id, asOf(release, kept));
  }
  const unread = releases.filter((release) => !readings.has(release.id));
  const diagnostics: Diagnostic[] = [];

  const kinds = fileKinds(cache);
  const planner = new ScanPlanner(Object.values(kinds));
  progress.begin('Listing releases', unread.length);
  for (const release of unread.toReversed()) {
    const listing = await repository.listTree(release.commit);
    diagnostics.push(...listing.diagnostics.map((d) => ({ ...d, release: release.id })));
    planner.add(listing);
    progress.step(1);
  }
  progress.end();

  const plan = planner.plan();
  progress.begin('Scanning source files', plan.oids.length);
  diagnostics.push(
    ...(await scanBlobs(plan, repository.objects, cache, (count) => {
      progress.step(count);
    })),
  );
  progress.end();

  const reader = new ReleaseReader(new BlobTexts(repository.objects, cache), cache, kinds);
  progress.begin('Reading releases', unread.length);
  for (const release of unread) {
    const reading = await reader.read(release, await repository.listTree(release.commit));
    cache.putReading(release.commit, '', reading);
    readings.set(release.id, reading);
    progress.step(1);
  }
  reader.save();
  progress.end();
  cache.flush();
  return {
    readings: releases.map((release) => readings.get(release.id)!),
    read: unread.map((release) => release.id),
    diagnostics,
  };
}

/**
 * Walks a Linux checkout and writes the dataset of its kfuncs: finds the releases, reads those that
 * are new, folds them into histories. What was read is kept in the cache, so that a run with nothing
 * new ends at once, and a run that was killed goes on where it was.
 *
 * Throws a UserError for what the user can put right; odd C is in the report's diagnostics.
 */
export async function extract(options: ExtractOptions): Promise<ExtractReport> {
  const repository = await openRepository(options.linux);
  try {
    const chosen = await chooseReleases(repository, options);
    const releases = chosen.value;
    const cache = await openCache(options.cacheDir, parserVersion());
    await checkDestination(options.out);

    // The same releases, read by the same code, give the same dataset: then there is nothing to do.
    const key = JSON.stringify({
      code: extractorVersion(),
      out: options.out,
      prose: options.prose,
      releases,
    });
    const before = await fingerprintDataset(options.out);
    if (before !== null && cache.stamp(key) === before) {
      const { diagnostics } = chosen;
      return { releases, written: null, read: [], diagnostics, cache: cache.health };
    }

    const { readings, read, diagnostics } = await readReleases(
      repository,
      releases,
      cache,
      options.progress,
    );
    const history = foldHistory(readings);
    const written = await writeDataset(options.out, history, { prose: options.prose });
    cache.putStamp(key, await fingerprintDataset(options.out));
    return {
      releases,
      written: { ...written, kfuncs: history.kfuncs.length },
      read,
      diagnostics: sortDiagnostics([
        ...chosen.diagnostics,
        ...diagnostics,
        ...readings.flatMap((reading) => reading.diagnostics),
        ...history.diagnostics,
      ]),
      cache: cache.health,
    };
  } finally {
    await repository.close();
  }
}
