import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { Dataset } from '../../src/data/dataset.ts';
import { writeDataset } from '../../src/data/write.ts';

/** The command line. */
export const entry = fileURLToPath(new URL('../../scripts/kfunc-atlas.ts', import.meta.url));

const made: string[] = [];
// For each file of tests there is a copy of this one. A worker that is ended hears of no `exit`.
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

/** A folder that is gone when the tests of a file end. */
export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'kfunc-atlas-site-'));
  made.push(dir);
  return dir;
}

/** Runs `kfunc-atlas …` to its end. */
export function run(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...args], {
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

/** Starts `kfunc-atlas …`, which goes on until it is told to end. */
export function start(...args: string[]) {
  return spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Writes a dataset and builds its site; the folder of the site. */
export async function build(dataset: Dataset, ...args: string[]): Promise<string> {
  const dir = temporaryFolder();
  await writeDataset(join(dir, 'data'), dataset, { prose: dataset.prose !== null });
  const out = join(dir, 'out');
  const { code, stderr } = run('build', '--data', join(dir, 'data'), '--out', out, ...args);
  if (code !== 0) throw new Error(`The build failed:\n${stderr}`);
  return out;
}
