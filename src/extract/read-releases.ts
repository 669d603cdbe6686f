import type { Cache } from '../data/cache/cache.ts';
import type { ReleaseEntry } from '../data/schema/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Repository } from '../git/repository.ts';
import type { ReleaseReading } from '../kfunc/types.ts';
import type { UserError } from '../user-error.ts';
import { BlobTexts, MAX_TEXT } from './blob-texts.ts';
import { fileKinds } from './file-kinds.ts';
import { ReleaseReader } from './read-release.ts';
import { ScanPlanner, scanBlobs } from './scan.ts';

export interface ExtractProgress {
  begin(label: string, total: number): void;
  step(count: number): void;
  end(): void;
}

/** Throws `otherwise` for a tree of something else, and what it lacks for one that is incomplete. */
export async function checkIsLinux(
  repository: Repository,
  commit: string,
  otherwise: UserError,
): Promise<void> {
  if (await repository.isLinux(commit)) return;
  const makefile = (await repository.listTree(commit)).oid('Makefile');
  if (makefile !== undefined) await repository.objects.read(makefile, { maxBytes: MAX_TEXT });
  throw otherwise;
}

/** What was read of a commit, when it went by this name or another. */
function asOf(release: ReleaseEntry, kept: ReleaseReading): ReleaseReading {
  const diagnostics = kept.diagnostics.map((d) => ({ ...d, release: release.id }));
  return { ...kept, release, diagnostics };
}

/** Has git list a release while something else is done; what fails does so when the list is asked for. */
function listAhead(repository: Repository, release: ReleaseEntry | undefined): void {
  if (release) repository.listTree(release.commit).catch(() => undefined);
}

/** Reads the releases that no earlier run has read with this parser. */
export async function readReleases(
  repository: Repository,
  releases: readonly ReleaseEntry[],
  cache: Cache,
  progress: ExtractProgress,
): Promise<{ readings: ReleaseReading[]; read: string[]; diagnostics: Diagnostic[] }> {
  const readings = new Map<string, ReleaseReading>();
  const unread: ReleaseEntry[] = [];
  for (const release of releases.toReversed()) {
    const kept = cache.reading(release.commit, '') as ReleaseReading | undefined;
    if (kept) readings.set(release.id, asOf(release, kept));
    else if (unread.unshift(release) === 1) listAhead(repository, release);
  }
  const diagnostics: Diagnostic[] = [];
  const inOrder = () => releases.map((release) => readings.get(release.id)!);
  if (unread.length === 0) return { readings: inOrder(), read: [], diagnostics };

  const kinds = fileKinds(cache, repository.objects);
  const planner = new ScanPlanner(Object.values(kinds));
  progress.begin('Listing releases', unread.length);
  for (const [i, release] of [...unread.entries()].reverse()) {
    const listing = await repository.listTree(release.commit);
    listAhead(repository, unread[i - 1]);
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

  const reader = new ReleaseReader(new BlobTexts(repository.objects), cache, kinds);
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
    readings: inOrder(),
    read: unread.map((release) => release.id),
    diagnostics,
  };
}
