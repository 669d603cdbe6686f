import { join } from 'node:path';
import { writeDataset } from '../../src/data/write.ts';
import { sampleDataset } from '../../tests/sample-dataset.ts';
import { budgets, failedRow, type Row } from './budgets.ts';
import { atlas } from './command-line.ts';
import { CommandFailed, type Measurement } from './measure.ts';
import { weighKfuncPages } from './page-weight.ts';

/** An invented dataset of this size is built; see DESIGN.md, "Budgets". */
const SIZE = { releases: 45, kfuncs: 700 };

/** Builds the site of an invented dataset, and weighs its kfunc pages. */
export async function siteRows(work: string, note: (text: string) => void): Promise<Row[]> {
  const what = `site, ${SIZE.releases} releases, ${SIZE.kfuncs} kfuncs`;
  const data = join(work, 'site-data');
  const out = join(work, 'site');
  note('writing an invented dataset');
  await writeDataset(data, sampleDataset(SIZE), { prose: true });
  note('building the site');
  let build: Measurement;
  try {
    build = await atlas('build', '--data', data, '--out', out);
  } catch (error) {
    if (error instanceof CommandFailed) return [failedRow(what, budgets.siteBuild, error.message)];
    throw error;
  }
  note('weighing pages');
  return [
    row(what, 'seconds', build.wall, budgets.siteBuild),
    row('  user and system', 'seconds', build.cpu, null),
    ...weightRows(out),
  ];
}

function weightRows(site: string): Row[] {
  const pages = weighKfuncPages(site);
  if (pages.length === 0) return [failedRow('  kfunc page', budgets.page, 'the site has none')];
  const script = Math.max(...pages.map((page) => page.script));
  return [
    row('  kfunc page with CSS, the heaviest', 'bytes', pages.at(-1)!.page, budgets.page),
    row('  the median one', 'bytes', pages[pages.length >> 1]!.page, null),
    row('  its script, the heaviest', 'bytes', script, budgets.script),
  ];
}

function row(what: string, unit: 'seconds' | 'bytes', value: number, budget: Row['budget']): Row {
  return { what, measured: { unit, value }, yardstick: null, budget, reason: null };
}
