import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The newest clang there is, or the one that `CLANG` names; null without any. */
export function findClang(): string | null {
  const { CLANG = '' } = process.env;
  const known = [CLANG, 'clang-22', 'clang-21', 'clang-20', 'clang-19', 'clang'];
  const works = (name: string) => spawnSync(name, ['--version']).status === 0;
  return known.find((name) => name !== '' && works(name)) ?? null;
}

/**
 * What every BPF program is compiled with. Headers come by `-isystem`: what clang would say of them is
 * not the program's fault. `vmlinux.h` has needed `-fms-extensions` since the kernel is built with it.
 */
const flags = [
  ...['-target', 'bpf', '-D__TARGET_ARCH_x86', '-fms-extensions', '-Wno-microsoft-anon-tag'],
  ...['-O2', '-g', '-Wall', '-Werror', '-fno-caret-diagnostics', '-ferror-limit=0'],
];

/**
 * Compiles C for BPF. `source` is written to `file`; `headers` are the folders of `vmlinux.h` and of
 * `bpf/bpf_helpers.h`. Gives what clang says, empty when all is well.
 */
export async function compile(
  clang: string,
  file: string,
  source: string,
  headers: readonly string[],
): Promise<string> {
  await writeFile(file, source);
  const folders = headers.flatMap((folder) => ['-isystem', folder]);
  try {
    const args = [...flags, ...folders, '-c', file, '-o', `${file}.o`];
    const { stderr } = await run(clang, args, { maxBuffer: 1 << 26 });
    return stderr;
  } catch (error) {
    return String((error as { stderr?: string }).stderr ?? error);
  }
}
