import { openCache, type Cache } from '../data/cache/cache.ts';
import { fingerprintDataset } from '../data/read.ts';
import type { ReleaseEntry } from '../data/schema/index.ts';
import { checkDestination, writeDataset, type WriteReport } from '../data/write.ts';
import { sortDiagnostics, type Diagnostic, type Parsed } from '../diagnostic.ts';
import { notLinux } from '../git/errors.ts';
import { selectReleases } from '../git/releases.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { foldHistory } from '../history/fold.ts';
import { codeVersions } from './code-versions.ts';
import { checkIsLinux, readReleases, type ExtractProgress } from './read-releases.ts';

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

export interface ExtractReport {
  releases: ReleaseEntry[];
  /** null when the dataset was up to date and nothing was read. */
  written: (Omit<WriteReport, 'fingerprint'> & { kfuncs: number }) | null;
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

/** Whether what is checked out is not Linux; a repository that has nothing may still become it. */
async function isSomethingElse(repository: Repository): Promise<boolean> {
  const head = await repository.resolve('HEAD').catch(() => null);
  return head !== null && !(await repository.isLinux(head.commit));
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
    // Together: git looks for the one while the other is read from the disk.
    const { out, prose } = options;
    const looking = Promise.all([chooseReleases(repository, options), checkDestination(out)]);
    const versions = codeVersions();
    const [chosen] = await looking;
    const releases = chosen.value;
    const cache = await openCache(options.cacheDir, versions.parser);

    // The same releases, read by the same code, give the same dataset: then there is nothing to do.
    const key = JSON.stringify({ code: versions.extractor, out, prose, releases });
    const before = cache.stamp(key);
    if (before !== undefined && before === (await fingerprintDataset(out))) {
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
    const { fingerprint, ...written } = await writeDataset(out, history, { prose });
    cache.putStamp(key, fingerprint);
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
