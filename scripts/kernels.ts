import { rm, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command, Option } from 'commander';
import { takeLock } from '../src/data/lock.ts';
import { PrivateApt } from '../src/debian/apt.ts';
import type { KernelPackage } from '../src/debian/choose.ts';
import { costOf, megabytes, minutes, unpackedSize } from '../src/debian/cost.ts';
import { findSuites } from '../src/debian/find.ts';
import { importKernels } from '../src/debian/import-kernels.ts';
import { askMachine, findKeyring, type Machine } from '../src/debian/machine.ts';
import { formatDiagnostic, sortDiagnostics } from '../src/diagnostic.ts';
import { KernelStore } from '../src/git/kernel-store.ts';
import { progress } from '../src/progress.ts';
import { UserError } from '../src/user-error.ts';

interface Options {
  from: 'debian';
  into: string;
  only?: string[];
  mirror?: string;
  keyring?: string;
  yes: boolean;
  quiet: boolean;
}

/** `kfunc-atlas kernels`: Debian's kernel sources as a git repository, for who has no checkout. */
export function command(): Command {
  return new Command('kernels')
    .description(
      "Download the kernel sources that Debian's suites hold and make a git repository\nof them, which `extract --linux` and `site --linux` read like any checkout.\n\nNeeds apt and git, but no root; nothing on the system is changed. Says what it\nwill cost before it begins. Run again, it adds what is new.",
    )
    .addOption(
      new Option('--from <distribution>', 'where they come from')
        .choices(['debian'])
        .makeOptionMandatory(),
    )
    .option('--into <dir>', 'the repository', 'kernels/debian.git')
    .option('--only <series>', 'only these, such as 6.12,7.3', parseSeries)
    .option('--mirror <url>', "a mirror of Debian (default: of this machine's apt)")
    .option('--keyring <file>', "the keys it is signed with (default: Debian's)")
    .option('-y, --yes', 'do not ask before the download', false)
    .option('--quiet', 'print nothing but the tags and errors', false)
    .action((options: Options) => run(options));
}

function parseSeries(value: string): string[] {
  const series = value.split(',').map((part) => part.trim().replace(/^v/, ''));
  if (series.every((part) => /^\d+\.\d+$/.test(part))) return series;
  throw new UserError(`--only wants a list such as 6.12,7.3, not ${JSON.stringify(value)}.`, {
    exitCode: 2,
  });
}

async function run(options: Options): Promise<void> {
  const say = (line: string) => {
    if (!options.quiet) process.stderr.write(`${line}\n`);
  };
  const dir = resolve(options.into);
  const keyring = await findKeyring(options.keyring);
  const machine = await askMachine();
  const store = await KernelStore.open(dir);
  const work = join(dir, 'debian');
  const lock = await takeLock(work, 0, 'kernels');
  try {
    await store.clean();
    const apt = await PrivateApt.create(work, keyring, machine.configDump);
    const kernels = await find(apt, machine, options, say).catch(async (error: unknown) => {
      if (store.isNew) await rm(dir, { recursive: true });
      throw error;
    });
    const missing = await notStored(store, kernels);
    if (missing.length === 0) {
      await apt.clean();
      say(`Nothing new: ${dir} has ${kernels.map(({ tag }) => tag).join(', ')}.`);
      return;
    }
    if (!(await agreed(missing, dir, options, say))) return;
    const debs = await download(apt, missing, options.quiet);
    const tags = await bringIn(store, missing, debs, options.quiet, say);
    await apt.clean();
    process.stdout.write(tags.map((tag) => `${tag}\n`).join(''));
  } finally {
    await lock.release();
  }
}

/** Which kernels there are, newest first. */
async function find(
  apt: PrivateApt,
  machine: Machine,
  { mirror, only, quiet }: Options,
  say: (line: string) => void,
): Promise<KernelPackage[]> {
  const asking = progress({ label: 'Asking which suites there are', quiet });
  const found = await findSuites(apt, machine, mirror).finally(() => {
    asking.done('');
  });
  const names = found.suites.map(({ codename }) => codename);
  say(`Suites of Debian at ${found.mirror}: ${names.join(', ')}.`);
  for (const note of found.notes) say(note);
  const listSize = found.suites.reduce((sum, suite) => sum + suite.listSize, 0);
  const fetching = progress({
    label: `Fetching what changed of their lists (up to ${megabytes(listSize)})`,
    total: listSize,
    format: megabytes,
    quiet,
  });
  const asked = found.suites.map(({ name }) => name);
  const all = await apt.findKernels(found.mirror, asked, (share) => {
    fetching.at(share * listSize);
  });
  fetching.done();
  const kernels = only === undefined ? all : all.filter(({ series }) => only.includes(series));
  if (kernels.length > 0) return kernels;
  throw new UserError(
    `Debian's suites hold ${all.map(({ series }) => series).join(', ')}; none of these is in --only.`,
  );
}

async function notStored(
  store: KernelStore,
  kernels: readonly KernelPackage[],
): Promise<KernelPackage[]> {
  const stored = await store.kernels();
  const known = new Set(stored.flatMap(({ tag, source }) => [tag, source]));
  return kernels.filter(
    ({ tag, name, version }) => !known.has(tag) && !known.has(`${name} ${version}`),
  );
}

/** Says what it will cost; on a terminal, asks. */
async function agreed(
  missing: readonly KernelPackage[],
  dir: string,
  { yes }: Options,
  say: (line: string) => void,
): Promise<boolean> {
  const { download, repository, peak, seconds } = costOf(missing);
  say('To be imported:');
  for (const { tag, suite, name, version, size } of missing) {
    say(`  ${tag.padEnd(10)} ${megabytes(size).padStart(7)}  ${name} ${version} (${suite})`);
  }
  say(
    `This will download ${megabytes(download)} and take ${minutes(seconds)} besides, on two cores.`,
  );
  say(`It needs ${megabytes(peak)} in ${dir} and leaves about ${megabytes(repository)}.`);
  const { bavail, bsize } = await statfs(dir);
  if (bavail * bsize < peak) {
    throw new UserError(
      `There is too little space for ${dir}: ${megabytes(peak)} are needed, ${megabytes(bavail * bsize)} are free. --into names another place, --only takes fewer.`,
    );
  }
  if (yes || !process.stdin.isTTY || !process.stderr.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C while a question is asked reaches the terminal's reader, not the process.
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const answer = await terminal.question('Go on? [Y/n] ');
  terminal.close();
  return /^(y|yes|)$/i.test(answer.trim());
}

async function download(
  apt: PrivateApt,
  missing: readonly KernelPackage[],
  quiet: boolean,
): Promise<string[]> {
  const total = missing.reduce((sum, { size }) => sum + size, 0);
  const shown = progress({ label: 'Downloading', total, format: megabytes, quiet });
  const files: string[] = [];
  let done = 0;
  for (const kernel of missing) {
    shown.note(kernel.tag);
    files.push(
      await apt.download(kernel, (bytes) => {
        shown.at(done + bytes);
      }),
    );
    done += kernel.size;
    shown.at(done);
  }
  shown.done();
  return files;
}

async function bringIn(
  store: KernelStore,
  missing: readonly KernelPackage[],
  debs: readonly string[],
  quiet: boolean,
  say: (line: string) => void,
): Promise<string[]> {
  const total = missing.reduce((sum, kernel) => sum + unpackedSize(kernel), 0);
  const shown = progress({ label: 'Importing', total, format: megabytes, quiet });
  const { tags, diagnostics } = await importKernels(store, missing, debs, (bytes, path) => {
    shown.tick(bytes);
    shown.note(path.split('/', 2).join('/'));
  });
  shown.done();
  await store.tidy();
  for (const diagnostic of sortDiagnostics(diagnostics)) say(formatDiagnostic(diagnostic));
  say(`${store.dir} now takes ${megabytes(await store.packedSize())}.`);
  return tags;
}
