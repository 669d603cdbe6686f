import { expect, inject, test } from 'vitest';
import { runChecks } from '../../src/checks/run.ts';
import { checks } from '../../src/checks/index.ts';
import { readDataset } from '../../src/data/read.ts';
import { openSourceLines } from '../../src/extract/source-lines.ts';

/** What must hold of every dataset, of the one that Debian's kernels give, beside their trees. */
test('the dataset agrees with itself and with the trees it was made from', async () => {
  const { linux, data } = inject('kernels');
  const dataset = await readDataset(data);
  const sources = await openSourceLines(linux, dataset.releases);
  try {
    const { failures, ran, excused } = await runChecks(dataset, { sources });
    for (const [{ check, subject }, count] of excused) {
      console.log(`${check}: ${subject}: ${count} known`);
    }
    expect(failures).toEqual([]);
    expect(ran).toEqual(checks.map(({ name }) => name));
  } finally {
    await sources.close();
  }
});
