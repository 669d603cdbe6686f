import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fuzz, subjects, type FuzzResult } from './fuzz.ts';

const seed = 20_250;
const count = 100_000;

/** Runs the inputs in a process of their own, whose memory is then theirs. */
function inOwnProcess(): FuzzResult & { peakMiB: number } {
  const module = pathToFileURL(resolve(import.meta.dirname, 'fuzz.ts')).href;
  const script = `
    import { fuzz } from ${JSON.stringify(module)};
    const result = fuzz(${seed}, ${count});
    const peakMiB = process.resourceUsage().maxRSS / 1024;
    console.log(JSON.stringify({ ...result, peakMiB }));`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { encoding: 'utf8', timeout: 50_000 },
  );
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as FuzzResult & { peakMiB: number };
}

describe('the readers', () => {
  test('read each subject of the damage whole', () => {
    for (const { name, bytes, read } of subjects()) expect(read(bytes), name).not.toEqual([]);
  });

  test('refuse 100,000 damaged inputs, or read them, within 256 MiB', () => {
    const { outcomes, failure, slowestMs, peakMiB } = inOwnProcess();
    expect(failure).toBeNull();
    expect(slowestMs).toBeLessThan(1000);
    expect(peakMiB).toBeLessThan(256);
    expect(Object.keys(outcomes)).toEqual(subjects().map(({ name }) => name));
    // Damage that is never noticed, or always, would test nothing.
    for (const [name, { refused, read }] of Object.entries(outcomes)) {
      expect(refused, name).toBeGreaterThan(1000);
      expect(read, name).toBeGreaterThan(100);
    }
  });

  test('do the same with the same seed', () => {
    const [first, second] = [fuzz(7, 500), fuzz(7, 500)];
    expect(second.outcomes).toEqual(first.outcomes);
    expect(fuzz(8, 500).outcomes).not.toEqual(first.outcomes);
  });
});
