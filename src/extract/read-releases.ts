import { setImmediate as breath } from 'node:timers/promises';
import type { Cache } from '../data/cache/cache.ts';
import type { ReleaseEntry } from '../data/schema/index.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { KnownTree, Repository } from '../git/repository.ts';
import type { ReleaseReading } from '../kfunc/types.ts';
import type { UserError } from '../user-error.ts';
import { BlobTexts, MAX_TEXT } from './blob-texts.ts';
import { fileKinds } from './file-kinds.ts';
import { KeptReadings } from './kept-readings.ts';
import { KeptTree } from './kept-tree.ts';
import { ReleaseReader } from './read-release.ts';
import { ScanPlanner } from './scan-plan.ts';
import { scanBlobs } from './scan.ts';

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
function listAhead(
  repository: Repository,
  release: ReleaseEntry | undefined,
  known?: KnownTree,
): void {
  if (release) repository.listTree(release.commit, known).catch(() => undefined);
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
  planner: ScanPlanner;
  cache: Cache;
  progress: ExtractProgress;
}

/** Lists releases, and reads what nobody has read of them. */
async function scanReleases(
  repository: Repository,
  releases: readonly ReleaseEntry[],
  { planner, cache, progress }: ScanWork,
): Promise<Diagnostic[]> {
  if (releases.length === 0) return [];
  const diagnostics: Diagnostic[] = [];
  progress.begin('Listing releases', releases.length);
  for (const [i, release] of [...releases.entries()].reverse()) {
    // Two, since a core each is free for them.
    for (const next of [i - 1, i - 2]) listAhead(repository, releases[next]);
    const listing = await repository.listTree(release.commit);
    diagnostics.push(...listing.diagnostics.map((d) => ({ ...d, release: release.id })));
    await planner.add(listing);
    progress.step(1);
  }
  progress.end();

  const plan = planner.plan();
  progress.begin('Scanning source files', plan.oids.length);
  const scanned = await scanBlobs(plan, repository.objects, cache, (count) => {
    progress.step(count);
  });
  diagnostics.push(...scanned);
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
  const tree = new KeptTree(cache);
  listAhead(repository, fresh.at(-1), tree);
  // While git lists.
  const kinds = fileKinds(cache, repository.objects);
  const planner = new ScanPlanner(Object.values(kinds));
  cache.load();
  if (fresh.length > 0) tree.planWith(planner);
  const work = { planner, cache, progress };
  const scanning = scanReleases(repository, fresh, work);
  scanning.catch(() => undefined);
  const readings = await recall(releases, kept);
  const diagnostics = await scanning;
  // What is kept of a release may turn out to be damaged.
  const unread = releases.filter(({ id }) => !readings.has(id));
  const damaged = unread.filter((release) => !fresh.includes(release));
  diagnostics.push(...(await scanReleases(repository, damaged, work)));
  const inOrder = () => releases.map((release) => readings.get(release.id)!);
  if (unread.length === 0) return { readings: inOrder(), read: [], diagnostics };

  const reader = new ReleaseReader(new BlobTexts(repository.objects), cache, kinds, planner);
  progress.begin('Reading releases', unread.length);
  for (const release of unread) {
    const reading = await reader.read(release, await repository.listTree(release.commit));
    readings.set(release.id, kept.keep(reading));
    progress.step(1);
  }
  reader.save();
  const newest = unread.at(-1)!.commit;
  tree.keep(newest, await repository.listTree(newest), planner);
  progress.end();
  cache.flush();
  return {
    readings: inOrder(),
    read: unread.map((release) => release.id),
    diagnostics,
  };
}
