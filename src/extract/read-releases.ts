import { setImmediate as breath } from 'node:timers/promises';
import type { Cache } from '../data/cache/cache.ts';
import type { ReleaseEntry } from '../data/schema/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { Repository } from '../git/repository.ts';
import type { ReleaseReading } from '../kfunc/types.ts';
import type { UserError } from '../user-error.ts';
import { BlobTexts, MAX_TEXT } from './blob-texts.ts';
import { fileKinds } from './file-kinds.ts';
import { changesOfOne, headStart, type HeadStart } from './head-start.ts';
import { KeptReadings } from './kept-readings.ts';
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

/** Has git list a release while something else is done; what fails does so when the list is asked for. */
function listAhead(repository: Repository, release: ReleaseEntry | undefined): void {
  if (release) repository.listTree(release.commit).catch(() => undefined);
}

/** What earlier runs have read of releases, by their ids. */
async function recall(
  releases: readonly ReleaseEntry[],
  kept: KeptReadings,
): Promise<Map<string, ReleaseReading>> {
  const readings = new Map<string, ReleaseReading>();
  for (const release of releases) {
    // A reading takes milliseconds: what git has to tell meanwhile is heard between them.
    await breath();
    const reading = kept.recall(release);
    if (reading) readings.set(release.id, reading);
  }
  return readings;
}

interface ScanWork {
  begun: HeadStart;
  planner: ScanPlanner;
  cache: Cache;
  progress: ExtractProgress;
}

/** Lists releases, and reads what nobody has read of them nor has begun to. */
async function scanReleases(
  repository: Repository,
  releases: readonly ReleaseEntry[],
  { begun, planner, cache, progress }: ScanWork,
): Promise<Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  progress.begin('Listing releases', releases.length);
  for (const [i, release] of [...releases.entries()].reverse()) {
    const listing = await repository.listTree(release.commit);
    listAhead(repository, releases[i - 1]);
    diagnostics.push(...listing.diagnostics.map((d) => ({ ...d, release: release.id })));
    await planner.add(listing);
    progress.step(1);
  }
  progress.end();

  const plan = planner.plan();
  const step = (count: number) => {
    progress.step(count);
  };
  progress.begin('Scanning source files', begun.blobs + plan.oids.length);
  diagnostics.push(...(await begun.finish(step)));
  diagnostics.push(...(await scanBlobs(plan, repository.objects, cache, step)));
  progress.end();
  return diagnostics;
}

/** Reads the releases that no earlier run has read with this parser. */
export async function readReleases(
  repository: Repository,
  releases: readonly ReleaseEntry[],
  cache: Cache,
  progress: ExtractProgress,
): Promise<{ readings: ReleaseReading[]; read: string[]; diagnostics: Diagnostic[] }> {
  const kept = new KeptReadings(cache);
  const fresh = releases.filter(({ commit }) => !kept.has(commit));
  const changes = changesOfOne(repository, releases, fresh);
  // While git compares.
  const kinds = fileKinds(cache, repository.objects);
  const planner = new ScanPlanner(Object.values(kinds));
  cache.load();
  listAhead(repository, fresh.at(-1));
  const recalling = recall(releases, kept);
  const begun = await headStart(await changes, planner, repository.objects, cache);
  const readings = await recalling;
  const unread = releases.filter(({ id }) => !readings.has(id));
  const inOrder = () => releases.map((release) => readings.get(release.id)!);
  if (unread.length === 0) return { readings: inOrder(), read: [], diagnostics: [] };

  const diagnostics = await scanReleases(repository, unread, { begun, planner, cache, progress });

  const reader = new ReleaseReader(new BlobTexts(repository.objects), cache, kinds, planner);
  progress.begin('Reading releases', unread.length);
  for (const release of unread) {
    const reading = await reader.read(release, await repository.listTree(release.commit));
    readings.set(release.id, kept.keep(reading));
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
