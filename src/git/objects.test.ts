import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { git, invent } from '../../tests/repositories.ts';
import { UserError } from '../user-error.ts';
import { openRepository } from './repository.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'kfunc-atlas-objects-')));
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** Many small files, an empty one, one that spans many chunks, and one of 50 MB. */
const COUNT = 5000;
const large = Buffer.alloc(50_000_000, 'static int a_kfunc;\n');
const medium = randomBytes(300_000);
const files: Record<string, string | Buffer> = { empty: '', large, medium };
for (let i = 0; i < COUNT; i++) files[`f${i}`] = `file ${i}\n`.repeat(1 + (i % 50));
const { dir, commits } = invent(join(root, 'repo'), [{ tag: 'v6.1', files }], { bare: true });
const repository = await openRepository(dir);
const tree = await repository.listTree(commits['v6.1']!);
const oids = Object.keys(files).map((path) => tree.oid(path)!);
const bodies = Object.values(files).map((content) => Buffer.from(content as string));
const absent = 'e'.repeat(40);
/** Short lists are read in another way than long ones. */
const lengths: [string, number][] = [
  ['a short list', 0],
  ['a long list', 1000],
];
afterAll(() => repository.close());

describe('read', () => {
  test('gives a body that stays', async () => {
    const { objects } = repository;
    const [first, second] = await Promise.all([
      objects.read(tree.oid('f1')!, { maxBytes: 100 }),
      objects.read(tree.oid('medium')!, { maxBytes: 1e6 }),
    ]);
    expect(first).toEqual(Buffer.from('file 1\nfile 1\n'));
    expect(second).toEqual(medium);
  });

  test('does not hold a body that is too large, and goes on', async () => {
    const { objects } = repository;
    expect(await objects.read(tree.oid('large')!, { maxBytes: 1000 })).toEqual({
      tooLarge: true,
      size: large.length,
    });
    expect(await objects.read(tree.oid('empty')!, { maxBytes: 0 })).toEqual(Buffer.alloc(0));
  });

  test('names an object that is missing, or that is no blob', async () => {
    const { objects } = repository;
    await expect(objects.read(absent, { maxBytes: 9 })).rejects.toThrow(
      `Object ${absent} is missing`,
    );
    await expect(objects.read(commits['v6.1']!, { maxBytes: 9999 })).rejects.toThrow(
      'a commit, not a blob',
    );
    expect(await objects.read(tree.oid('f0')!, { maxBytes: 100 })).toEqual(Buffer.from('file 0\n'));
  });

  test('starts anew after it was closed', async () => {
    const reader = repository.objects;
    await reader.close();
    expect(await reader.read(tree.oid('f0')!, { maxBytes: 100 })).toEqual(Buffer.from('file 0\n'));
  });
});

describe('readAll', () => {
  test.each([1, 2, 3])('gives every body under its index with %i children', async (children) => {
    const wrong: number[] = [];
    const given = new Set<number>();
    await repository.objects.readAll(oids, {
      children,
      maxBytes: 1e9,
      onBlob: (index, body) => {
        given.add(index);
        if (!body.equals(bodies[index]!)) wrong.push(index);
      },
    });
    expect(wrong).toEqual([]);
    expect(given.size).toBe(oids.length);
  });

  test('keeps the order of the list with one child', async () => {
    const given: number[] = [];
    await repository.objects.readAll(oids, {
      children: 1,
      maxBytes: 1e9,
      onBlob: (index) => given.push(index),
    });
    expect(given).toEqual(oids.map((_, index) => index));
  });

  test('gives every body where there is no folder for temporary files', async () => {
    vi.stubEnv('TMPDIR', '/nonexistent');
    let given = 0;
    await repository.objects.readAll(oids, {
      maxBytes: 1e9,
      onBlob: (index, body) => {
        given += Number(body.equals(bodies[index]!));
      },
    });
    expect(given).toBe(oids.length);
  });

  test('is ended by close, for who waits for it', async () => {
    const { objects } = await openRepository(dir);
    let given = 0;
    const reading = objects.readAll(oids, {
      maxBytes: 1e9,
      onBlob: () => {
        given++;
        if (given === 10) void objects.close();
      },
    });
    await expect(reading).rejects.toThrow(UserError);
    expect(given).toBeLessThan(oids.length);
    await objects.close();
  });

  test.each(lengths)('passes over what is too large, missing, or no blob (%s)', async (_, more) => {
    const odd = [oids[5]!, tree.oid('large')!, absent, commits['v6.1']!, oids[6]!, 'nonsense'];
    const list = [...odd, ...oids.slice(0, more)];
    const told: unknown[] = [];
    await repository.objects.readAll(list, {
      maxBytes: 1000,
      onBlob: (index, body) => told.push([index, String(body)]),
      onTooLarge: (index, size) => told.push([index, size]),
      onMissing: (index) => told.push([index, 'missing']),
    });
    expect(told.slice(6)).toHaveLength(more);
    expect(told.slice(0, 6)).toEqual([
      [0, String(bodies[5])],
      [1, large.length],
      [2, 'missing'],
      [3, 'missing'],
      [4, String(bodies[6])],
      [5, 'missing'],
    ]);
  });

  test.each(lengths)('ends in a UserError that names a missing object (%s)', async (_, more) => {
    const reading = repository.objects.readAll([oids[0]!, absent, ...oids.slice(0, more)], {
      maxBytes: 9,
      onBlob: () => undefined,
    });
    await expect(reading).rejects.toThrow(UserError);
    await expect(reading).rejects.toThrow(`Object ${absent} is missing from ${dir}`);
  });

  test('ends in the error that a callback throws, with its children gone', async () => {
    const reading = repository.objects.readAll(oids, {
      maxBytes: 1e9,
      onBlob: (index) => {
        if (index === 4000) throw new Error('stop here');
      },
    });
    await expect(reading).rejects.toThrow('stop here');
    const children = execFileSync('ps', ['-o', 'args=', '--ppid', String(process.pid)]).toString();
    expect(children).not.toContain('--buffer');
  });

  test('of nothing starts nothing', async () => {
    vi.stubEnv('PATH', '/nonexistent');
    await repository.objects.readAll([], { maxBytes: 1, onBlob: () => undefined });
  });
});

describe('a damaged repository', () => {
  function packed(name: string): { path: string; pack: string; oid: string; commit: string } {
    const content = { a: randomBytes(400_000), z: 'z\n' };
    const made = invent(join(root, name), [{ tag: 'v6.1', files: content }], { bare: true });
    git(made.dir, ['repack', '-a', '-d', '-q']);
    const folder = join(made.dir, 'objects/pack');
    const pack = join(
      folder,
      readdirSync(folder).find((file) => file.endsWith('.pack'))!,
    );
    chmodSync(pack, 0o644);
    const oid = git(made.dir, ['rev-parse', 'v6.1:a']);
    return { path: made.dir, pack, oid, commit: made.commits['v6.1']! };
  }

  test.each(['flipped', 'short'])('(a pack with bytes %s) ends in one UserError', async (harm) => {
    const { path, pack, oid } = packed(harm);
    if (harm === 'short') truncateSync(pack, Math.floor(statSync(pack).size / 2));
    else {
      const file = openSync(pack, 'r+');
      writeSync(file, Buffer.alloc(64, 0xff), 0, 64, Math.floor(statSync(pack).size / 2));
      closeSync(file);
    }
    const damaged = await openRepository(path);
    for (const [, more] of lengths) {
      const list = [oid, ...Array.from({ length: more }, () => oid)];
      const reading = damaged.objects.readAll(list, { maxBytes: 1e9, onBlob: () => undefined });
      await expect(reading).rejects.toThrow(UserError);
      await expect(reading).rejects.toThrow(new RegExp(oid));
    }
    await expect(damaged.objects.read(oid, { maxBytes: 1e9 })).rejects.toThrow(UserError);
    await damaged.close();
  });
});

test('a child that is killed is an error, never a wait without end', async () => {
  const reading = repository.objects.readAll(oids, {
    children: 1,
    maxBytes: 1e9,
    onBlob: (index) => {
      if (index === 0) {
        const list = execFileSync('ps', [
          '-o',
          'pid=,args=',
          '--ppid',
          String(process.pid),
        ]).toString();
        const line = list.split('\n').find((text) => text.includes('cat-file --batch --buffer'))!;
        process.kill(Number.parseInt(line, 10), 'SIGTERM');
      }
    },
  });
  await expect(reading).rejects.toThrow(/git stopped while reading .*killed by SIGTERM/);
});
