import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { repairDataset } from '../../src/data/repair.ts';
import { writeDataset } from '../../src/data/write.ts';
import { sampleDataset } from '../sample-dataset.ts';
import { arm } from './fs-faults.ts';

/*
 * node killed-writes.ts write|repair <base>: for each n, copies <base>/start to <base>/<n> and stops for ever at
 * the nth call that changes the disk while it writes the new dataset into it, or repairs it. Ends
 * when a run comes to its end. Prints how many did not.
 */
const [action, base = ''] = process.argv.slice(2);
const dataset = sampleDataset({ releases: 6, kfuncs: 5, seed: 2 });

for (let n = 1; ; n++) {
  const dir = join(base, String(n));
  cpSync(join(base, 'start'), dir, { recursive: true });
  const fault = await arm({ at: n, how: 'hang' });
  const run = action === 'write' ? writeDataset(dir, dataset, { prose: true }) : repairDataset(dir);
  const ended = await Promise.race([run.then(() => true), fault.hung.then(() => false)]);
  fault.disarm();
  if (ended) {
    console.log(n - 1);
    break;
  }
}
// What hangs is left as it is, as by a kill.
process.exit(0);
