import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshot, temporaryFolder } from '../../tests/faults/snapshot.ts';
import { random } from '../../tests/sample/random.ts';
import { sampleDataset } from '../../tests/sample-dataset.ts';
import { encodeDataset } from './encode.ts';
import { readDataset } from './read.ts';
import { repairDataset } from './repair.ts';
import { writeDataset } from './write.ts';

const faults = resolve(import.meta.dirname, '../../tests/faults');
const old = sampleDataset({ releases: 5, kfuncs: 6, seed: 1 });
const anew = sampleDataset({ releases: 6, kfuncs: 5, seed: 2 });
const base = temporaryFolder();
afterAll(() => {
  rmSync(base, { recursive: true });
});

/** The files of a dataset as snapshot gives them. */
function filesOf(dataset: typeof old): Record<string, string> {
  return Object.fromEntries(encodeDataset(dataset, { prose: true }));
}

/** Runs `action` in another process, killed at each point in turn; the folders it leaves. */
function killed(action: 'write' | 'repair', folder: string): string[] {
  const run = [join(faults, 'killed-writes.ts'), action, folder];
  // Files that a dead process leaves open are no news here.
  const env = { ...process.env, NODE_NO_WARNINGS: '1' };
  const count = Number(execFileSync(process.execPath, run, { encoding: 'utf8', env }));
  return Array.from({ length: count }, (_, i) => join(folder, String(i + 1)));
}

describe('a run that is killed while it replaces a dataset', () => {
  const folder = join(base, 'replace');
  let left: string[] = [];
  beforeAll(async () => {
    await writeDataset(join(folder, 'start'), old, { prose: true });
    left = killed('write', folder);
  });

  it('was stopped at each of many points, both before and after it had decided', () => {
    expect(left.length).toBeGreaterThan(60);
    const decided = left.map((dir) => existsSync(join(dir, '.kfunc-atlas/journal')));
    expect(decided.indexOf(true)).toBeGreaterThan(20);
    expect(decided.filter(Boolean).length).toBeGreaterThan(20);
  });

  it('leaves the old dataset or the new one for the next command, never a mix', async () => {
    const outcomes = new Set<string>();
    for (const dir of left) {
      const copy = `${dir}-read`;
      cpSync(dir, copy, { recursive: true });
      const dataset = await readDataset(copy);
      const isNew = dataset.releases.length === anew.releases.length;
      expect(dataset).toEqual(isNew ? anew : old);
      expect(snapshot(copy)).toEqual(filesOf(isNew ? anew : old));
      expect(existsSync(join(copy, '.kfunc-atlas'))).toBe(false);
      outcomes.add(isNew ? 'new' : 'old');
    }
    expect([...outcomes].sort()).toEqual(['new', 'old']);
  });

  it('does not keep the next run from writing', async () => {
    for (const dir of left) {
      await writeDataset(dir, anew, { prose: true });
      expect(snapshot(dir)).toEqual(filesOf(anew));
    }
  });
});

it('leaves nothing or the new dataset when the first run into a folder is killed', async () => {
  const folder = join(base, 'first');
  mkdirSync(join(folder, 'start'), { recursive: true });
  for (const dir of killed('write', folder)) {
    await repairDataset(dir);
    const files = snapshot(dir);
    if (Object.keys(files).length > 0) expect(files).toEqual(filesOf(anew));
    await writeDataset(dir, anew, { prose: true });
    expect(snapshot(dir)).toEqual(filesOf(anew));
  }
});

it('finishes in the end when the repair itself is killed, at any point', async () => {
  const folder = join(base, 'repair');
  await writeDataset(join(folder, 'w/start'), old, { prose: true });
  const decided = killed('write', join(folder, 'w')).filter((dir) =>
    existsSync(join(dir, '.kfunc-atlas/journal')),
  );
  const middle = decided[Math.floor(decided.length / 3)]!;
  cpSync(middle, join(folder, 'r/start'), { recursive: true });
  const left = killed('repair', join(folder, 'r'));
  expect(left.length).toBeGreaterThan(10);
  for (const dir of left) {
    await repairDataset(dir);
    expect(snapshot(dir)).toEqual(filesOf(anew));
    expect(await repairDataset(dir)).toBe('clean');
  }
});

it('survives SIGKILL at any moment', async () => {
  const dir = join(base, 'signal');
  const [one, two] = [1, 2].map((seed) => sampleDataset({ releases: 30, kfuncs: 150, seed }));
  await writeDataset(dir, one!, { prose: true });
  const pause = random(7);
  for (let round = 0; round < 8; round++) {
    const args = [join(faults, 'write-sample.ts'), dir, '30', '150', String((round % 2) + 1)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    await once(child.stdout, 'data');
    await sleep(pause.int(160));
    child.kill('SIGKILL');
    await exited;
    const dataset = await readDataset(dir);
    expect([one, two]).toContainEqual(dataset);
    expect(readdirSync(dir).sort()).toEqual(['kfuncs', 'prose', 'releases', 'releases.json']);
  }
});
