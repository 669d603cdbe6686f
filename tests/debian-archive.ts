import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** What it takes to make an archive, and to read it. */
const needed = ['apt-get', 'dpkg-deb', 'gpg', 'gpgconf', 'xz', 'tar'];

export function lackingPrograms(): string[] {
  return needed.filter((name) => spawnSync('which', [name]).status !== 0);
}

/** An archive in the manner of Debian's in a folder, signed with a key of its own. */
export class InventedArchive {
  readonly path: string;
  readonly keyring: string;
  private readonly dir: string;

  constructor(dir: string) {
    this.dir = dir;
    this.path = join(dir, 'archive');
    this.keyring = join(dir, 'keys.gpg');
  }

  deb(series: string, version: string): string {
    return join(this.path, `pool/linux-source-${series}_${version}_all.deb`);
  }

  list(): string {
    return join(this.path, 'dists/stable/main/binary-amd64/Packages');
  }

  /**
   * Builds `linux-source-<series>` around an invented kernel.
   *
   * @param release what the tree's Makefile says, when it is not what the package says
   * @returns the package's record for `publish`
   */
  addPackage(series: string, version: string, release = version.split('-')[0]!): string {
    const root = mkdtempSync(join(this.dir, 'package-'));
    const name = `linux-source-${series}`;
    writeTree(join(root, name), release);
    const data = join(root, 'data');
    mkdirSync(join(data, 'usr/src'), { recursive: true });
    const tar = join(data, `usr/src/${name}.tar.xz`);
    const time = ['--mtime=2031-02-03 04:05:06Z', '--sort=name'];
    must('tar', [...time, '-cJf', tar, '-C', root, name]);
    mkdirSync(join(data, 'DEBIAN'));
    const control = `Package: ${name}\nVersion: ${version}\nArchitecture: all\nMaintainer: Nobody <n@example.org>\nDescription: invented\n`;
    writeFileSync(join(data, 'DEBIAN/control'), control);
    mkdirSync(join(this.path, 'pool'), { recursive: true });
    const deb = this.deb(series, version);
    must('dpkg-deb', ['--root-owner-group', '-b', data, deb]);
    const bytes = readFileSync(deb);
    return `${control}Filename: pool/${name}_${version}_all.deb\nSize: ${bytes.length}\nSHA256: ${sha256(bytes)}\n`;
  }

  /** Writes the suite `stable`, also known as `invented`, anew, and signs it or does not. */
  publish(records: readonly string[], options: { signed: boolean } = { signed: true }): void {
    const dists = join(this.path, 'dists');
    const suite = join(dists, 'stable');
    rmSync(dists, { recursive: true, force: true });
    mkdirSync(join(suite, 'main/binary-amd64'), { recursive: true });
    symlinkSync('stable', join(dists, 'invented'));
    const packages = records.join('\n');
    writeFileSync(this.list(), packages);
    const date = new Date().toUTCString().replace('GMT', 'UTC');
    const sum = ` ${sha256(packages)} ${packages.length} main/binary-amd64/Packages`;
    const release = `Origin: Debian\nSuite: stable\nCodename: invented\nDate: ${date}\nArchitectures: all amd64\nComponents: main\nSHA256:\n${sum}\n`;
    writeFileSync(join(suite, 'Release'), release);
    if (options.signed) this.sign(suite);
  }

  private sign(suite: string): void {
    const home = join(this.dir, 'gpg');
    const gpg = ['--homedir', home, '--batch', '--yes', '--quiet', '--pinentry-mode', 'loopback'];
    if (!existsSync(home)) {
      mkdirSync(home, { mode: 0o700 });
      const key = ['Invented <i@example.org>', 'rsa2048', 'sign', 'never'];
      must('gpg', [...gpg, '--passphrase', '', '--quick-generate-key', ...key]);
      must('gpg', [...gpg, '--output', this.keyring, '--export']);
    }
    const output = ['--output', join(suite, 'InRelease')];
    must('gpg', [...gpg, ...output, '--clearsign', join(suite, 'Release')]);
    must('gpgconf', ['--homedir', home, '--kill', 'gpg-agent']);
  }
}

function writeTree(tree: string, release: string): void {
  const [major, minor, point = '0'] = release.split('.');
  const files: Record<string, string> = {
    Makefile: `VERSION = ${major!}\nPATCHLEVEL = ${minor!}\nSUBLEVEL = ${point}\nEXTRAVERSION =\n`,
    'include/linux/invented.h': '#define INVENTED 1\n',
    'kernel/bpf/odd "name".c': `int odd_${point};\n`,
    'kernel/bpf/same.c': 'int same;\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(tree, path, '..'), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  writeFileSync(join(tree, 'run.sh'), '#!/bin/sh\n', { mode: 0o755 });
  symlinkSync('kernel/bpf', join(tree, 'link'));
}

function sha256(bytes: string | Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function must(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}
