import { execFile } from 'node:child_process';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ReleaseEntry } from '../../src/data/schema/index.ts';

const run = promisify(execFile);

/** What Debian has built of a release, unpacked. */
export interface BuiltKernel {
  release: string;
  /** The `vmlinux.h` of linux-bpf-dev. */
  header: string;
  /** The configuration of the same build. */
  config: string;
  /** The image, and its modules; null where they were not asked for. */
  image: { vmlinuz: string; modules: string[] } | null;
}

/**
 * Downloads what Debian has built of each release for which it has a linux-bpf-dev package of the same
 * version, by the private apt configuration that `kernels` left beside its repository. Older kernels
 * come as one package, linux-image; newer ones as linux-base (the configuration), linux-binary and
 * linux-modules. Image and modules are large, and only those of the newest release are taken, or what
 * comes with a configuration anyway.
 */
export async function builtKernels(
  linux: string,
  work: string,
  releases: readonly ReleaseEntry[],
): Promise<BuiltKernel[]> {
  const env = { ...process.env, APT_CONFIG: join(linux, 'debian/apt.conf') };
  const output = async (command: string, ...args: string[]) =>
    (await run(command, args, { env, maxBuffer: 1 << 28 })).stdout;
  const versions = (await output('apt-cache', 'madison', 'linux-bpf-dev'))
    .split('\n')
    .flatMap((line) => line.split('|')[1]?.trim() ?? []);
  const arch = (await output('dpkg', '--print-architecture')).trim();
  const names = (await output('apt-cache', 'pkgnames', 'linux-')).split('\n');

  const wanted = releases.flatMap(({ id, tag }) => {
    const version = versions.find((candidate) => candidate.startsWith(`${tag.slice(1)}-`));
    return version === undefined ? [] : [{ id, tag, version }];
  });
  const built: BuiltKernel[] = [];
  for (const [i, { id, tag, version }] of wanted.entries()) {
    const folder = join(work, `built-${id}`);
    await mkdir(folder, { recursive: true });
    /** linux-image-6.12.107+deb13-amd64, and not -rt-amd64 or -amd64-dbg. */
    const packageOf = (kind: string) => {
      const prefixes = [`linux-${kind}-${tag.slice(1)}`, `linux-${kind}-unsigned-${tag.slice(1)}`];
      return names.find((name) =>
        prefixes.some((prefix) => /^[^-]*$/.test(between(name, prefix, `-${arch}`) ?? '-')),
      );
    };
    const unpack = async (name: string) => {
      await run('apt-get', ['-qq', 'download', name], { env, cwd: folder });
      const [deb] = (await readdir(folder)).filter((file) => file.endsWith('.deb'));
      await run('dpkg-deb', ['-x', join(folder, deb!), folder]);
      await run('rm', [join(folder, deb!)]);
    };
    await unpack(`linux-bpf-dev=${version}`);
    const base = packageOf('base');
    const isNewest = i === wanted.length - 1;
    const kinds =
      base === undefined ? ['image'] : isNewest ? ['base', 'binary', 'modules'] : ['base'];
    for (const kind of kinds) {
      const name = packageOf(kind);
      if (name === undefined) throw new Error(`Debian has no linux-${kind} of ${tag} for ${arch}`);
      await unpack(name);
    }
    const files = (await readdir(folder, { recursive: true })).map((file) => join(folder, file));
    const find = (pattern: RegExp) => files.filter((file) => pattern.test(file));
    const [vmlinuz] = find(/\/vmlinuz[^/]*$/);
    built.push({
      release: id,
      header: find(/linux\/bpf\/vmlinux\.h$/)[0]!,
      config: find(/\/config(-[^/]*)?$/).find((file) => /boot|lib\/modules/.test(file))!,
      image: vmlinuz === undefined ? null : { vmlinuz, modules: find(/\.ko(\.(xz|zst|gz))?$/) },
    });
  }
  return built;
}

/** What stands between a prefix and an ending; undefined when a text has not both. */
function between(text: string, prefix: string, ending: string): string | undefined {
  return text.startsWith(prefix) && text.endsWith(ending)
    ? text.slice(prefix.length, -ending.length)
    : undefined;
}
