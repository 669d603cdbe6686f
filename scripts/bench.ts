import { Command, InvalidArgumentError } from 'commander';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { progress } from '../src/progress.ts';
import { verdictOf, type Row } from './bench/budgets.ts';
import { describeMachine, gitVersion, observeMachine } from './bench/machine.ts';
import { siteRows } from './bench/site.ts';
import { linuxRows } from './bench/subjects.ts';
import { formatTable, wrap } from './bench/table.ts';

interface Options {
  linux?: string;
  extraction: boolean;
  site: boolean;
  runs?: number;
  json: boolean;
  quiet: boolean;
}

/** `kfunc-atlas bench`: the budgets of DESIGN.md beside what is measured here and now. */
export function command(): Command {
  return new Command('bench')
    .description(
      'measure the budgets beside git grep, which is what one would use without this.\nEnds with 1 when one is missed. Takes minutes, and wants an idle machine.',
    )
    .option('--linux <dir>', "a git repository of Linux (Debian's trees, when `kernels` was run)")
    .option('--extraction', 'measure only extraction', false)
    .option('--site', 'measure only the site', false)
    .option('--runs <n>', 'how often to measure cold extraction (3; 1 of a full series)', parseRuns)
    .option('--json', 'print JSON', false)
    .option('--quiet', 'do not tell what is being measured', false)
    .action(bench);
}

async function bench(options: Options): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'kfunc-atlas-bench-'));
  process.once('exit', () => {
    rmSync(work, { recursive: true, force: true });
  });
  const machine = observeMachine(await gitVersion());
  const bar = progress({ label: 'Measuring', quiet: options.quiet });
  const note = (text: string) => {
    bar.say(`measuring: ${text}`);
  };
  const rows: Row[] = [];
  const remarks: string[] = [];
  if (options.extraction || !options.site) {
    const measured = await linuxRows({ ...options, work, note });
    rows.push(...measured.rows);
    remarks.push(...measured.remarks);
  }
  if (options.site || !options.extraction) rows.push(...(await siteRows(work, note)));
  bar.done();

  const facts = machine();
  if (options.json) {
    const told = rows.map((row) => ({ ...row, verdict: verdictOf(row) }));
    process.stdout.write(`${JSON.stringify({ machine: facts, rows: told, remarks }, null, 2)}\n`);
  } else {
    const text = [...describeMachine(facts).flatMap(wrap), '', formatTable(rows)];
    if (remarks.length > 0) text.push('', ...remarks.flatMap(wrap));
    process.stdout.write(`${text.join('\n')}\n`);
  }
  if (rows.some((row) => ['over', 'failed'].includes(verdictOf(row)))) process.exitCode = 1;
}

function parseRuns(text: string): number {
  if (!/^[1-9][0-9]?$/.test(text)) throw new InvalidArgumentError('It is a number from 1 to 99.');
  return Number(text);
}
