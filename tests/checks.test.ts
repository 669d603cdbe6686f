import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runChecks } from '../src/checks/run.ts';
import { readDataset } from '../src/data/read.ts';

test('the committed dataset agrees with itself', async () => {
  const dataset = await readDataset(join(import.meta.dirname, '../content/data'));
  const { failures, ran } = await runChecks(dataset);
  expect(ran.length).toBeGreaterThan(40);
  expect(failures).toEqual([]);
});
