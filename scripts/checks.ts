import { Command } from 'commander';
import { exceptions } from '../src/checks/exceptions.ts';
import { checks } from '../src/checks/index.ts';
import { runChecks, type RunReport } from '../src/checks/run.ts';
import { readDataset } from '../src/data/read.ts';
import { openSourceLines } from '../src/extract/source-lines.ts';

interface Options {
  data: string;
  linux?: string;
  list: boolean;
  quiet: boolean;
}

async function run({ data, linux }: Options): Promise<RunReport> {
  const dataset = await readDataset(data);
  if (linux === undefined) return runChecks(dataset);
  const sources = await openSourceLines(linux, dataset.releases);
  try {
    return await runChecks(dataset, { sources });
  } finally {
    await sources.close();
  }
}

function list(): string {
  const known = exceptions.map(
    ({ check, subject, releases, reason }) => `${check}: ${subject}@${releases}\n    ${reason}`,
  );
  const all = checks.map(({ name, description }) => `${name}\n    ${description}`);
  return [...all, '', 'Known exceptions:', ...known].join('\n');
}

function summary({ failures, ran, excused }: RunReport): string {
  const known = [...excused.values()].reduce((sum, n) => sum + n, 0);
  const left = checks.length - ran.length;
  const looked = left === 0 ? '' : ` (${left} more look into the trees: --linux DIR)`;
  return `${ran.length} checks${looked}: ${failures.length} failures, ${known} known findings.`;
}

/** `kfunc-atlas checks`: a dataset in, what is wrong with it out. */
export function command(): Command {
  return new Command('checks')
    .description('check that a dataset agrees with itself, and with the trees it was made from')
    .option('--data <dir>', 'the dataset', 'content/data')
    .option('--linux <dir>', 'the repository it was made from: look at each line it names')
    .option('--list', 'print what is checked, and what is known not to hold', false)
    .option('--quiet', 'print nothing but failures', false)
    .action(async (options: Options) => {
      if (options.list) {
        process.stdout.write(`${list()}\n`);
        return;
      }
      const report = await run(options);
      for (const failure of report.failures) process.stdout.write(`${failure}\n`);
      if (!options.quiet) process.stderr.write(`${summary(report)}\n`);
      if (report.failures.length > 0) process.exitCode = 1;
    });
}
