import { Command } from 'commander';
import { relative } from 'node:path';
import { buildSite, type BuildOptions, type BuildReport } from '../src/publish/build-site.ts';

/** `kfunc-atlas build`: the dataset in, a folder of files for any web server out. */
export function command(): Command {
  return addBuildOptions(
    new Command('build')
      .description('build the site from a dataset, as a folder of files for any web server')
      .option('--out <dir>', 'where the site goes; it is replaced as a whole', 'dist'),
  ).action(async (options: BuildOptions) => {
    const report = await buildSite(options);
    if (!options.quiet) process.stdout.write(`${summary(report)}\n`);
  });
}

/** Options that `build` and `site` share. */
export function addBuildOptions(command: Command): Command {
  return command
    .option('--data <dir>', 'the dataset to show', 'content/data')
    .option('--base <path>', 'the path that the site lives under (/kfuncs/)', '/')
    .option('--site <url>', 'the address of the site (https://example.org), for canonical links')
    .option(
      '--source-browser <name>',
      'where source lines are shown: cgit, elixir, or a template of an address with {path}, {line}, and {tag} or {commit}',
      'cgit',
    )
    .option(
      '--identifiers <name>',
      'where names in the kernel’s words are looked up: elixir, none, or a template of an address with {name}, {tag} and {commit} (default: elixir, and none beside a template of --source-browser)',
    )
    .option('--quiet', 'print nothing but errors', false);
}

/** `1,204 pages in dist, built in 12 s.` */
export function summary({ out, pages, seconds }: BuildReport): string {
  const near = relative('', out);
  const where = near === '' || near.startsWith('..') ? out : near;
  return `${pages.toLocaleString('en-US')} pages in ${where}, built in ${seconds.toFixed(1)} s.`;
}
