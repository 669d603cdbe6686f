import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { readDataset } from '../../src/data/read.ts';
import { UserError } from '../../src/user-error.ts';
import { git, invent, type InventedCommit } from '../repositories.ts';
import { run, workshop } from './atlas.ts';
import { eraTree } from './eras.ts';

const root = workshop();
const tags = ['v5.12', 'v5.13', 'v5.16', 'v5.18', 'v5.19', 'v6.0', 'v6.3', 'v6.9'];
const commits: InventedCommit[] = tags.map((tag) => ({ tag, files: eraTree(tag) }));
const linux = join(root, 'linux');

/** The files below a folder, by path: their bytes. */
function bytesIn(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    files
      .filter((path) => statSync(join(dir, path)).isFile())
      .map((path) => [path, readFileSync(join(dir, path), 'latin1')]),
  );
}

/** A folder of its own for one test, with what `run` needs. */
function folder(name: string): string {
  const dir = join(root, name);
  mkdirSync(dir);
  return dir;
}

let expected: Record<string, string>;
const first = join(root, 'first');
beforeAll(async () => {
  invent(linux, commits);
  await run(folder('first'), { linux });
  expected = bytesIn(join(first, 'data'));
  expect(Object.keys(expected)).toContain('kfuncs/bpf_row_find.json');
});

describe('a second run', () => {
  test('with nothing new reads nothing and writes nothing', async () => {
    const { written, read, cache, releases } = await run(first, { linux });
    expect({ written, read, damaged: cache.damaged }).toEqual({
      written: null,
      read: [],
      damaged: 0,
    });
    expect(releases.map(({ id }) => id)).toEqual(tags);
  });

  test('gives the same bytes from the cache of another dataset, reading nothing', async () => {
    const dir = folder('from-cache');
    const report = await run(dir, { linux, cacheDir: join(first, 'cache') });
    expect(report.read).toEqual([]);
    expect(bytesIn(join(dir, 'data'))).toEqual(expected);
  });

  test('gives the same bytes with an empty cache', async () => {
    const dir = folder('afresh');
    expect((await run(dir, { linux })).read).toEqual(tags);
    expect(bytesIn(join(dir, 'data'))).toEqual(expected);
  });

  test('gives the same bytes without a cache that can be written', async () => {
    const dir = folder('no-cache');
    writeFileSync(join(dir, 'cache'), 'a file in the way\n');
    const report = await run(dir, { linux });
    expect(report.cache.unwritable).not.toBeNull();
    expect(bytesIn(join(dir, 'data'))).toEqual(expected);
  });

  test('puts back what somebody removed or changed in the dataset', async () => {
    const dir = folder('touched');
    cpSync(first, dir, { recursive: true });
    await run(dir, { linux });
    rmSync(join(dir, 'data/kfuncs/fast_init.json'));
    writeFileSync(join(dir, 'data/releases/v6.0.json'), '{}\n');
    const { written } = await run(dir, { linux });
    expect(written).toMatchObject({
      added: ['kfuncs/fast_init.json'],
      changed: ['releases/v6.0.json'],
    });
    expect(bytesIn(join(dir, 'data'))).toEqual(expected);
  });

  test('of facts only leaves out the prose and not one other byte', async () => {
    const dir = folder('facts-only');
    await run(dir, { linux, prose: false });
    const isFact = ([path]: [string, string]): boolean => !path.startsWith('prose/');
    const facts = Object.entries(expected).filter(isFact);
    expect(Object.entries(expected).length).toBeGreaterThan(facts.length);
    expect(Object.entries(bytesIn(join(dir, 'data')))).toEqual(facts);
    await run(dir, { linux });
    expect(bytesIn(join(dir, 'data'))).toEqual(expected);
  });
});

describe('one more release', () => {
  test('is the only one that is read, and only what it changed is written', async () => {
    const dir = folder('more');
    const linuxThen = join(dir, 'linux');
    invent(linuxThen, commits);
    await run(dir);
    const before = bytesIn(join(dir, 'data'));
    rmSync(linuxThen, { recursive: true });
    const tree = eraTree('v6.10');
    const rows = tree['net/netfilter/row_bpf.c']!;
    const changed = rows.replace(
      'bpf_row_put, KF_RELEASE',
      'bpf_row_put, KF_RELEASE | KF_TRUSTED_ARGS',
    );
    invent(linuxThen, [
      ...commits,
      { tag: 'v6.10', files: { ...tree, 'net/netfilter/row_bpf.c': changed } },
    ]);

    const { written, read } = await run(dir);
    expect(read).toEqual(['v6.10']);
    expect(written).toMatchObject({
      added: ['releases/v6.10.json'],
      changed: ['kfuncs/bpf_row_put.json', 'releases.json'],
      removed: [],
    });
    const after = bytesIn(join(dir, 'data'));
    expect(Object.keys(before).filter((path) => before[path] !== after[path])).toEqual([
      'kfuncs/bpf_row_put.json',
      'releases.json',
    ]);
  });

  test.each(tags)('gives the same bytes when it is %s that comes to the others', async (tag) => {
    const dir = folder(`all-but-${tag}`);
    const others = tags.filter((other) => other !== tag).join();
    await run(dir, { linux, releases: others });
    const { read } = await run(dir, { linux });
    expect(read).toEqual([tag]);
    expect(bytesIn(join(dir, 'data'))).toEqual(expected);
  });

  test('gives the same bytes when readings of the others were damaged meanwhile', async () => {
    const dir = folder('damaged-readings');
    await run(dir, { linux, releases: '..v6.3' });
    for (const path of Object.keys(bytesIn(join(dir, 'cache')))) {
      if (path.includes('/readings/')) writeFileSync(join(dir, 'cache', path), 'no reading');
    }
    const { read, cache } = await run(dir, { linux });
    expect({ read, damaged: cache.damaged }).toEqual({ read: tags, damaged: tags.length - 1 });
    expect(bytesIn(join(dir, 'data'))).toEqual(expected);
  });

  test('gives the same bytes when it was the scan of the one before that was lost', async () => {
    const dir = folder('lost-scan');
    await run(dir, { linux, releases: '..v6.3' });
    for (const path of Object.keys(bytesIn(join(dir, 'cache')))) {
      if (path.includes('/scanned-')) rmSync(join(dir, 'cache', path));
    }
    expect((await run(dir, { linux })).read).toEqual(['v6.9']);
    expect(bytesIn(join(dir, 'data'))).toEqual(expected);
  });

  test.each(['facts', 'stamps'])(
    'gives the same bytes when the %s of the files of the one before were lost',
    async (part) => {
      const dir = folder(`lost-${part}`);
      await run(dir, { linux, releases: '..v6.3' });
      for (const [path, bytes] of Object.entries(bytesIn(join(dir, 'cache')))) {
        const isTree =
          bytes.includes('whose tree is kept') || bytes.includes('"tree that is kept"');
        if (path.includes(`/${part}/`) && !isTree) rmSync(join(dir, 'cache', path));
      }
      expect((await run(dir, { linux })).read).toContain('v6.9');
      expect(bytesIn(join(dir, 'data'))).toEqual(expected);
    },
  );

  test('of another repository with the same cache is listed and read for itself', async () => {
    const dir = folder('two-repositories');
    const other = join(dir, 'other');
    const tree = eraTree('v6.9');
    const rows = `${tree['net/netfilter/row_bpf.c']!}/* Nowhere else. */\n`;
    const files = { ...tree, 'net/netfilter/row_bpf.c': rows };
    invent(other, [{ tag: 'v6.9', files }]);
    await run(dir, { linux: other, out: join(dir, 'of-other') });
    for (const path of Object.keys(bytesIn(join(dir, 'cache')))) {
      if (path.includes('/facts/')) rmSync(join(dir, 'cache', path));
    }
    await run(dir, { linux });
    expect(bytesIn(join(dir, 'data'))).toEqual(expected);
  });

  test('that is taken away again leaves nothing behind', async () => {
    const dir = folder('less');
    await run(dir, { linux, releases: '..v6.3', cacheDir: join(first, 'cache') });
    await run(dir, { linux, cacheDir: join(first, 'cache') });
    expect(bytesIn(join(dir, 'data'))).toEqual(expected);
    await run(dir, { linux, releases: 'v6.9', cacheDir: join(first, 'cache') });
    expect(Object.keys(bytesIn(join(dir, 'data/releases')))).toEqual(['v6.9.json']);
  });

  test('a tag that was moved is read anew', async () => {
    const dir = folder('moved');
    invent(join(dir, 'linux'), commits);
    await run(dir);
    git(join(dir, 'linux'), ['tag', '-f', 'v6.9', 'v6.3']);
    const { written } = await run(dir);
    expect(written?.changed).toContain('releases.json');
    const [was, now] = ['v6.3', 'v6.9'].map((id) =>
      readFileSync(join(dir, `data/releases/${id}.json`), 'utf8'),
    );
    expect(now!.replace('v6.9', 'v6.3')).toBe(was);
  });
});

describe('a cache', () => {
  /** A copy of the cache of the first run in which each file was changed by `damage`. */
  function damaged(name: string, damage: (bytes: Buffer) => Buffer): string {
    const dir = folder(name);
    cpSync(join(first, 'cache'), join(dir, 'cache'), { recursive: true });
    for (const path of Object.keys(bytesIn(join(dir, 'cache')))) {
      const file = join(dir, 'cache', path);
      writeFileSync(file, damage(readFileSync(file)));
    }
    return dir;
  }

  test.each([
    [
      'with a byte flipped in the middle of each file',
      (bytes: Buffer) => flipped(bytes, bytes.length >> 1),
    ],
    [
      'with the last byte of each file flipped',
      (bytes: Buffer) => flipped(bytes, bytes.length - 1),
    ],
    ['whose files were all cut', (bytes: Buffer) => bytes.subarray(0, bytes.length / 3)],
    ['whose files are all empty', () => Buffer.alloc(0)],
    ['whose files all hold something else', () => Buffer.from('{"sets":[],"definitions":[]}\n')],
  ])('%s is rebuilt, not trusted', async (name, damage) => {
    const dir = damaged(name, damage);
    const report = await run(dir, { linux });
    expect(report.cache.damaged).toBeGreaterThan(0);
    expect(bytesIn(join(dir, 'data'))).toEqual(expected);
    const again = await run(join(dir, '.'), { linux, out: join(dir, 'data-2') });
    expect({ read: again.read, damaged: again.cache.damaged }).toEqual({ read: [], damaged: 0 });
  });

  function flipped(bytes: Buffer, at: number): Buffer {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[at]! ^= 0x41;
    return copy;
  }
});

describe('a run that is killed', () => {
  const entry = fileURLToPath(new URL('../../scripts/kfunc-atlas.mjs', import.meta.url));

  /** Runs the command and kills it after `delay`; true when it had ended before. */
  async function killedAfter(delay: number, dir: string): Promise<boolean> {
    const args = ['--linux', linux, '--out', join(dir, 'data'), '--cache', join(dir, 'cache')];
    const child = spawn(process.execPath, [entry, 'extract', '--quiet', ...args], {
      stdio: 'ignore',
    });
    const ended = new Promise<boolean>((resolve) => {
      child.on('exit', (code) => {
        resolve(code === 0);
      });
    });
    const timer = new AbortController();
    await Promise.race([ended, sleep(delay, undefined, { signal: timer.signal })]);
    timer.abort();
    child.kill('SIGKILL');
    return ended;
  }

  test('leaves the old dataset or the new one, and the next run ends as if nothing had been', async () => {
    const dir = folder('killed');
    await run(dir, { linux, releases: '..v6.0' });
    const old = JSON.stringify(await readDataset(join(dir, 'data')));
    const now = JSON.stringify(await readDataset(join(first, 'data')));
    const started = Date.now();
    expect(await killedAfter(60_000, folder('not-killed'))).toBe(true);
    const whole = Date.now() - started;

    let wasKilled = 0;
    for (const part of [0.5, 0.7, 0.85, 0.95]) {
      if (!(await killedAfter(whole * part, dir))) wasKilled++;
      const found = JSON.stringify(await readDataset(join(dir, 'data')).catch(String));
      expect([old, now]).toContain(found);
    }
    expect(wasKilled).toBeGreaterThan(0);
    await run(dir, { linux });
    expect(bytesIn(join(dir, 'data'))).toEqual(expected);
  });

  test('before there was any dataset leaves none, or the whole of it', async () => {
    const dir = folder('killed-first');
    await killedAfter(700, dir);
    const found = await readDataset(join(dir, 'data')).catch((error: unknown) => error);
    if (found instanceof Error) expect(found).toBeInstanceOf(UserError);
    await run(dir, { linux });
    expect(bytesIn(join(dir, 'data'))).toEqual(expected);
  });
});
