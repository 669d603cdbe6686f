import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../user-error.ts';
import { ARCHITECTURE, privateConfig, sourcesList } from './apt-config.ts';
import { choosePackages, type KernelPackage } from './choose.ts';
import { firstError, runApt, type Ran } from './programs.ts';
import { parseRelease, suiteProblem, type SuiteProblem, type SuiteRelease } from './suites.ts';

/** What became of a suite that was asked for. */
export type SuiteAnswer = { name: string } & (
  { release: SuiteRelease } | { problem: SuiteProblem }
);

/** An apt of our own in one folder; see apt-config.ts. */
export class PrivateApt {
  private readonly root: string;
  private readonly config: string;
  private readonly keyring: string;

  private constructor(root: string, keyring: string) {
    this.root = root;
    this.config = join(root, 'apt.conf');
    this.keyring = keyring;
  }

  static async create(root: string, keyring: string, configDump: string): Promise<PrivateApt> {
    if (/[\s"#[\]]/.test(root + keyring)) {
      throw new UserError(
        `apt cannot work in a folder with blanks or quotes in its path: ${root}.`,
      );
    }
    for (const folder of [
      'state/lists/partial',
      'state/releases/partial',
      'cache/archives/partial',
      'log',
      'packages',
    ]) {
      await mkdir(join(root, folder), { recursive: true });
    }
    await writeFile(join(root, 'status'), '');
    await writeFile(join(root, 'apt.conf'), privateConfig(root, configDump));
    return new PrivateApt(root, keyring);
  }

  /**
   * Asks a mirror for the Release files of suites: a megabyte, and their signatures are checked.
   *
   * They are kept apart from the lists: apt takes the list beside a Release file that has not changed
   * for the one that belongs to it.
   */
  async askSuites(mirror: string, suites: readonly string[]): Promise<SuiteAnswer[]> {
    const { output } = await this.update(mirror, suites, [
      'Acquire::IndexTargets::deb::Packages::DefaultEnabled=false',
      'APT::Get::List-Cleanup=false',
      `Dir::State::lists=${this.releases()}`,
    ]);
    return Promise.all(
      suites.map(async (name) => {
        const problem = suiteProblem(output, name);
        if (problem !== null) return { name, problem };
        const text = await this.releaseFile(name);
        const release = text === null ? null : parseRelease(name, text, ARCHITECTURE);
        return release === null ? { name, problem: 'missing' as const } : { name, release };
      }),
    );
  }

  /** Fetches the suites' lists of packages and chooses the newest kernel of each series. */
  async findKernels(
    mirror: string,
    suites: readonly string[],
    onShare: (share: number) => void,
  ): Promise<KernelPackage[]> {
    const { output } = await this.update(mirror, suites, [], onShare);
    const names = (await this.cache('pkgnames', 'linux-source-'))
      .split('\n')
      .filter((name) => /^linux-source-\d+\.\d+$/.test(name));
    if (names.length === 0) {
      const why = firstError(output);
      throw new UserError(
        `The suites ${suites.join(', ')} hold no linux-source package.${why === '' ? '' : ` apt says: ${why}`}`,
      );
    }
    return choosePackages(
      await this.cache('madison', ...names),
      await this.cache('show', '--all-versions', ...names),
    );
  }

  /**
   * Downloads a package, or takes it from an earlier run that was stopped.
   *
   * @param onBytes is told how much of it is there
   * @returns the .deb, checked against the signed lists
   */
  async download(kernel: KernelPackage, onBytes: (bytes: number) => void): Promise<string> {
    const { name, version, size, sha256 } = kernel;
    const folder = join(this.root, 'packages', sha256);
    await mkdir(folder, { recursive: true });
    const before = await debIn(folder);
    if (before !== null) {
      if (await hasHash(before, sha256)) return before;
      // apt goes on with what is shorter than it should be, and takes the rest for whole.
      if ((await stat(before)).size >= size) await rm(before);
    }
    const { output } = await runApt(
      'apt-get',
      ['-q', ...statusFd, 'download', `${name}=${version}`],
      {
        cwd: folder,
        config: this.config,
        onStatus: (line) => {
          onBytes(Math.round(shareOf(line) * size));
        },
      },
    );
    const file = await debIn(folder);
    if (file !== null && (await hasHash(file, sha256))) return file;
    await rm(folder, { recursive: true });
    const why = firstError(output);
    throw new UserError(
      `${name} ${version} could not be downloaded as Debian's signed lists describe it. ${why === '' ? 'Try again, or another mirror.' : `apt says: ${why}`}`,
    );
  }

  /** Removes what was downloaded; the lists stay, so that the next run need not fetch them all. */
  async clean(): Promise<void> {
    await rm(join(this.root, 'packages'), { recursive: true, force: true });
    await rm(join(this.root, 'cache'), { recursive: true, force: true });
  }

  private async update(
    mirror: string,
    suites: readonly string[],
    settings: readonly string[],
    onShare?: (share: number) => void,
  ): Promise<Ran> {
    await writeFile(join(this.root, 'sources.list'), sourcesList(mirror, suites, this.keyring));
    const args = ['-q', ...statusFd, ...settings.flatMap((setting) => ['-o', setting])];
    return runApt('apt-get', [...args, 'update', '--allow-releaseinfo-change'], {
      config: this.config,
      onStatus: (line) => onShare?.(shareOf(line)),
    });
  }

  private releases(): string {
    return join(this.root, 'state/releases');
  }

  private async cache(...args: string[]): Promise<string> {
    return (await runApt('apt-cache', args, { config: this.config })).stdout;
  }

  /** The Release file that apt fetched for a suite and found well signed; null when there is none. */
  private async releaseFile(suite: string): Promise<string | null> {
    const ends = [`_dists_${suite}_InRelease`, `_dists_${suite}_Release`];
    const names = await readdir(this.releases());
    const name = names.find((file) => ends.some((end) => file.endsWith(end)));
    return name === undefined ? null : readFile(join(this.releases(), name), 'utf8');
  }
}

const statusFd = ['-o', 'APT::Status-Fd=3'];

/** `dlstatus:1:12.3456:Retrieving file 1 of 7 (3s remaining)` -> 0.123456 */
function shareOf(line: string): number {
  const percent = Number(/^dlstatus:\d+:([\d.]+):/.exec(line)?.[1] ?? 0);
  return Math.min(1, percent / 100);
}

async function debIn(folder: string): Promise<string | null> {
  const name = (await readdir(folder)).find((file) => file.endsWith('.deb'));
  return name === undefined ? null : join(folder, name);
}

async function hasHash(file: string, sha256: string): Promise<boolean> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex') === sha256;
}
