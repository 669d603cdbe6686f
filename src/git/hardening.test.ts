import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { git, invent } from '../../tests/repositories.ts';
import { hardenedArgs, hardenedEnv } from './hardening.ts';
import { openRepository } from './repository.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'kfunc-atlas-hostile-')));
const marker = join(root, 'marker');
/** A program that leaves a trace. */
const trap = join(root, 'trap');
writeFileSync(trap, `#!/bin/sh\necho "$0 $*" >>${marker}\n`, { mode: 0o755 });

beforeEach(() => {
  rmSync(marker, { force: true });
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const files = {
  Makefile: 'VERSION = 6\nPATCHLEVEL = 1\n',
  'kernel/a.c': 'int a;\n',
  'include/linux/a.h': '',
  '.gitattributes': '* filter=evil diff=evil\n',
};

/** Everything in a configuration that can run a program. */
const hostile = `
[core]
	fsmonitor = ${trap} fsmonitor
	hooksPath = ${root}/hooks
	pager = ${trap} pager
	editor = ${trap} editor
	askPass = ${trap} askpass
	sshCommand = ${trap} ssh
	gitProxy = ${trap} proxy
	alternateRefsCommand = ${trap} alternate
[alias]
	ls-tree = !${trap} alias
	grep = !${trap} alias
	mktree = !${trap} alias
	cat-file = !${trap} alias
[pager]
	ls-tree = ${trap} pager
	for-each-ref = ${trap} pager
	grep = ${trap} pager
[credential]
	helper = !${trap} credential
[diff]
	external = ${trap} diff
[diff "evil"]
	textconv = ${trap} textconv
	command = ${trap} command
[filter "evil"]
	clean = ${trap} clean
	smudge = ${trap} smudge
	process = ${trap} process
[gpg]
	program = ${trap} gpg
[uploadpack]
	packObjectsHook = ${trap} pack
[grep]
	patternType = perl
	fallbackToNoIndex = true
	column = true
	lineNumber = true
[color]
	ui = always
[submodule]
	recurse = true
[log]
	showSignature = true
[protocol]
	allow = always
[protocol "ext"]
	allow = always
`;
mkdirSync(join(root, 'hooks'));
for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change', 'pre-auto-gc']) {
  writeFileSync(join(root, 'hooks', hook), `#!/bin/sh\nexec ${trap} hook\n`, { mode: 0o755 });
}

/** Everything that is read of a repository. */
async function readAll(dir: string): Promise<number> {
  const repository = await openRepository(dir);
  await repository.tags();
  const { commit } = await repository.resolve('v6.1');
  expect(await repository.isLinux(commit)).toBe(true);
  const tree = await repository.listTree(commit);
  const oids = tree.paths().map((path) => tree.oid(path)!);
  let bytes = 0;
  await repository.objects.readAll(oids, { maxBytes: 1e6, onBlob: (_, b) => (bytes += b.length) });
  let without = 0;
  const many = Array.from({ length: 600 }, () => tree.oid('Makefile')!);
  const onWithout = () => without++;
  const options = { maxBytes: 1e6, words: ['PATCH.*'], onBlob: () => undefined, onWithout };
  await repository.objects.readHolding(many, options);
  expect(without).toBe(600);
  await repository.objects.read(oids[0]!, { maxBytes: 1e6 });
  await repository.resolve('nothing').catch(() => undefined);
  await repository.close();
  return bytes;
}

test('nothing that a repository configures is run', async () => {
  const { dir } = invent(join(root, 'hostile'), [{ tag: 'v6.1', files }]);
  appendFileSync(join(dir, '.git/config'), hostile);
  // The traps work: a plain git walks into one.
  spawnSync('git', ['status'], { cwd: dir });
  expect(existsSync(marker)).toBe(true);
  rmSync(marker);
  expect(await readAll(dir)).toBeGreaterThan(0);
  expect(existsSync(marker)).toBe(false);
});

test('nor does the hardening depend on which command is run', () => {
  const { dir } = invent(join(root, 'commands'), [
    { tag: 'v6.1', files },
    { tag: 'v6.2', files: {} },
  ]);
  appendFileSync(join(dir, '.git/config'), hostile);
  const run = (...args: string[]) =>
    execFileSync('git', [...hardenedArgs(), ...args], {
      cwd: dir,
      env: hardenedEnv(),
      stdio: 'pipe',
    });
  run('log', '-p', '--no-ext-diff', '--no-textconv', '--end-of-options', 'v6.2');
  run('grep', '-l', 'VERSION', 'v6.1');
  run('ls-files');
  expect(() => run('fetch', 'ext::' + trap + ' fetch')).toThrow(/not allowed/);
  expect(existsSync(marker)).toBe(false);
});

test('nothing that the environment configures is run, and it turns git nowhere else', async () => {
  const { dir } = invent(join(root, 'environment'), [{ tag: 'v6.1', files }]);
  const home = join(root, 'home');
  mkdirSync(home);
  writeFileSync(join(home, '.gitconfig'), hostile);
  const environment = {
    HOME: home,
    XDG_CONFIG_HOME: home,
    GIT_CONFIG_GLOBAL: join(home, '.gitconfig'),
    GIT_CONFIG_PARAMETERS: `'core.fsmonitor=${trap}'`,
    GIT_DIR: '/nonexistent',
    GIT_WORK_TREE: '/nonexistent',
    GIT_INDEX_FILE: '/nonexistent',
    GIT_ALTERNATE_OBJECT_DIRECTORIES: '/nonexistent',
    GIT_EXEC_PATH: join(root, 'hooks'),
    GIT_EXTERNAL_DIFF: trap,
    GIT_PAGER: trap,
    GIT_EDITOR: trap,
    GIT_SSH_COMMAND: trap,
    GIT_ASKPASS: trap,
    GIT_TRACE: marker,
    GIT_TRACE2: marker,
    PAGER: trap,
    LD_PRELOAD: '',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  expect(await readAll(dir)).toBeGreaterThan(0);
  expect(existsSync(marker)).toBe(false);
});

test('a git that lies in the repository itself is not run', async () => {
  const { dir } = invent(join(root, 'own-git'), [{ tag: 'v6.1', files }]);
  writeFileSync(join(dir, 'git'), `#!/bin/sh\nexec ${trap} git\n`, { mode: 0o755 });
  vi.stubEnv('PATH', `.::${process.env.PATH ?? ''}`);
  const before = process.cwd();
  expect(await readAll(dir)).toBeGreaterThan(0);
  expect(process.cwd()).toBe(before);
  expect(existsSync(marker)).toBe(false);
});

describe('a partial clone', () => {
  const { dir: origin, commits } = invent(join(root, 'origin'), [{ tag: 'v6.1', files }], {
    bare: true,
  });
  git(origin, ['config', 'uploadpack.allowFilter', 'true']);
  const dir = join(root, 'partial');
  git(root, ['clone', '-q', '--bare', '--filter=blob:none', `file://${origin}`, dir]);
  // What it lacks, it would fetch from wherever its configuration says.
  git(dir, ['config', 'remote.origin.url', `ext::${trap} promisor`]);
  git(dir, ['config', 'protocol.ext.allow', 'always']);
  const lost = git(origin, ['rev-parse', 'v6.1:kernel/a.c']);

  test('is never completed behind the back: the object is named instead', async () => {
    const repository = await openRepository(dir);
    expect(repository.isPartial).toBe(true);
    const tree = await repository.listTree(commits['v6.1']!);
    expect(tree.oid('kernel/a.c')).toBe(lost);
    const message = `Object ${lost} is missing from ${dir}, which is a partial clone`;
    await expect(repository.objects.read(lost, { maxBytes: 99 })).rejects.toThrow(message);
    const reading = repository.objects.readAll([lost], { maxBytes: 99, onBlob: () => undefined });
    await expect(reading).rejects.toThrow(message);
    const searching = repository.objects.readHolding(
      Array.from({ length: 600 }, () => lost),
      { maxBytes: 99, words: ['a'], onBlob: () => undefined, onWithout: () => undefined },
    );
    await expect(searching).rejects.toThrow(message);
    await repository.close();
    expect(existsSync(marker)).toBe(false);
  });

  test('would else be completed: the trap works', () => {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' };
    expect(() =>
      execFileSync('git', ['cat-file', '-p', lost], { cwd: dir, env, stdio: 'ignore' }),
    ).toThrow();
    expect(existsSync(marker)).toBe(true);
  });
});

test.runIf(process.getuid?.() === 0)('a repository of another user is read', async () => {
  const { dir } = invent(join(root, 'foreign'), [{ tag: 'v6.1', files }]);
  execFileSync('chown', ['-R', '12345', dir]);
  expect(() => execFileSync('git', ['log'], { cwd: dir, stdio: 'pipe' })).toThrow(
    /dubious ownership/,
  );
  expect(await readAll(dir)).toBeGreaterThan(0);
});
