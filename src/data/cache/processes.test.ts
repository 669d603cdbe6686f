import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../tests/faults/snapshot.ts';
import { random } from '../../../tests/sample/random.ts';
import { openCache } from './cache.ts';

const base = temporaryFolder();
const version = 'parser 1';
let count = 0;
let dir = '';
beforeEach(() => {
  dir = join(base, `${++count}`);
});
afterAll(() => {
  rmSync(base, { recursive: true });
});

const oid = (n: number, hash = 'sha1') => createHash(hash).update(String(n)).digest('hex');
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const open = () => openCache(dir, version);

describe('other processes', () => {
  const script = resolve(import.meta.dirname, '../../../tests/faults/fill-cache.ts');
  const start = (first: number, size: number) => {
    const args = [script, dir, String(first), String(size)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let flushed = first - 1;
    child.stdout.on('data', (data: Buffer) => {
      flushed = Number(data.toString().trim().split('\n').at(-1));
    });
    return { child, ended: once(child, 'exit'), flushed: () => flushed };
  };
  const missing = async (from: number, to: number) => {
    const cache = await open();
    return range(from, to).filter((n) =>
      n % 2 === 0 ? !cache.isEmpty(oid(n)) : cache.facts(oid(n)) === undefined,
    );
  };

  it('that are killed leave all that they had flushed', async () => {
    const rnd = random(11);
    for (let round = 0; round < 5; round++) {
      const run = start(round * 100_000, 100_000);
      await once(run.child.stdout, 'data');
      await new Promise((wake) => setTimeout(wake, rnd.int(120)));
      run.child.kill('SIGKILL');
      await run.ended;
      expect(run.flushed()).toBeGreaterThanOrEqual(round * 100_000 + 49);
      expect(await missing(round * 100_000, run.flushed() + 1)).toEqual([]);
      const cache = await open();
      expect(cache.health.unwritable).toBeNull();
    }
  });

  it('may write to the same cache at the same time', async () => {
    const runs = [start(0, 2000), start(1000, 2000), start(5000, 1000)];
    await Promise.all(runs.map((run) => run.ended));
    expect(await missing(0, 3000)).toEqual([]);
    expect(await missing(5000, 6000)).toEqual([]);
    expect((await open()).health.damaged).toBe(0);
  });
});
