import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ReleaseEntry } from '../../src/data/schema/index.ts';

const run = promisify(execFile);

/** Folders of headers for programs, to be given to a compiler. */
export interface Headers {
  /** Release -> the folder of its `vmlinux.h`, for those that Debian has built. */
  kernels: Map<string, string>;
  /** The folder that holds `bpf/bpf_helpers.h` of the newest libbpf. */
  libbpf: string;
}

/**
 * Downloads what programs include: Debian's linux-bpf-dev of each release, and its newest libbpf-dev, by
 * the private apt configuration that `kernels` left beside its repository. Nothing is installed.
 */
export async function headersOf(
  linux: string,
  work: string,
  releases: readonly ReleaseEntry[],
): Promise<Headers> {
  const env = { ...process.env, APT_CONFIG: join(linux, 'debian/apt.conf') };
  const unpack = async (name: string, version: string, folder: string, file: string) => {
    await mkdir(folder, { recursive: true });
    await run('apt-get', ['-qq', 'download', `${name}=${version}`], { env, cwd: folder });
    const [deb] = (await readdir(folder)).filter((entry) => entry.endsWith('.deb'));
    await run('dpkg-deb', ['-x', join(folder, deb!), folder]);
    const files = await readdir(folder, { recursive: true });
    return join(folder, dirname(files.find((entry) => entry.endsWith(file))!));
  };
  /** Newest first, as apt lists them. */
  const versions = async (name: string) =>
    (await run('apt-cache', ['madison', name], { env })).stdout
      .split('\n')
      .flatMap((line) => line.split('|')[1]?.trim() ?? []);

  const built = await versions('linux-bpf-dev');
  const kernels = new Map<string, string>();
  for (const { id, tag } of releases) {
    const version = built.find((candidate) => candidate.startsWith(`${tag.slice(1)}-`));
    if (version === undefined) continue;
    const folder = join(work, `headers-${id}`);
    kernels.set(id, await unpack('linux-bpf-dev', version, folder, '/linux/bpf/vmlinux.h'));
  }
  const [newest] = await versions('libbpf-dev');
  if (newest === undefined) throw new Error('Debian has no libbpf-dev.');
  const folder = join(work, 'headers-libbpf');
  const bpf = await unpack('libbpf-dev', newest, folder, '/include/bpf/bpf_helpers.h');
  return { kernels, libbpf: dirname(bpf) };
}
