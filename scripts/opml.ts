import { Command } from 'commander';
import { readDataset } from '../src/data/read.ts';
import { fits } from '../src/diff/only.ts';
import { opml } from '../src/feeds/opml.ts';
import { parseBase, parseSite } from '../src/publish/build-site.ts';
import { UserError } from '../src/user-error.ts';
import { addresses } from '../src/views/address.ts';

interface Options {
  data: string;
  site: string;
  base: string;
}

/** `kfunc-atlas opml`: names in, a file of their feeds out, for a feed reader. */
export function command(): Command {
  return new Command('opml')
    .description('print the feeds of some kfuncs as OPML, for a feed reader')
    .argument('<names...>', "kfuncs, by name or glob (bpf_task_acquire 'scx_bpf_*')")
    .requiredOption('--site <url>', 'the address of the site (https://example.org)')
    .option('--base <path>', 'the path that the site lives under (/kfuncs/)', '/')
    .option('--data <dir>', 'the dataset', 'content/data')
    .action(async (names: string[], options: Options) => {
      const atlas = { site: parseSite(options.site), to: addresses(parseBase(options.base)) };
      const { kfuncs } = await readDataset(options.data);
      for (const name of names) {
        if (!kfuncs.some((kfunc) => fits(kfunc.name, [name]))) {
          throw new UserError(`No kfunc of the dataset is called ${JSON.stringify(name)}.`);
        }
      }
      const chosen = kfuncs.filter((kfunc) => fits(kfunc.name, names));
      process.stdout.write(opml(atlas, 'BPF kfuncs', chosen));
    });
}
