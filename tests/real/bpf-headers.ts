import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ReleaseEntry } from '../../src/data/schema/index.ts';

const run = promisify(execFile);

/** What a built kernel declares: the `vmlinux.h` of the linux-bpf-dev package of its version. */
export interface BpfHeader {
  release: string;
  text: string;
}

/**
 * Downloads the linux-bpf-dev package of each release for which Debian has one of the same version, by
 * the private apt configuration that `kernels` left beside its repository.
 */
export async function bpfHeaders(
  linux: string,
  work: string,
  releases: readonly ReleaseEntry[],
): Promise<BpfHeader[]> {
  const env = { ...process.env, APT_CONFIG: join(linux, 'debian/apt.conf') };
  const { stdout } = await run('apt-cache', ['madison', 'linux-bpf-dev'], { env });
  const versions = stdout.split('\n').flatMap((line) => line.split('|')[1]?.trim() ?? []);
  const headers: BpfHeader[] = [];
  for (const { id, tag } of releases) {
    const version = versions.find((candidate) => candidate.startsWith(`${tag.slice(1)}-`));
    if (version === undefined) continue;
    const folder = join(work, `linux-bpf-dev-${id}`);
    await mkdir(folder, { recursive: true });
    await run('apt-get', ['-qq', 'download', `linux-bpf-dev=${version}`], { env, cwd: folder });
    const [deb] = (await readdir(folder)).filter((name) => name.endsWith('.deb'));
    await run('dpkg-deb', ['-x', join(folder, deb!), folder]);
    const files = await readdir(folder, { recursive: true });
    const header = files.find((file) => file.endsWith('linux/bpf/vmlinux.h'));
    headers.push({ release: id, text: await readFile(join(folder, header!), 'utf8') });
  }
  return headers;
}
