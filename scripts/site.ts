import { Command, InvalidArgumentError } from 'commander';
import { resolve } from 'node:path';
import { defaultCacheDir } from '../src/data/cache/location.ts';
import { progressSteps } from '../src/progress.ts';
import { buildSite, parseBase, type BuildOptions } from '../src/publish/build-site.ts';
import { serveSite } from '../src/publish/serve-site.ts';
import { addBuildOptions, summary } from './build.ts';
import { printFindings } from './findings.ts';

interface Options extends BuildOptions {
  linux?: string;
  port: number;
}

/** `kfunc-atlas site`: builds, and serves on this machine alone until Ctrl-C. */
export function command(): Command {
  return addBuildOptions(
    new Command('site')
      .description('build the site and serve it on 127.0.0.1, until Ctrl-C')
      .option('--linux <dir>', 'read this git repository of Linux first, and show what it holds')
      .option('--port <n>', 'the port; the next free one when it is taken', parsePort, 4321)
      .option('--out <dir>', 'where the site goes; it is replaced as a whole', 'dist'),
  ).action(async (options: Options) => {
    const data =
      options.linux === undefined ? options.data : await extractTo(options.linux, options);
    const report = await buildSite({ ...options, data });
    const serving = await serveSite({
      dir: report.out,
      base: parseBase(options.base),
      port: options.port,
    });
    // Before the entry's own listener, which ends with the exit code of an interrupted command.
    process.prependListener('SIGINT', () => process.exit(0));
    if (!options.quiet) process.stdout.write(`${summary(report)}\n`);
    process.stdout.write(`Serving on ${serving.address} (Ctrl-C ends it)\n`);
  });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new InvalidArgumentError('It is a number from 0 to 65535.');
  }
  return port;
}

/** Reads a checkout into a dataset of its own; the committed one stays as it is. */
async function extractTo(linux: string, { quiet }: Options): Promise<string> {
  const { extract } = await import('../src/extract/extract.ts');
  const cacheDir = defaultCacheDir();
  const out = resolve(cacheDir, 'site-data');
  const report = await extract({
    linux,
    releases: undefined,
    refs: [],
    out,
    cacheDir,
    prose: true,
    progress: progressSteps({ quiet }),
  });
  if (!quiet) printFindings(report, false);
  return out;
}
