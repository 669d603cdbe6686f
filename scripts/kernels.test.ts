import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InventedArchive, lackingPrograms } from '../tests/debian-archive.ts';
import { git } from '../tests/repositories.ts';

const entry = fileURLToPath(new URL('kfunc-atlas.mjs', import.meta.url));
const lacking = lackingPrograms();
const without = lacking.length > 0 ? ` (needs ${lacking.join(', ')})` : '';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kernels-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

// The whole command against an archive of our own: no network, and an invented kernel.
describe.skipIf(lacking.length > 0)(`kernels --from debian${without}`, () => {
  let archive: InventedArchive;
  let records: string[];

  beforeAll(() => {
    archive = new InventedArchive(dir);
    records = [archive.addPackage('9.1', '9.1.4-1'), archive.addPackage('9.2', '9.2.1-1~bpo1+1')];
    archive.publish(records);
  });

  function command(into: string, ...more: string[]): string[] {
    const mirror = ['--mirror', `file:${archive.path}`, '--keyring', archive.keyring];
    return [entry, 'kernels', '--from', 'debian', ...mirror, '--into', join(dir, into), ...more];
  }

  function run(into: string, ...more: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, command(into, ...more), {
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  const ask = (repo: string, ...args: string[]) => git(join(dir, repo), args);

  test('imports the packages as tagged commits, and says what it costs', () => {
    const { status, stdout, stderr } = run('all.git');
    expect(stderr).toMatch(/v9\.2\.1 +1 MB {2}linux-source-9\.2 9\.2\.1-1~bpo1\+1 \(invented\)/);
    expect(stderr).toMatch(/This will download 1 MB and take about a minute/);
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'v9.2.1\nv9.1.4\n' });
    const tree = ask('all.git', 'ls-tree', '-r', 'v9.2.1').replace(/[0-9a-f]{40}/g, '…');
    expect(tree.split('\n')).toEqual([
      '100644 blob …\tMakefile',
      '100644 blob …\tinclude/linux/invented.h',
      '100644 blob …\t"kernel/bpf/odd \\"name\\".c"',
      '100644 blob …\tkernel/bpf/same.c',
      '120000 blob …\tlink',
      '100755 blob …\trun.sh',
    ]);
    expect(ask('all.git', 'log', '--format=%cI %P%s', 'v9.1.4')).toBe(
      '2031-02-03T04:05:06+00:00 Linux 9.1.4, as packaged by Debian',
    );
    expect(ask('all.git', 'fsck', '--strict', '--no-dangling')).toBe('');
    expect(readdirSync(join(dir, 'all.git/debian'))).not.toContain('packages');
  });

  test('says that there is nothing new, and changes nothing', () => {
    const before = ask('all.git', 'for-each-ref');
    const { status, stdout, stderr } = run('all.git');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toContain('Nothing new');
    expect(ask('all.git', 'for-each-ref')).toBe(before);
  });

  test('writes nothing but the tags with --quiet, and takes only what --only names', () => {
    expect(run('only.git', '--only', '9.1', '--quiet')).toEqual({
      status: 0,
      stdout: 'v9.1.4\n',
      stderr: '',
    });
    const commit = (repo: string) => ask(repo, 'rev-parse', 'v9.1.4');
    expect(commit('only.git')).toBe(commit('all.git'));
  });

  test('says which series there are when --only names another', () => {
    const { status, stderr } = run('other.git', '--only', '8.8');
    expect(status).toBe(1);
    expect(stderr).toContain("error: Debian's suites hold 9.2, 9.1; none of these is in --only.");
    expect(existsSync(join(dir, 'other.git'))).toBe(false);
  });

  test('adds a newer version beside the older one', () => {
    archive.publish([...records, archive.addPackage('9.1', '9.1.5-1')]);
    expect(run('all.git').stdout).toBe('v9.1.5\n');
    expect(ask('all.git', 'tag').split('\n')).toEqual(['v9.1.4', 'v9.1.5', 'v9.2.1']);
    archive.publish(records);
  });

  test('believes the Makefile when the package says otherwise, and says so', () => {
    archive.publish([archive.addPackage('9.3', '9.3.1-1', '9.3.2')]);
    const { stdout, stderr } = run('makefile.git');
    expect(stdout).toBe('v9.3.2\n');
    expect(stderr).toContain('the Makefile says v9.3.2');
    expect(run('makefile.git').stderr).toContain('Nothing new');
    archive.publish(records);
  });

  test('takes nothing from an archive that is not signed', () => {
    archive.publish(records, { signed: false });
    const { status, stdout, stderr } = run('unsigned.git');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/error: Nothing was taken from .*: no suite there is signed/);
    expect(existsSync(join(dir, 'unsigned.git'))).toBe(false);
    archive.publish(records);
  });

  test('takes nothing when the list of packages is not what was signed', () => {
    const text = readFileSync(archive.list(), 'utf8');
    writeFileSync(archive.list(), text.replace('invented', 'tampered'));
    const { status, stdout } = run('list.git');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    archive.publish(records);
  });

  test('takes no package that is not what the signed list describes', () => {
    const deb = archive.deb('9.1', '9.1.4-1');
    const bytes = readFileSync(deb);
    writeFileSync(deb, Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1)! ^ 1])]));
    const { status, stdout, stderr } = run('package.git', '--only', '9.1');
    writeFileSync(deb, bytes);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('could not be downloaded as Debian');
    expect(run('package.git', '--only', '9.1').stdout).toBe('v9.1.4\n');
  });

  test('goes on after a kill at any moment', async () => {
    for (const ms of [300, 400, 500, 600, 900, 1300]) {
      const child = spawn(process.execPath, command('killed.git'), { stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('close', resolve));
      const timer = setTimeout(() => child.kill('SIGKILL'), ms);
      await ended;
      clearTimeout(timer);
    }
    expect(run('killed.git').status).toBe(0);
    expect(ask('killed.git', 'tag').split('\n')).toEqual(['v9.1.4', 'v9.2.1']);
    expect(ask('killed.git', 'fsck', '--strict', '--no-dangling')).toBe('');
    const left = readdirSync(join(dir, 'killed.git/objects/pack'));
    expect(left.filter((name) => name.startsWith('tmp_'))).toEqual([]);
  });

  test('ends with 130 on Ctrl-C', async () => {
    const child = spawn(process.execPath, command('interrupted.git'), { stdio: 'pipe' });
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.stderr.once('data', () => child.kill('SIGINT'));
    expect(await ended).toBe(130);
  });

  test('lets one run at a time write', async () => {
    const first = spawn(process.execPath, command('two.git'), { stdio: 'pipe' });
    const ended = new Promise((resolve) => first.once('close', resolve));
    await new Promise((resolve) => first.stderr.once('data', resolve));
    const { status, stderr } = run('two.git');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: Another kfunc-atlas \(process \d+\) is writing kernels in/);
    expect(await ended).toBe(0);
  });

  test('does not write into a folder that is not its own', () => {
    mkdirSync(join(dir, 'foreign'));
    writeFileSync(join(dir, 'foreign/file'), 'mine');
    const { status, stderr } = run('foreign');
    expect(status).toBe(1);
    expect(stderr).toContain('was not made by');
    expect(readdirSync(join(dir, 'foreign'))).toEqual(['file']);
  });
});

function kernels(args: readonly string[], env = process.env) {
  const { status, stderr } = spawnSync(
    process.execPath,
    [entry, 'kernels', '--from', 'debian', ...args],
    { encoding: 'utf8', cwd: dir, env },
  );
  return { status, stderr };
}

test('says which keyring is missing', () => {
  expect(kernels(['--keyring', '/no/such.gpg'])).toEqual({
    status: 1,
    stderr: 'error: The keyring /no/such.gpg cannot be read.\n',
  });
});

test('names another way where there is no apt', () => {
  const { status, stderr } = kernels(['--keyring', entry], {
    ...process.env,
    PATH: '/nonexistent',
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^error: apt-config was not found: .*extract --linux/);
});

test('refuses a list of series that is none', () => {
  const { status, stderr } = kernels(['--only', '6.12,latest']);
  expect(status).toBe(2);
  expect(stderr).toContain('--only wants a list such as 6.12,7.3');
});
