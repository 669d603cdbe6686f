import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { random } from '../../../tests/sample/random.ts';
import { isEmpty, oid, range, TestCache } from './testing.ts';

const kept = new TestCache();

describe('other processes', () => {
  const script = resolve(import.meta.dirname, '../../../tests/faults/fill-cache.ts');
  const start = (first: number, size: number) => {
    const args = [script, kept.dir, String(first), String(size)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let flushed = first - 1;
    child.stdout.on('data', (data: Buffer) => {
      flushed = Number(data.toString().trim().split('\n').at(-1));
    });
    return { child, ended: once(child, 'exit'), flushed: () => flushed };
  };
  const missing = async (from: number, to: number) => {
    const cache = await kept.open();
    return range(from, to).filter((n) =>
      n % 2 === 0 ? !isEmpty(cache, oid(n)) : cache.facts(oid(n)) === undefined,
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
      const cache = await kept.open();
      expect(cache.health.unwritable).toBeNull();
    }
  });

  it('may write to the same cache at the same time', async () => {
    const runs = [start(0, 2000), start(1000, 2000), start(5000, 1000)];
    await Promise.all(runs.map((run) => run.ended));
    expect(await missing(0, 3000)).toEqual([]);
    expect(await missing(5000, 6000)).toEqual([]);
    expect((await kept.open()).health.damaged).toBe(0);
  });
});
