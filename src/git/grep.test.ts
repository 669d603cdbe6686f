import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { git, invent } from '../../tests/repositories.ts';
import { UserError } from '../user-error.ts';
import { openRepository, type Repository } from './repository.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'kfunc-atlas-grep-')));
const scratch = join(root, 'tmp');
mkdirSync(scratch);
beforeEach(() => {
  vi.stubEnv('TMPDIR', scratch);
});

/** More than one run, and than one child, gets. */
const COUNT = 3000;
const WORDS = ['kfunc', 'BTF_', '.c"'];

/** Every seventh holds a word, and some what looks like one. */
function content(i: number): string | Buffer {
  if (i % 7 === 0) return `int a${i};\nint ${WORDS[i % 3]!}${i};\n`;
  if (i % 11 === 0) return `int a${i}; /* KFUNC btf_ xcy */\n`;
  if (i === 1) return Buffer.concat([Buffer.alloc(9000), Buffer.from('\xff\xfekfunc\0', 'latin1')]);
  if (i === 2) return `/* ${'long '.repeat(2000)} */\n`;
  return `int a${i};\n`;
}
const paths = Array.from({ length: COUNT }, (_, i) => `dir${i % 5}/f${i}.c`);
const files = Object.fromEntries(paths.map((path, i) => [path, content(i)]));
const holds = paths.map((path) => {
  const body = Buffer.from(files[path] as string);
  return WORDS.some((word) => body.includes(word));
});
const { dir, commits } = invent(join(root, 'repo: "one"'), [{ tag: 'v6.1', files }]);
const repository = await openRepository(dir);
const tree = await repository.listTree(commits['v6.1']!);
const oids = paths.map((path) => tree.oid(path)!);
afterAll(async () => {
  await repository.close();
  rmSync(root, { recursive: true });
});

/** PATH with a git before all others that does something else for one command. */
function pathWith(command: string, instead: string): string {
  const bin = mkdtempSync(join(root, 'bin-'));
  const real = execFileSync('sh', ['-c', 'command -v git']).toString().trim();
  const script = `case " $* " in *" ${command} "*) ${instead};; esac\nexec ${real} "$@"\n`;
  writeFileSync(join(bin, 'git'), `#!/bin/sh\n${script}`, { mode: 0o755 });
  return `${bin}:${process.env.PATH ?? ''}`;
}

interface Told {
  read: number[];
  without: number[];
  tooLarge: number[];
  missing: number[];
}

async function told(
  { objects }: Repository,
  list: readonly string[],
  options: { children?: number; maxBytes?: number; words?: string[] } = {},
): Promise<Told> {
  const all: Told = { read: [], without: [], tooLarge: [], missing: [] };
  await objects.readHolding(list, {
    maxBytes: 1e6,
    words: WORDS,
    ...options,
    onBlob(index, body) {
      if (list === oids && !body.equals(Buffer.from(files[paths[index]!] as string))) {
        throw new Error(`another body for ${index}`);
      }
      all.read.push(index);
    },
    onWithout: (index) => all.without.push(index),
    onTooLarge: (index) => all.tooLarge.push(index),
    onMissing: (index) => all.missing.push(index),
  });
  for (const places of Object.values(all) as number[][]) places.sort((a, b) => a - b);
  return all;
}

const placesWhere = (isSo: (i: number) => boolean): number[] => [...oids.keys()].filter(isSo);
const expected: Told = {
  read: placesWhere((i) => holds[i]!),
  without: placesWhere((i) => !holds[i]!),
  tooLarge: [],
  missing: [],
};

describe('readHolding', () => {
  test.each([1, 2, 3])('reads what holds a word, with %i children', async (children) => {
    expect(await told(repository, oids, { children })).toEqual(expected);
  });

  test('finds words in bytes that are no text, and takes none for a pattern', async () => {
    expect(holds[1]).toBe(true);
    expect(await told(repository, oids, { words: ['f.nc', '^', '-v'] })).toEqual({
      ...expected,
      read: [],
      without: [...oids.keys()],
    });
  });

  test('misses nothing for a word that is longer than git takes', async () => {
    const { read } = await told(repository, oids, { words: [...WORDS, 'long'.repeat(100_000)] });
    expect(read).toEqual(expect.arrayContaining(expected.read));
  });

  test('reads all for more words than are quicker to be searched for', async () => {
    const words = Array.from({ length: 300_000 }, (_, i) => `no_such_name_${i}`);
    const found = await told(repository, oids, { words });
    expect(found).toMatchObject({ read: [...oids.keys()], without: [] });
  });

  test('leaves nothing behind, in the repository or beside it', async () => {
    const objects = git(dir, ['count-objects', '-v']);
    await told(repository, oids);
    expect(git(dir, ['count-objects', '-v'])).toBe(objects);
    expect(readdirSync(scratch)).toEqual([]);
  });

  test('reads all of a short list, which its caller can search as well', async () => {
    const some = oids.slice(0, 20);
    expect(await told(repository, some)).toMatchObject({ read: [...some.keys()], without: [] });
  });

  test('searches a linked worktree', async () => {
    const linked = join(root, 'linked');
    git(dir, ['worktree', 'add', '-q', '--no-checkout', linked]);
    const opened = await openRepository(linked);
    expect(await told(opened, oids)).toEqual(expected);
    await opened.close();
  });

  test('searches a repository whose ids are of SHA-256', async () => {
    const other = join(root, 'sha256');
    git(root, ['init', '-q', '--object-format=sha256', other]);
    const stream = paths.map((path, i) => ({ path, body: Buffer.from(content(i)) }));
    for (const { path, body } of stream.slice(0, 700)) {
      mkdirSync(join(other, path, '..'), { recursive: true });
      writeFileSync(join(other, path), body);
    }
    git(other, ['add', '.']);
    git(other, ['-c', 'user.name=a', '-c', 'user.email=a', 'commit', '-q', '-m', 'all']);
    const opened = await openRepository(other);
    const { commit } = await opened.resolve('HEAD');
    const listing = await opened.listTree(commit);
    const list = paths.slice(0, 700).map((path) => listing.oid(path)!);
    const found = await told(opened, list);
    expect(found.read).toEqual(expected.read.filter((i) => i < 700));
    expect(found.without).toEqual(expected.without.filter((i) => i < 700));
    await opened.close();
  });
});

describe('what git cannot search is read, so that the reading tells why', () => {
  /** The others of its run are read too. */
  const allAre = ({ read, without }: Told, ...but: number[]): void => {
    const others = placesWhere((i) => !but.includes(i));
    expect([...read, ...without].sort((a, b) => a - b)).toEqual(others);
    expect(read).toEqual(expect.arrayContaining(others.filter((i) => holds[i]!)));
  };

  test('a blob that is too large is named as such, whether it holds a word or not', async () => {
    const found = await told(repository, oids, { maxBytes: 2000 });
    expect(found.tooLarge).toEqual([1, 2]);
    allAre(found, 1, 2);
  });

  test('an object that is missing, or is no blob, is named as such', async () => {
    for (const odd of ['e'.repeat(40), commits['v6.1']!]) {
      const found = await told(repository, oids.with(2500, odd));
      expect(found.missing).toEqual([2500]);
      allAre(found, 2500);
    }
  });

  test('a missing object is a UserError for who does not ask for it', async () => {
    const reading = repository.objects.readHolding(oids.with(3, 'e'.repeat(40)), {
      maxBytes: 1e6,
      words: WORDS,
      onBlob: () => undefined,
      onWithout: () => undefined,
    });
    await expect(reading).rejects.toThrow(UserError);
    await expect(reading).rejects.toThrow(`Object ${'e'.repeat(40)} is missing from ${dir}`);
    expect(readdirSync(scratch)).toEqual([]);
  });

  test('all is read where there is no folder for temporary files', async () => {
    vi.stubEnv('TMPDIR', '/nonexistent');
    const found = await told(repository, oids);
    expect(found).toMatchObject({ read: [...oids.keys()], without: [] });
  });

  test.each(['grep', 'mktree'])('all is read where git %s fails', async (command) => {
    vi.stubEnv('PATH', pathWith(command, 'exit 3'));
    const found = await told(repository, oids);
    expect(found).toMatchObject({ read: [...oids.keys()], without: [] });
  });
});

test('a callback that throws ends the search, with its children gone and nothing left behind', async () => {
  const list = Array.from({ length: 10 }, () => oids).flat();
  const reading = repository.objects.readHolding(list, {
    maxBytes: 1e6,
    words: WORDS,
    onBlob: () => undefined,
    onWithout: (index) => {
      if (index > 9000) throw new Error('stop here');
    },
  });
  await expect(reading).rejects.toThrow('stop here');
  const children = execFileSync('ps', ['-o', 'args=', '--ppid', String(process.pid)]).toString();
  expect(children).not.toMatch(/ grep | mktree /);
  expect(readdirSync(scratch)).toEqual([]);
});

test('a program that ends meanwhile leaves neither a child nor a folder', () => {
  vi.stubEnv('PATH', pathWith('grep', 'exec sleep 600'));
  const program = `
    import { execFileSync } from 'node:child_process';
    import { openRepository } from ${JSON.stringify(new URL('repository.ts', import.meta.url).href)};
    const { objects } = await openRepository(${JSON.stringify(dir)});
    const nothing = () => undefined;
    const options = { maxBytes: 1e6, words: ['kfunc'], onBlob: nothing, onWithout: nothing };
    void objects.readHolding(${JSON.stringify(oids)}, options);
    const searching = () =>
      execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)])
        .toString().split('\\n').filter((line) => line.endsWith('sleep 600'));
    while (searching().length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    console.log(searching().map((line) => parseInt(line, 10)).join(' '));
    process.exit(0);
  `;
  const args = ['--input-type=module', '-e', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const pids = stdout.trim().split(' ').map(Number);
  expect({ stderr, count: pids.length }).toEqual({ stderr: '', count: 2 });
  expect(readdirSync(scratch)).toEqual([]);
  const left = spawnSync('ps', ['-o', 'stat=', '-p', pids.join(',')], { encoding: 'utf8' }).stdout;
  expect(left.split('\n').filter((state) => state !== '' && !state.startsWith('Z'))).toEqual([]);
});

test('a search ends with its repository, for who waits for it, and leaves nothing behind', async () => {
  const opened = await openRepository(dir);
  const reading = told(opened, Array.from({ length: 40 }, () => oids).flat());
  const ending = reading.then(
    () => 'read',
    (error: unknown) => error,
  );
  while (readdirSync(scratch).length === 0) await new Promise((resolve) => setImmediate(resolve));
  await opened.close();
  expect(await ending).toBeInstanceOf(UserError);
  expect(readdirSync(scratch)).toEqual([]);
  expect(existsSync(scratch)).toBe(true);
});
