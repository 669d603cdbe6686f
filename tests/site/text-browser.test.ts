import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleDataset } from '../sample-dataset.ts';
import { build } from './build.ts';

const columns = 80;
const hasW3m = spawnSync('w3m', ['-version']).status === 0;
if (!hasW3m) console.warn('SKIPPED: w3m was not found, so no page is read in a text browser.');

/** A page as w3m prints it into a terminal. */
function dump(file: string): string {
  const args = ['-dump', '-cols', String(columns), '-T', 'text/html', file];
  return spawnSync('w3m', args, { encoding: 'utf8' }).stdout;
}

describe.skipIf(!hasW3m)('the site in w3m', () => {
  let site: string;
  beforeAll(async () => {
    site = await build(sampleDataset({ releases: 34, kfuncs: 120 }));
  }, 120_000);
  const read = (path: string) => dump(join(site, path, 'index.html'));

  it.each(['diff/v6.3..v6.12', 'v6.12', 'v6.12/all', 'changes', 'releases'])(
    'fits /%s/ into a terminal',
    (path) => {
      const wide = read(path)
        .split('\n')
        .filter((line) => Array.from(line).length > columns);
      expect(wide).toEqual([]);
    },
  );

  it('keeps names apart from what is told of them, and marks prototypes in signs', () => {
    const text = read('diff/v6.3..v6.12');
    expect(text).toMatch(/^From v6\.3 to v6\.12$/m);
    expect(text).toMatch(/^Breaks programs \(\d+\)\n\n {2}• is gone\n {4}\w+, \w+/m);
    expect(text).toMatch(/^ {4}\+ .*\[INS:.*:INS\]/m);
    expect(text).toMatch(/^From v6\.11 v6\.10 v6\.9 /m);
  });

  it('tells a warning from what it warns of', () => {
    expect(read('diff/v6.3..v6.12')).toMatch(/may break: \w/);
  });

  it('tells what came on one line each, with who may call it after a blank', () => {
    expect(read('v6.12')).toMatch(/^ {2}• [\w *]+\(.*\) [A-Z_]+/m);
  });
});
