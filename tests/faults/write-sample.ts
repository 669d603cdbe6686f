import { writeDataset } from '../../src/data/write.ts';
import { sampleDataset } from '../sample-dataset.ts';

/* node write-sample.ts <dir> <releases> <kfuncs> <seed>: writes an invented dataset. */
const [dir = '', ...numbers] = process.argv.slice(2);
const [releases, kfuncs, seed] = numbers.map(Number);
const dataset = sampleDataset({ releases, kfuncs, seed });
console.log('writing');
try {
  await writeDataset(dir, dataset, { prose: true });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
