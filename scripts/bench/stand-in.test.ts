import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { selectReleases } from '../../src/git/releases.ts';
import { openRepository } from '../../src/git/repository.ts';
import { git, invent } from '../../tests/repositories.ts';
import { versionsBetween } from './invented-versions.ts';
import { makeStandIn } from './stand-in.ts';

const root = mkdtempSync(join(tmpdir(), 'kfunc-atlas-stand-in-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

test('versions between two follow the way that Linux counts', () => {
  const version = (major: number, minor: number) => ({ major, minor });
  expect(versionsBetween(version(6, 18), version(7, 1))).toEqual(['v6.19', 'v7.0']);
  expect(versionsBetween(version(5, 10), version(5, 15))).toEqual(['v5.13', 'v5.14']);
  expect(versionsBetween(version(6, 1), version(6, 2))).toEqual([]);
  expect(versionsBetween(version(6, 2), version(6, 1))).toEqual([]);
});

test('a stand-in goes from one release to the next, a folder at a time', async () => {
  const folders = Array.from({ length: 40 }, (_, i) => `drivers/d${i}`);
  const tree = (version: string) =>
    Object.fromEntries(folders.map((folder) => [`${folder}/f.c`, `int f; /* ${version} */\n`]));
  const { dir, commits } = invent(
    join(root, 'few'),
    [
      {
        tag: 'v6.1.9',
        files: { ...tree('6.1'), 'drivers/old/"odd"\\.c': 'x', 'drivers/swap': 'a file' },
      },
      {
        tag: 'v6.5',
        files: {
          ...tree('6.5'),
          'drivers/swap/f.c': 'a folder',
          'kernel/k.c': 'BTF_ID_FLAGS(x)\n',
        },
      },
    ],
    { bare: true },
  );
  const repository = await openRepository(dir);
  const releases = selectReleases(repository, await repository.tags()).value;
  const made = join(root, 'stand-in.git');
  expect(await makeStandIn(repository, releases, made)).toBe(3);
  await repository.close();

  expect(git(made, ['tag']).split('\n')).toEqual(['v6.1.9', 'v6.2', 'v6.3', 'v6.4', 'v6.5']);
  expect(git(made, ['rev-parse', 'v6.5'])).toBe(commits['v6.5']);
  const changed = (from: string, to: string) =>
    git(made, ['diff', '--name-only', from, to])
      .split('\n')
      .filter((path) => path !== '');
  const steps = [changed('v6.1.9', 'v6.2'), changed('v6.2', 'v6.3'), changed('v6.3', 'v6.4')];
  for (const step of steps) {
    expect(step.length).toBeGreaterThan(3);
    expect(step.length).toBeLessThan(25);
  }
  // What has come stays, but for the files with kfuncs, which change in most releases.
  const all = [...steps, changed('v6.4', 'v6.5')].flat().filter((path) => path !== 'kernel/k.c');
  expect(new Set(all).size).toBe(all.length);
  git(made, ['fsck', '--connectivity-only']);
});
