import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { git, invent } from '../../tests/repositories.ts';
import { UserError } from '../user-error.ts';
import { openRepository, type Repository } from './repository.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'kfunc-atlas-git-')));
const opened: Repository[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((repository) => repository.close()));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

async function open(dir: string): Promise<Repository> {
  const repository = await openRepository(dir);
  opened.push(repository);
  return repository;
}

/** The message of the UserError that a promise ends in. */
async function complaintOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => 'no error',
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

/** Removes an object from a small bare repository, which has no pack. */
function lose(dir: string, oid: string): void {
  rmSync(join(dir, 'objects', oid.slice(0, 2), oid.slice(2)));
}

const linux = {
  Makefile: '# SPDX\nVERSION = 6\nPATCHLEVEL = 1\n',
  'kernel/fork.c': 'int fork;\n',
  'include/linux/fork.h': 'extern int fork;\n',
};
const two = [
  { tag: 'v6.1', files: linux, date: '2022-12-11', annotated: true },
  { tag: 'v6.2', files: { ...linux, 'kernel/exit.c': 'int exit;\n' }, date: '2023-02-19' },
];
const plain = invent(join(root, 'plain'), two);
const bare = invent(join(root, 'bare.git'), two, { bare: true });

describe('openRepository', () => {
  test('opens a checkout, a folder in it, its .git and a bare repository alike', async () => {
    for (const dir of [plain.dir, join(plain.dir, 'kernel'), join(plain.dir, '.git'), bare.dir]) {
      const repository = await open(dir);
      expect(repository).toMatchObject({ dir, isShallow: false, isPartial: false });
      expect((await repository.tags()).map(({ name }) => name)).toEqual(['v6.1', 'v6.2']);
      const tree = await repository.listTree(plain.commits['v6.2']!);
      expect(tree.paths()).toContain('kernel/exit.c');
    }
  });

  test('opens a linked worktree and a folder in it', async () => {
    const dir = join(root, 'linked');
    git(plain.dir, ['worktree', 'add', '-q', '--detach', dir, 'v6.1']);
    const repository = await open(join(dir, 'kernel'));
    expect(repository.gitDir).toBe(join(plain.dir, '.git/worktrees/linked'));
    expect((await repository.resolve('HEAD')).commit).toBe(plain.commits['v6.1']);
    expect(await repository.tags()).toHaveLength(2);
  });

  test('opens a repository with SHA-256 names', async () => {
    const { dir, commits } = invent(join(root, 'sha256'), two, { objectFormat: 'sha256' });
    const repository = await open(dir);
    const { commit } = await repository.resolve('v6.2');
    expect(commit).toBe(commits['v6.2']);
    expect(commit).toHaveLength(64);
    const oid = (await repository.listTree(commit)).oid('kernel/exit.c')!;
    expect(await repository.objects.read(oid, { maxBytes: 99 })).toEqual(
      Buffer.from('int exit;\n'),
    );
  });

  test('opens a folder whose name has spaces, quotes and a newline', async () => {
    const { dir } = invent(join(root, 'a "b"\n$(c)'), two);
    expect((await open(join(dir, 'kernel'))).gitDir).toBe(join(dir, '.git'));
  });

  test('does not look at GIT_DIR and its like in the environment', async () => {
    vi.stubEnv('GIT_DIR', bare.dir);
    vi.stubEnv('GIT_CEILING_DIRECTORIES', root);
    vi.stubEnv('GIT_OBJECT_DIRECTORY', '/nonexistent');
    vi.stubEnv('GIT_CONFIG_COUNT', '1');
    vi.stubEnv('GIT_CONFIG_KEY_0', 'core.repositoryFormatVersion');
    vi.stubEnv('GIT_CONFIG_VALUE_0', '99');
    const repository = await open(join(plain.dir, 'kernel'));
    expect(repository.gitDir).toBe(join(plain.dir, '.git'));
    expect(await repository.tags()).toHaveLength(2);
  });

  test('says what is not a repository, not a folder, or not there', async () => {
    const none = join(root, 'none');
    mkdirSync(none);
    expect(await complaintOf(openRepository(none))).toContain(
      '/none is not a git repository: give',
    );
    expect(await complaintOf(openRepository(`${none}/x`))).toContain('/none/x does not exist.');
    const file = join(plain.dir, 'Makefile');
    expect(await complaintOf(openRepository(file))).toContain('Makefile is not a folder.');
  });

  test('says in the words of git why a repository cannot be opened', async () => {
    const { dir } = invent(join(root, 'future'), two);
    git(dir, ['config', 'core.repositoryFormatVersion', '99']);
    expect(await complaintOf(openRepository(dir))).toMatch(/is not a git repository \(git: .*99/);
  });

  test('says when git is not installed, or too old', async () => {
    const bin = join(root, 'bin');
    mkdirSync(bin);
    vi.stubEnv('PATH', bin);
    expect(await complaintOf(openRepository(plain.dir))).toContain('git was not found: install it');
    writeFileSync(join(bin, 'git'), '#!/bin/sh\necho git version 2.20.1\n', { mode: 0o755 });
    expect(await complaintOf(openRepository(plain.dir))).toContain(
      'git 2.20.1 is too old: version 2.30',
    );
  });
});

describe('tags', () => {
  test('are dated by their tagger, else by the commit', async () => {
    expect(await (await open(bare.dir)).tags()).toEqual([
      {
        name: 'v6.1',
        commit: bare.commits['v6.1'],
        date: '2022-12-12T12:00:00+00:00',
        missing: null,
      },
      {
        name: 'v6.2',
        commit: bare.commits['v6.2'],
        date: '2023-02-19T12:00:00+00:00',
        missing: null,
      },
    ]);
  });

  test('of trees and blobs are left out, tags of tags are followed, odd names do no harm', async () => {
    const { dir, commits } = invent(join(root, 'odd-tags'), two, { bare: true });
    git(dir, ['tag', 'v6.3', 'v6.1^{tree}']);
    git(dir, ['tag', 'v6.4', 'v6.1:Makefile']);
    const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
    git(dir, [...who, 'tag', '-a', '-m', 'of a tree', 'v6.5', 'v6.1^{tree}']);
    git(dir, [...who, 'tag', '-a', '-m', 'of a tag', 'v6.6', 'v6.1']);
    git(dir, ['update-ref', 'refs/tags/--upload-pack=touch$IFS`x`;é', 'v6.2']);
    const tags = await (await open(dir)).tags();
    expect(tags.map(({ name, commit }) => [name, commit])).toEqual([
      ['--upload-pack=touch$IFS`x`;é', commits['v6.2']],
      ['v6.1', commits['v6.1']],
      ['v6.2', commits['v6.2']],
      ['v6.6', commits['v6.1']],
    ]);
  });

  test('are listed though an object of one is missing, which is named', async () => {
    const { dir, commits } = invent(join(root, 'gap'), two, { bare: true });
    const lost = commits['v6.1']!;
    lose(dir, lost);
    const repository = await open(dir);
    expect(await repository.tags()).toEqual([
      { name: 'v6.1', commit: lost, date: '2022-12-12T12:00:00+00:00', missing: lost },
      expect.objectContaining({ name: 'v6.2', missing: null }),
    ]);
    expect(await complaintOf(repository.resolve('v6.1'))).toBe(
      `Object ${lost} (of v6.1) is missing from ${dir}, which is incomplete or damaged: ` +
        `\`git -C ${dir} fetch --depth 1 origin tag v6.1\` brings a release; \`git fsck\` tells what else is gone.`,
    );
  });

  test('are many and still fast', async () => {
    const { dir, commits } = invent(join(root, 'many'), two, { bare: true });
    const refs = Array.from(
      { length: 2500 },
      (_, i) => `create refs/tags/v5.10.${i} ${commits['v6.1']!}\n`,
    );
    git(dir, ['update-ref', '--stdin'], Buffer.from(refs.join('')));
    expect(await (await open(dir)).tags()).toHaveLength(2502);
  });

  test('are none in an empty repository', async () => {
    expect(await (await open(invent(join(root, 'empty'), []).dir)).tags()).toEqual([]);
  });
});

describe('resolve', () => {
  test('takes tags, branches, HEAD and abbreviated ids', async () => {
    const repository = await open(bare.dir);
    const newest = { commit: bare.commits['v6.2'], date: '2023-02-19T12:00:00+00:00' };
    for (const rev of ['v6.2', 'main', 'HEAD', 'refs/heads/main', newest.commit!.slice(0, 10)]) {
      expect(await repository.resolve(rev)).toEqual(newest);
    }
    expect((await repository.resolve('HEAD~1')).commit).toBe(bare.commits['v6.1']);
    expect((await repository.resolve('v6.1')).commit).toBe(bare.commits['v6.1']);
  });

  test('takes a ref whose name is an option of git', async () => {
    const { dir, commits } = invent(join(root, 'options'), two, { bare: true });
    git(dir, ['update-ref', 'refs/heads/--upload-pack=x', commits['v6.1']!]);
    expect((await (await open(dir)).resolve('--upload-pack=x')).commit).toBe(commits['v6.1']);
  });

  test.each([
    'v9.9',
    '--all',
    '--upload-pack=x',
    '-h',
    '',
    'a\nb',
    'v6.1\nv6.2',
    ':/',
    'f'.repeat(40),
  ])('says that there is no %j', async (rev) => {
    const repository = await open(bare.dir);
    expect(await complaintOf(repository.resolve(rev))).toMatch(
      /no tag, branch or commit|is missing/,
    );
    expect((await repository.resolve('v6.1')).commit).toBe(bare.commits['v6.1']);
  });

  test('does not take a tree or a blob for a commit', async () => {
    const repository = await open(bare.dir);
    for (const rev of ['v6.1^{tree}', 'v6.1:Makefile']) {
      expect(await complaintOf(repository.resolve(rev))).toContain('something else than a commit');
    }
  });

  test('in a shallow clone knows what is there, and names what is not', async () => {
    const dir = join(root, 'shallow');
    git(root, ['clone', '-q', '--depth', '1', '--branch', 'v6.2', `file://${bare.dir}`, dir]);
    const repository = await open(dir);
    expect(repository.isShallow).toBe(true);
    expect((await repository.tags()).map(({ name }) => name)).toEqual(['v6.2']);
    expect(await repository.isLinux('v6.2')).toBe(true);
    expect(await complaintOf(repository.resolve('v6.1'))).toContain('git fetch --tags');
    expect(await complaintOf(repository.resolve(bare.commits['v6.1']!))).toContain(
      `Object ${bare.commits['v6.1']!}`,
    );
  });
});

describe('listTree', () => {
  test('lists regular files, from the root, wherever the repository was opened', async () => {
    const files = {
      ...linux,
      'scripts/link': { symlink: 'dtc' },
      'a\nb.c': 'odd',
      'é "q".h': 'even',
    };
    const { dir, commits } = invent(join(root, 'tree'), [{ tag: 'v6.1', files }]);
    const tree = await (await open(join(dir, 'kernel'))).listTree(commits['v6.1']!);
    expect(tree.paths()).toEqual(['Makefile', 'include/linux/fork.h', 'kernel/fork.c', 'é "q".h']);
    expect(tree.diagnostics.map(({ code, path }) => [code, path])).toEqual([['odd-path', 'a?b.c']]);
  });

  test('names the tree that is missing', async () => {
    const { dir, commits } = invent(join(root, 'no-tree'), two, { bare: true });
    const oid = git(dir, ['rev-parse', 'v6.2:kernel']);
    lose(dir, oid);
    const repository = await open(dir);
    expect(await complaintOf(repository.listTree(commits['v6.2']!))).toContain(
      `Object ${oid} (a tree)`,
    );
    expect((await repository.listTree(commits['v6.1']!)).size).toBe(3);
  });

  test('takes nothing but a full object id', async () => {
    const repository = await open(bare.dir);
    for (const name of ['v6.1', '--name-only', `${bare.commits['v6.1']!}\n`]) {
      expect(await complaintOf(repository.listTree(name))).toContain('no tag, branch or commit');
    }
    expect(await complaintOf(repository.listTree('f'.repeat(40)))).toContain(
      `Object ${'f'.repeat(40)} (a commit) is missing`,
    );
  });
});

describe('listTree from a tree that is known', () => {
  const files = {
    ...linux,
    'kernel/same.c': 'int same;\n',
    'scripts/link': { symlink: 'dtc' },
    'scripts/run': 'sh\n',
  };
  const newer = {
    Makefile: linux.Makefile,
    'kernel/same.c': files['kernel/same.c'],
    'kernel/fork.c': 'long fork;\n',
    'kernel/odd\n.c': 'long odd;\n',
    'kernel/é "q".c': 'int even;\n',
    // What was a file is a folder now, and the other way round.
    'include/linux/fork.h/inner.h': 'int inner;\n',
    scripts: 'no folder\n',
    link: { symlink: 'dtc' },
  };
  const both = [
    { tag: 'v6.1', files },
    { tag: 'v6.2', files: newer },
  ];
  /** The same as if nothing were known: what is given is what git lists. */
  const listed = (tree: Awaited<ReturnType<Repository['listTree']>>) => ({
    files: tree.paths().map((path, i) => [path, tree.oidAt(i)]),
    diagnostics: tree.diagnostics,
  });

  test.each(['sha1', 'sha256'] as const)(
    'gives what git would list, and lists nothing (%s)',
    async (objectFormat) => {
      const { dir, commits } = invent(join(root, `changes-${objectFormat}`), both, {
        objectFormat,
      });
      const [older, newest] = [commits['v6.1']!, commits['v6.2']!];
      const other = await open(dir);
      const [before, after] = [await other.listTree(older), await other.listTree(newest)];
      const repository = await open(dir);
      let asked = 0;
      const known = { commit: older, listing: () => (asked++, before) };
      const tree = await repository.listTree(newest, known);
      expect(listed(tree)).toEqual(listed(after));
      expect(tree.diagnostics).toHaveLength(1);
      expect(await repository.listTree(newest)).toBe(tree);
      expect(asked).toBe(1);
    },
  );

  test('gives it too where the known is not there, fits not, or is no commit', async () => {
    const { dir, commits } = invent(join(root, 'changes-unfit'), both);
    const [older, newest] = [commits['v6.1']!, commits['v6.2']!];
    const after = listed(await (await open(dir)).listTree(newest));
    const whole = await (await open(dir)).listTree(older);
    for (const known of [
      { commit: older, listing: () => undefined },
      { commit: newest, listing: () => undefined },
      // What is listed is another commit's.
      { commit: commits['v6.2']!.replace(/^./, 'f'), listing: () => whole },
      ...['', 'v6.1', '--output=x', 'f'.repeat(40)].map((commit) => ({
        commit,
        listing: () => whole,
      })),
    ]) {
      const tree = await (await open(dir)).listTree(newest, known);
      expect(listed(tree)).toEqual(after);
    }
  });

  test('names what is missing of the commit that is asked for', async () => {
    const { 'v6.1': commit = '' } = bare.commits;
    const known = { commit, listing: () => undefined };
    const absent = 'f'.repeat(40);
    const repository = await open(bare.dir);
    expect(await complaintOf(repository.listTree(absent, known))).toContain(absent);
  });
});

describe('isLinux', () => {
  test('knows Linux', async () => {
    expect(await (await open(bare.dir)).isLinux('v6.1')).toBe(true);
  });

  test.each([
    ['no kernel/', { Makefile: linux.Makefile, 'include/linux/a.h': '' }],
    ['no include/linux/', { Makefile: linux.Makefile, 'kernel/a.c': '' }],
    ['no Makefile', { 'kernel/a.c': '', 'include/linux/a.h': '' }],
    ['a Makefile without a version', { ...linux, Makefile: 'all:\n' }],
    ['nothing that it should', { 'README.md': 'VERSION = 6\nPATCHLEVEL = 1\n' }],
  ])('does not take a tree with %s for Linux', async (name, files) => {
    const { dir } = invent(join(root, name), [{ tag: 'v6.1', files }], { bare: true });
    expect(await (await open(dir)).isLinux('v6.1')).toBe(false);
  });

  test('is false of a revision that does not exist', async () => {
    expect(await (await open(bare.dir)).isLinux('nothing')).toBe(false);
  });
});
