import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openCache } from '../data/cache/cache.ts';
import { kfunc, release } from '../history/testing.ts';
import { KeptReadings } from './kept-readings.ts';

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'kept-readings-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  return dir;
}

const open = async (dir: string) => new KeptReadings(await openCache(dir, '1'));

/** Two releases with a kfunc that stays as it is, and one that changes. */
const before = release('v6.1', [
  kfunc('boil', { body: 'a b c d' }),
  kfunc('pour', { flags: ['KF_RCU'] }),
]);
const after = release('v6.2', [kfunc('boil', { body: 'a b c d' }), kfunc('pour')]);

test('gives a later run what an earlier one has kept', async () => {
  const dir = await folder();
  const first = await open(dir);
  expect(first.recall(before.release)).toBeUndefined();
  expect(first.has(before.release.commit)).toBe(false);
  expect(first.keep(before)).toEqual(before);
  expect(first.keep(after)).toEqual(after);
  const second = await open(dir);
  expect(second.has(before.release.commit)).toBe(true);
  // In either order: the one that was kept last does not hold all that it has.
  expect(second.recall(after.release)).toEqual(after);
  expect(second.recall(before.release)).toEqual(before);
});

test('makes what releases share one object, and keeps it once', async () => {
  const dir = await folder();
  const first = await open(dir);
  first.keep(before);
  const [boil, pour] = first.keep(after).kfuncs;
  const second = await open(dir);
  const [boilBefore, pourBefore] = second.recall(before.release)!.kfuncs;
  const recalled = second.recall(after.release)!.kfuncs;
  expect(recalled[0]!.facts).toBe(boilBefore!.facts);
  expect(recalled[0]!.fingerprint).toBe(boilBefore!.fingerprint);
  expect(recalled[1]!.facts).not.toEqual(pourBefore!.facts);
  expect(recalled).toEqual([boil, pour]);
});

test('tells a commit by the name that it goes by now', async () => {
  const kept = await open(await folder());
  const diagnostics = [
    {
      code: 'x',
      severity: 'info',
      release: 'v6.1',
      path: null,
      line: null,
      message: 'Odd.',
    } as const,
  ];
  kept.keep({ ...before, diagnostics });
  const now = { ...before.release, id: 'mine' };
  const recalled = kept.recall(now)!;
  expect(recalled.release).toEqual(now);
  expect(recalled.diagnostics).toEqual([{ ...diagnostics[0], release: 'mine' }]);
});

test('takes a reading whose shared part is lost for none, and mends it', async () => {
  const dir = await folder();
  const first = await open(dir);
  first.keep(before);
  const [version] = await readdir(dir);
  const stamps = join(dir, version!, 'stamps');
  const [pack] = (await readdir(stamps, { recursive: true })).filter((name) => name.length > 4);
  await writeFile(join(stamps, pack!), 'cut off');
  const second = await open(dir);
  expect(second.recall(before.release)).toBeUndefined();
  second.keep(before);
  expect((await open(dir)).recall(before.release)).toEqual(before);
});

test('leaves what one release has of another when that is read anew', async () => {
  const dir = await folder();
  const first = await open(dir);
  first.keep(before);
  first.keep(after);
  const second = await open(dir);
  second.recall(after.release);
  second.keep(before);
  const third = await open(dir);
  expect(third.recall(after.release)).toEqual(after);
  expect(third.recall(before.release)).toEqual(before);
});
