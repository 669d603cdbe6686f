import { Command } from 'commander';
import { resolve } from 'node:path';
import type { Btf } from '../src/btf/btf.ts';
import { openBtf, openCompiled } from '../src/btf/open/open-compiled.ts';
import { readDataset } from '../src/data/read.ts';
import { findRelease } from '../src/data/find-release.ts';
import { readKernelConfig } from '../src/verify/read-config.ts';
import { verificationText } from '../src/verify/report.ts';
import { unexplained, verify, type CompiledFile } from '../src/verify/verify.ts';

interface Options {
  release: string;
  btf: string[];
  base?: string;
  config?: string;
  data: string;
  json: boolean;
  quiet: boolean;
}

/** `kfunc-atlas verify`: the records of a release held against a kernel that was built. */
export function command(): Command {
  return new Command('verify')
    .description('hold the records of a release against a kernel that was built')
    .requiredOption('--release <id>', 'the release that the kernel is of (v7.3), or its tag')
    .requiredOption(
      '--btf <file...>',
      'what was built: a vmlinux.h, raw BTF (/sys/kernel/btf/vmlinux), vmlinux, vmlinuz or a module, compressed or not',
    )
    .option(
      '--base <file>',
      'the kernel that modules are of: raw BTF, vmlinux or vmlinuz; it may be one of --btf',
    )
    .option(
      '--config <file>',
      'its configuration (.config, /proc/config.gz, /boot/config-*): presence is then predicted',
    )
    .option('--data <dir>', 'the dataset', 'content/data')
    .option('--json', 'print JSON', false)
    .option('--quiet', 'print nothing: the exit code tells', false)
    .addHelpText(
      'after',
      '\nThe exit code is 1 when something is unexplained: a kfunc without a record, one\nthat is there or not against its condition, a prototype or a tag that differs.',
    )
    .action(async (options: Options) => {
      const dataset = await readDataset(resolve(options.data));
      const release = findRelease(dataset, options.release);
      const config = options.config === undefined ? null : await readKernelConfig(options.config);
      const files = await openAll(options.btf, options.base);
      const result = verify(dataset, release, files, config);
      const count = unexplained(result);
      if (count > 0) process.exitCode = 1;
      if (options.quiet) return;
      const text = options.json
        ? `${JSON.stringify({ ...result, unexplained: count }, null, 2)}\n`
        : verificationText(result);
      process.stdout.write(text);
    });
}

/** Opens the files, modules with their base, which is read once. */
async function openAll(paths: readonly string[], basePath?: string): Promise<CompiledFile[]> {
  let base: Btf | undefined;
  const files: CompiledFile[] = [];
  for (const path of paths) {
    const isBase = basePath !== undefined && resolve(path) === resolve(basePath);
    if (basePath !== undefined && !isBase) base ??= await openBtf(basePath);
    const { kfuncs, module, unmarked } = await openCompiled(path, isBase ? {} : { base });
    files.push({ path, isModule: module, kfuncs, unmarked });
  }
  return files;
}
