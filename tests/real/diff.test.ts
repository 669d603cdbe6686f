import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { readVmlinuxHeader } from '../../src/btf/vmlinux-header.ts';
import type { Dataset } from '../../src/data/dataset.ts';
import { readDataset } from '../../src/data/read.ts';
import { readKernelConfig } from '../../src/verify/read-config.ts';
import { compareHeaders, type BuiltSide, type Tally } from '../diff/header-differences.ts';
import { builtKernels } from './built-kernels.ts';
import { checkpatch } from './checkpatch.ts';
import { atlas } from './prepare.ts';

/** What differs between two releases, held against what differs between kernels that were built of them. */
const { linux, data, work } = inject('kernels');

let dataset: Dataset;
let built: BuiltSide[];

beforeAll(async () => {
  dataset = await readDataset(data);
  const kernels = await builtKernels(linux, join(work, 'diff'), dataset.releases);
  built = await Promise.all(
    kernels.map(async ({ release, header, config }) => ({
      release,
      kfuncs: readVmlinuxHeader(await readFile(header, 'utf8')),
      config: await readKernelConfig(config),
    })),
  );
});

function row(title: string, { added, removed, changed }: Tally): string {
  return title.padEnd(44) + [added, removed, changed].map((n) => String(n).padStart(9)).join('');
}

describe('every difference between the headers of two built kernels', () => {
  test('is a change of ours or comes of the configuration, and ours are in theirs', () => {
    expect(built.length).toBeGreaterThan(1);
    for (const [i, newer] of built.entries()) {
      const older = built[i - 1];
      if (older === undefined) continue;
      const { unexplained, ...told } = compareHeaders(dataset, older, newer);
      console.log(
        [
          `${older.release}..${newer.release}: ${older.kfuncs.length} and ${newer.kfuncs.length} declarations`,
          `${''.padEnd(44)}    added  removed  changed`,
          row('in the headers, and changes of ours', told.ours),
          row('in the headers, by configuration', told.byConfig),
          row('changes of ours that the configuration has', told.included),
          row('changes of ours that it has not', told.left),
        ].join('\n'),
      );
      expect(unexplained).toEqual([]);
      expect(told.ours.added).toBeGreaterThan(0);
      expect(told.ours.changed).toBeGreaterThan(0);
      expect(told.included.added).toBeGreaterThan(0);
    }
  });

  test('is not explained by another pair of releases', () => {
    const [first, second, third] = built;
    if (third === undefined) return;
    const wrong = compareHeaders(dataset, first!, { ...third, release: second!.release });
    expect(wrong.unexplained.length).toBeGreaterThan(0);
  });
});

describe("the kernel's checkpatch.pl", () => {
  test('has nothing to say of the text below the --- of a patch, nor in its message', async ({
    skip,
  }) => {
    const pairs = built.slice(1).map((newer, i) => `${built[i]!.release}..${newer.release}`);
    for (const pair of pairs) {
      const { stdout } = await atlas('diff', pair, '--data', data, '--site', 'https://example.org');
      const found = await checkpatch(linux, dataset.releases.at(-1)!.tag, work, stdout);
      if ('missing' in found) {
        console.log(`${found.missing} is not installed: skipped`);
        skip(`${found.missing} is not installed`);
        return;
      }
      expect(found.lines).toEqual([]);
      console.log(
        `${pair}: ${stdout.split('\n').length} lines, of which checkpatch.pl says nothing`,
      );
    }
  });

  test('would say something of a line that is too long', async ({ skip }) => {
    const found = await checkpatch(linux, dataset.releases.at(-1)!.tag, work, 'lamp '.repeat(20));
    if ('missing' in found) skip(`${found.missing} is not installed`);
    else expect(found.lines.join('\n')).toMatch(/75 chars per line/);
  });
});
