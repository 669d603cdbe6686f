import { Command } from 'commander';
import { resolve } from 'node:path';
import { defaultCacheDir } from '../src/data/cache/location.ts';
import { extract, type ExtractReport } from '../src/extract/extract.ts';
import { parseNamedRefs } from '../src/git/named-refs.ts';
import { progressSteps } from '../src/progress.ts';
import { compileQuickly } from './compile-quickly.ts';
import { printFindings } from './findings.ts';

interface Options {
  linux: string;
  releases?: string;
  ref?: string[];
  out: string;
  cache: string;
  factsOnly: boolean;
  verbose: boolean;
  quiet: boolean;
}

/** The values of an option that may be given more than once. */
function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function summary(report: ExtractReport, out: string): string {
  const { releases, written } = report;
  const ids = releases.map(({ id }) => id);
  const all = `${count(ids.length, 'release')}, ${ids[0]} to ${ids.at(-1)}`;
  const range = ids.length === 1 ? `${ids[0]}` : all;
  if (written === null) return `Nothing new: ${out} holds ${range}.`;
  const { added, changed, removed } = written;
  const files = `${count(added.length, 'file')} added, ${changed.length} changed, ${removed.length} removed`;
  return `${count(written.kfuncs, 'kfunc')} in ${range}, written to ${out}: ${files}.`;
}

/** `kfunc-atlas extract`: a Linux checkout in, the dataset out. */
export function command(): Command {
  return new Command('extract')
    .description('read every release of a Linux checkout and write the dataset')
    .requiredOption('--linux <dir>', 'a git repository that holds Linux, bare or not')
    .option('--releases <list>', "only these: 'v6.*', v6.6,v6.12 or v6.1..v6.12")
    .option('--ref <name=rev>', 'a commit or branch too, as a tree of its own', collect)
    .option('--out <dir>', 'where the dataset goes', 'content/data')
    .option('--cache <dir>', 'where facts are kept between runs', defaultCacheDir())
    .option('--facts-only', "without the kernel's own words (GPL-2.0)", false)
    .option('--verbose', 'print every diagnostic', false)
    .option('--quiet', 'print nothing but errors', false)
    .action(async (options: Options) => {
      compileQuickly();
      const report = await extract({
        linux: options.linux,
        releases: options.releases,
        refs: parseNamedRefs(options.ref ?? []),
        out: resolve(options.out),
        cacheDir: resolve(options.cache),
        prose: !options.factsOnly,
        progress: progressSteps({ quiet: options.quiet }),
      });
      if (options.quiet) return;
      printFindings(report, options.verbose);
      process.stdout.write(`${summary(report, options.out)}\n`);
    });
}
