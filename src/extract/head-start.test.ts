import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { invent } from '../../tests/repositories.ts';
import { openCache, type Cache } from '../data/cache/cache.ts';
import type { ReleaseEntry } from '../data/schema/index.ts';
import { openRepository } from '../git/repository.ts';
import type { FileKind } from './file-kinds.ts';
import { changesOfOne, headStart } from './head-start.ts';
import { ScanPlanner } from './scan.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'kfunc-atlas-head-start-')));
const tags = ['v6.1', 'v6.2', 'v6.3'];
const { dir, commits } = invent(
  join(root, 'linux'),
  tags.map((tag) => ({ tag, files: { 'a.c': 'int a;\n', 'b.c': `int b = ${tag.at(-1)};\n` } })),
  { bare: true },
);
const repository = await openRepository(dir);
afterAll(async () => {
  await repository.close();
  rmSync(root, { recursive: true });
});

const releases = tags.map((id) => ({ id, commit: commits[id]! }) as ReleaseEntry);
const changed = async (fresh: string[], among = releases) =>
  (
    await changesOfOne(
      repository,
      among,
      among.filter(({ id }) => fresh.includes(id)),
    )
  )?.paths();

describe('what is new in the one release that is fresh', () => {
  test('is what it has not alike with the one before, or after the first', async () => {
    for (const tag of tags) expect(await changed([tag])).toEqual(['b.c']);
  });

  test('is not asked for where none is fresh, several are, or there is no other', async () => {
    expect(await changed([])).toBeUndefined();
    expect(await changed(['v6.1', 'v6.3'])).toBeUndefined();
    expect(await changed(['v6.2'], releases.slice(1, 2))).toBeUndefined();
  });

  test('is not known where its neighbour is not there', async () => {
    const absent = [{ ...releases[0]!, commit: 'f'.repeat(40) }, releases[1]!];
    expect(await changed(['v6.2'], absent)).toBeUndefined();
  });
});

/** A kind that reads all sources, and what it has read. */
function reading(): FileKind & { texts: string[] } {
  const texts: string[] = [];
  return {
    texts,
    holds: (path) => path.endsWith('.c'),
    isRead: () => false,
    words: () => null,
    read: (_oid, _path, body) => texts.push(String(body)),
    passOver: () => undefined,
  };
}

const cacheIn = (name: string): Promise<Cache> => openCache(join(root, name), 'test');

describe('a head start', () => {
  test('reads what changed, and leaves the rest to the plan for the whole tree', async () => {
    const kind = reading();
    const planner = new ScanPlanner([kind]);
    const changes = await repository.listChanges(commits['v6.1']!, commits['v6.2']!);
    const begun = await headStart(changes, planner, repository.objects, await cacheIn('whole'));
    await planner.add(await repository.listTree(commits['v6.2']!));
    expect(planner.plan().paths).toEqual(['a.c']);
    let told = 0;
    await begun.finish((blobs) => (told += blobs));
    expect({ texts: kind.texts, blobs: begun.blobs, told }).toEqual({
      texts: ['int b = 2;\n'],
      blobs: 1,
      told: 1,
    });
  });

  test('without changes reads nothing', async () => {
    const planner = new ScanPlanner([reading()]);
    const cache = await cacheIn('none');
    const begun = await headStart(undefined, planner, repository.objects, cache);
    let told = 0;
    expect(await begun.finish((blobs) => (told += blobs))).toEqual([]);
    expect({ blobs: begun.blobs, told }).toEqual({ blobs: 0, told: 0 });
  });

  test('that fails says so to who waits for its end, and to nobody else', async () => {
    const planner = new ScanPlanner([reading()]);
    const changes = await repository.listChanges(commits['v6.1']!, commits['v6.2']!);
    const broken = await openRepository(dir);
    broken.objects.readAll = () => Promise.reject(new Error('the pack is damaged'));
    const begun = await headStart(changes, planner, broken.objects, await cacheIn('broken'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await expect(begun.finish(() => undefined)).rejects.toThrow('the pack is damaged');
    await broken.close();
  });
});
