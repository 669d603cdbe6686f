import { openCache, type Cache } from '../data/cache/cache.ts';
import type { Dataset } from '../data/dataset.ts';
import { MAINLINE, type ReleaseEntry } from '../data/schema/index.ts';
import { sortDiagnostics, type Diagnostic } from '../diagnostic.ts';
import { notLinux } from '../git/errors.ts';
import { openRepository } from '../git/repository.ts';
import { foldHistory } from '../history/fold.ts';
import { codeVersions } from './code-versions.ts';
import { checkIsLinux, readReleases, type ExtractProgress } from './read-releases.ts';

/** Two revisions of a checkout, read. */
export interface Revisions {
  /** The two and nothing else, as `from` and then `to`, of one line. */
  dataset: Dataset;
  from: ReleaseEntry;
  to: ReleaseEntry;
  diagnostics: Diagnostic[];
  cache: Cache['health'];
}

/**
 * Reads any two revisions of a Linux checkout, tags, branches or commits, as if `to` were the release
 * after `from`, whatever their ancestry. What was read is kept in the cache, and nothing else is written.
 *
 * @param revs as git takes them; the entries have them as their tags
 * @throws UserError for what the user can put right; odd C is in the diagnostics
 */
export async function readRevisions(
  linux: string,
  revs: { from: string; to: string },
  options: { cacheDir: string; progress: ExtractProgress },
): Promise<Revisions> {
  const repository = await openRepository(linux);
  try {
    // Their dates, made up, order them: a revision need not be younger than one that it is held against.
    const entryOf = async (id: 'from' | 'to', order: string): Promise<ReleaseEntry> => {
      const { commit } = await repository.resolve(revs[id]);
      await checkIsLinux(repository, commit, notLinux(linux, revs[id]));
      const tag = revs[id];
      return { id, line: MAINLINE, tag, exact: true, preview: false, date: order, commit };
    };
    const entries = [await entryOf('from', '0'), await entryOf('to', '1')];
    const cache = await openCache(options.cacheDir, codeVersions().parser);
    const read = await readReleases(repository, entries, cache, options.progress);
    const { releases, releaseFiles, kfuncs, prose, ...history } = foldHistory(read.readings);
    const [from, to] = [releases[0]!, releases[1]!];
    return {
      dataset: { releases, releaseFiles, kfuncs, prose },
      from,
      to,
      diagnostics: sortDiagnostics([
        ...read.diagnostics,
        ...read.readings.flatMap((reading) => reading.diagnostics),
        ...history.diagnostics,
      ]),
      cache: cache.health,
    };
  } finally {
    await repository.close();
  }
}
