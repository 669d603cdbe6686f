import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kernels } from '../kernels/atlas.ts';
import { kfuncFile } from '../kernels/c.ts';
import { git, invent } from '../repositories.ts';

const entry = fileURLToPath(new URL('../../scripts/kfunc-atlas.mjs', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'kfunc-atlas-bad-input-'));
const linux = join(root, 'linux');
const out = join(root, 'out');
const files = { 'kernel/bpf/helpers.c': kfuncFile('good', ['XDP'], [{ name: 'bpf_good' }]) };

beforeAll(() => {
  invent(linux, kernels({ 'v6.1': files, 'v6.2': { ...files, 'net/new.c': 'int x;\n' } }));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

function extract(...args: string[]) {
  const all = ['extract', '--quiet', '--cache', join(root, 'cache'), ...args];
  return spawnSync(process.execPath, [entry, ...all], {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
  });
}

/** Runs the command, sees that it fails as it should, and gives the sentence it ends with. */
function complaint(args: string[], code = 1): string {
  const { status, stdout, stderr } = extract(...args);
  expect({ status, stdout, stderr }).toEqual({ status: code, stdout: '', stderr });
  expect(stderr).toMatch(/^error: [^\n]+\n$/);
  expect(stderr).not.toMatch(/\bat .*:\d+:\d+|node:internal|Error:/);
  expect(existsSync(out)).toBe(false);
  return stderr.slice('error: '.length).trim();
}

function ofRepository(dir: string, ...args: string[]): string {
  return complaint(['--linux', dir, '--out', out, ...args]);
}

describe('--linux', () => {
  test('that is no git repository, no folder, or not there', () => {
    mkdirSync(join(root, 'empty'));
    writeFileSync(join(root, 'file'), 'x\n');
    expect(ofRepository('empty')).toContain('empty is not a git repository');
    expect(ofRepository('file')).toBe('file is not a folder.');
    expect(ofRepository('nowhere')).toBe('nowhere does not exist.');
  });

  test('that holds something else, with tags like those of Linux or without', () => {
    invent(join(root, 'other'), [
      { tag: 'v6.1', files: { README: 'hello\n', Makefile: 'all:\n' } },
    ]);
    expect(ofRepository('other')).toContain(
      'other is a git repository, but no Linux: its tree has',
    );
    git(join(root, 'other'), ['tag', '-d', 'v6.1']);
    expect(ofRepository('other')).toContain(
      'other is a git repository, but no Linux: its tree has',
    );
  });

  test('without release tags: it says how to fetch them', () => {
    invent(join(root, 'untagged'), kernels({ 'next-2024': files }));
    const said = ofRepository('untagged');
    expect(said).toContain('untagged has no release tags (v5.13 and later have kfuncs)');
    expect(said).toMatch(/`git -C .*untagged fetch --tags https:.*` brings them/);
    invent(join(root, 'old'), kernels({ 'v4.19': files, 'v5.4': files }));
    expect(ofRepository('old')).toContain('old has no release tag newer than v5.4');
  });

  test('that is missing', () => {
    const { status, stderr } = extract('--out', out);
    expect(status).toBe(2);
    expect(stderr).toContain("error: required option '--linux <dir>' not specified");
  });
});

describe('options', () => {
  test('a ref that does not exist, is no commit, or is no Linux', () => {
    git(linux, ['tag', 'a-blob', 'v6.1:Makefile']);
    const author = ['-c', 'user.name=A Person', '-c', 'user.email=a@example.org'];
    const commit = git(linux, [...author, 'commit-tree', '-m', 'x', 'v6.1:kernel']);
    git(linux, ['tag', 'no-linux', commit]);
    expect(ofRepository(linux, '--ref', 'mine=nope')).toContain(
      'has no tag, branch or commit "nope"',
    );
    expect(ofRepository(linux, '--ref', 'mine=a-blob')).toContain('something else than a commit');
    const said = ofRepository(linux, '--ref', 'mine=no-linux', '--ref', 'good=v6.1');
    expect(said).toContain('"no-linux" in ');
    expect(said).toContain('is no Linux: its tree has no kernel/');
  });

  test.each([
    ['mine', 'write NAME=REV'],
    ['=v6.1', 'write NAME=REV'],
    ['mine=', 'write NAME=REV'],
    ['../x=v6.1', 'a name is of letters'],
    ['a/b=v6.1', 'a name is of letters'],
    ['mainline=v6.1', 'is what a release is called'],
    ['v6.2=v6.1', 'is what a release is called'],
  ])('--ref %s makes no sense', (value, words) => {
    expect(complaint(['--linux', linux, '--out', out, '--ref', value], 2)).toContain(words);
  });

  test('--ref with one name for two', () => {
    const twice = ['--ref', 'a=v6.1', '--ref', 'a=v6.2'];
    expect(complaint(['--linux', linux, '--out', out, ...twice], 2)).toContain('given twice');
  });

  test('--releases that fits nothing, or is nothing: it says what there is', () => {
    expect(ofRepository(linux, '--releases', 'v7.*')).toBe(
      '--releases v7.* fits no release; there are v6.1, v6.2.',
    );
    expect(ofRepository(linux, '--releases', '')).toContain('--releases is empty');
    expect(ofRepository(linux, '--releases', 'v6.1..new')).toContain('new is no release');
  });

  test('one that is not known, or an argument too many', () => {
    for (const odd of [['--outt', 'x'], ['--releases'], ['more']]) {
      const { status, stdout, stderr } = extract('--linux', linux, '--out', out, ...odd);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(
        /^error: [^\n]+\n(\(Did you mean [^\n]+\)\n)?\(--help tells more\)\n$/,
      );
    }
    expect(existsSync(out)).toBe(false);
  });
});

describe('--out', () => {
  /** Ends with a sentence before anything is read, and leaves `place` as it is. */
  function refused(place: string): string {
    const started = Date.now();
    const { status, stderr } = extract('--linux', linux, '--out', place);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(Date.now() - started).toBeLessThan(30_000);
    return stderr;
  }

  test('that is a file, or below one', () => {
    writeFileSync(join(root, 'in-the-way'), 'keep me\n');
    expect(refused('in-the-way')).toContain('in-the-way is a file: the dataset needs a directory.');
    expect(refused('in-the-way/below')).toContain('a part of the path is a file');
    expect(readFileSync(join(root, 'in-the-way'), 'utf8')).toBe('keep me\n');
  });

  test("that holds somebody's work", () => {
    mkdirSync(join(root, 'work'));
    writeFileSync(join(root, 'work/thesis.txt'), 'keep me\n');
    expect(refused('work')).toContain('work is not empty and holds no dataset');
    writeFileSync(join(root, 'work/releases.json'), '{"mine": true}\n');
    expect(refused('work')).toContain('releases.json is not that of a dataset');
    expect(readdirSync(join(root, 'work')).sort()).toEqual(['releases.json', 'thesis.txt']);
    expect(refused(linux)).toContain('is not empty and holds no dataset');
  });

  test('where nothing can be made', () => {
    if (existsSync('/proc/self'))
      expect(refused('/proc/kfunc-atlas')).toContain('Cannot write the dataset');
    symlinkSync('loop', join(root, 'loop'));
    expect(refused('loop/below')).toContain('Cannot write the dataset');
    expect(refused('x'.repeat(300))).toContain('the path is too long');
  });

  test.skipIf(process.getuid?.() === 0)('that may not be written (not as root)', () => {
    mkdirSync(join(root, 'locked'));
    chmodSync(join(root, 'locked'), 0o555);
    expect(refused('locked')).toContain('permission was denied');
    expect(refused('locked/below')).toContain('permission was denied');
    chmodSync(join(root, 'locked'), 0o755);
  });
});

test('no file may grow as the dataset needs it: the one before stays whole', () => {
  const data = join(root, 'limited');
  const args = ['extract', '--quiet', '--linux', linux, '--out', data];
  const cache = ['--cache', join(root, 'limited-cache')];
  expect(extract('--linux', linux, '--out', data, '--releases', 'v6.1').status).toBe(0);
  const before = readdirSync(data, { recursive: true, encoding: 'utf8' }).sort();
  const list = readFileSync(join(data, 'releases.json'), 'utf8');
  // The shell's limit is in blocks of 512 bytes.
  const limited = [
    '-c',
    'ulimit -f 1 && exec "$0" "$@"',
    process.execPath,
    entry,
    ...args,
    ...cache,
  ];
  const { status, stderr } = spawnSync('sh', limited, { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^error: Cannot write the dataset in .*limited: .* Nothing was changed\.\n$/,
  );
  expect(readdirSync(data, { recursive: true, encoding: 'utf8' }).sort()).toEqual(before);
  expect(readFileSync(join(data, 'releases.json'), 'utf8')).toBe(list);
});

describe('a clone that is not whole', () => {
  const found = /^Object ([0-9a-f]{40}\S*)/;

  /** Removes an object of the checkout in a copy of it, and gives what is said of it. */
  function without(name: string, rev: string): { oid: string; said: string } {
    const copy = join(root, name);
    cpSync(linux, copy, { recursive: true });
    const oid = git(copy, ['rev-parse', rev]);
    rmSync(join(copy, '.git/objects', oid.slice(0, 2), oid.slice(2)));
    return { oid, said: ofRepository(name, '--cache', join(root, `${name}-cache`)) };
  }

  test.each([
    ['source file', 'v6.1:kernel/bpf/helpers.c'],
    ['Makefile of a folder', 'v6.1:kernel/bpf/Makefile'],
    ['top Makefile', 'v6.2:Makefile'],
    ['Kconfig file', 'v6.1:init/Kconfig'],
    ['list of maintainers', 'v6.1:MAINTAINERS'],
    ['folder', 'v6.2:kernel'],
    ['folder below', 'v6.1:include/linux'],
    ['commit', 'v6.1^{commit}'],
  ])('lacks a %s: it says which object, and how to get it', (what, rev) => {
    const { oid, said } = without(what.replaceAll(' ', '-'), rev);
    expect(found.exec(said)?.[1]).toBe(oid);
    expect(said).toMatch(/which is incomplete or damaged: `git -C .* fetch .*` brings a release/);
  });

  test('goes on where it was when the object is back', () => {
    const copy = join(root, 'mended');
    const { oid } = without('mended', 'v6.1:kernel/bpf/helpers.c');
    const path = `.git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`;
    cpSync(join(linux, path), join(copy, path));
    const { status } = extract(
      '--linux',
      copy,
      '--out',
      out,
      '--cache',
      join(root, 'mended-cache'),
    );
    expect(status).toBe(0);
    rmSync(out, { recursive: true });
  });

  test('has an object that is garbage', () => {
    const copy = join(root, 'garbage');
    cpSync(linux, copy, { recursive: true });
    const oid = git(copy, ['rev-parse', 'v6.1:kernel/bpf/helpers.c']);
    const path = join(copy, '.git/objects', oid.slice(0, 2), oid.slice(2));
    chmodSync(path, 0o644);
    writeFileSync(path, 'garbage');
    expect(ofRepository('garbage', '--cache', join(root, 'garbage-cache'))).toContain(oid);
  });

  test('left its files at a remote on purpose', () => {
    git(linux, ['config', 'uploadpack.allowFilter', 'true']);
    git(root, ['clone', '-q', '--bare', '--filter=blob:none', `file://${linux}`, 'partial.git']);
    const said = ofRepository('partial.git', '--cache', join(root, 'partial-cache'));
    expect(said).toContain('which is a partial clone');
    expect(said).toContain('fetch --refetch --no-filter origin');
  });

  test('is shallow and has a tag whose commit was never fetched', () => {
    git(root, ['clone', '-q', '--bare', '--depth', '1', `file://${linux}`, 'shallow.git']);
    const commit = git(linux, ['rev-parse', 'v6.1^{commit}']);
    writeFileSync(join(root, 'shallow.git/refs/tags/v6.1'), `${commit}\n`);
    const said = ofRepository('shallow.git', '--cache', join(root, 'shallow-cache'));
    expect(said).toContain(`Object ${commit} (of tag v6.1) is missing`);
    expect(said).toContain('which is a shallow clone');
    expect(said).toContain('fetch --depth 1 origin tag v6.1');
  });
});

test('a cache that cannot be written is said, and the run goes on', () => {
  writeFileSync(join(root, 'no-cache'), '');
  const args = ['extract', '--linux', linux, '--out', out, '--cache', join(root, 'no-cache')];
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...args], {
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  expect(stderr).toMatch(
    /^Cannot write to the cache in .*no-cache: .* The run goes on without it\.$/m,
  );
  expect(stderr).not.toContain('damaged');
  expect(stdout).toContain('written to');
  rmSync(out, { recursive: true });
});

test('odd C is printed as path:line: message, and does not fail the command', () => {
  const odd = { ...files, 'net/odd.c': `${files['kernel/bpf/helpers.c']}\n#ifdef CONFIG_NET\n` };
  invent(join(root, 'odd'), kernels({ 'v6.1': odd }));
  const args = ['extract', '--linux', 'odd', '--out', out, '--cache', join(root, 'cache')];
  const { status, stderr } = spawnSync(process.execPath, [entry, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  const line = odd['net/odd.c'].split('\n').length - 1;
  expect(stderr).toMatch(new RegExp(`^net/odd\\.c:${line}: warning: .*\\[v6\\.1\\]$`, 'm'));
  rmSync(out, { recursive: true });
});
