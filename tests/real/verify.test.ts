import { beforeAll, describe, expect, inject, test } from 'vitest';
import { readDataset } from '../../src/data/read.ts';
import { builtKernels, type BuiltKernel } from './built-kernels.ts';
import { atlas } from './prepare.ts';

/** The records held against the kernels that Debian has built of the same sources. */
const { linux, data, work } = inject('kernels');

let kernels: BuiltKernel[];

beforeAll(async () => {
  kernels = await builtKernels(linux, work, (await readDataset(data)).releases);
});

interface Result {
  found: number;
  agreeing: number;
  unexplained: number;
  files: { isModule: boolean; kfuncs: number }[];
  absent: { reason: string }[];
}

/** Fails where the command does: it ends with 1 when something is unexplained. */
async function verify(release: string, ...args: string[]): Promise<Result> {
  const { stdout } = await atlas('verify', '--data', data, '--release', release, '--json', ...args);
  const result = JSON.parse(stdout) as Result;
  const reasons = Map.groupBy(result.absent, ({ reason }) => reason);
  const absent = [...reasons].map(([reason, list]) => `${list.length} ${reason}`).join(', ');
  console.log(
    `${release}: ${result.agreeing} of ${result.found} kfuncs in ${result.files.length} files agree; not there: ${absent}`,
  );
  return result;
}

test('there are kernels to hold the records against, one with its modules', () => {
  expect(kernels.length).toBeGreaterThan(0);
  expect(kernels.some(({ image }) => image !== null && image.modules.length > 1000)).toBe(true);
});

describe('every vmlinux.h and the configuration that it was built with', () => {
  test('agree with the records, and presence is predicted exactly', async () => {
    for (const { release, header, config } of kernels) {
      const result = await verify(release, '--btf', header, '--config', config);
      expect(result).toMatchObject({ unexplained: 0, agreeing: result.found });
      expect(result.found).toBeGreaterThan(100);
    }
  });

  test('agree without the configuration too', async () => {
    for (const { release, header } of kernels) {
      expect((await verify(release, '--btf', header)).unexplained).toBe(0);
    }
  });

  test('do not agree with the records of another release', async () => {
    const [first, ...others] = kernels;
    for (const { release } of others) {
      await expect(verify(release, '--btf', first!.header)).rejects.toMatchObject({ code: 1 });
    }
  });
});

test('the BTF of an image and of every module of its package agrees, each predicted in its place', async () => {
  for (const { release, config, image } of kernels) {
    if (image === null) continue;
    const { vmlinuz, modules } = image;
    const files = ['--base', vmlinuz, '--btf', vmlinuz, ...modules];
    const result = await verify(release, ...files, '--config', config);
    expect(result).toMatchObject({ unexplained: 0, agreeing: result.found });
    const inModules = result.files.filter(({ isModule, kfuncs }) => isModule && kfuncs > 0);
    expect(inModules.length).toBeGreaterThan(0);
    // With all of its files at hand there is nothing left that could be elsewhere.
    expect(result.absent.filter(({ reason }) => reason === 'elsewhere')).toEqual([]);
  }
});
