import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isEmpty, oid, range, TestCache } from './testing.ts';

const kept = new TestCache();

describe('the cache', () => {
  it('keeps empty blobs, of both kinds of ids, for the next run', async () => {
    const ids = [
      ...range(0, 3000).map((n) => oid(n)),
      ...range(0, 100).map((n) => oid(n, 'sha256')),
    ];
    await kept.addEmpty(...ids);
    const cache = await kept.open();
    expect(ids.filter((id) => !isEmpty(cache, id))).toEqual([]);
    expect(range(3000, 6000).filter((n) => isEmpty(cache, oid(n)))).toEqual([]);
    expect(range(100, 200).filter((n) => isEmpty(cache, oid(n, 'sha256')))).toEqual([]);
    expect(cache.health).toMatchObject({ damaged: 0, unwritable: null });
  });

  it('does not forget what was flushed earlier when more is flushed', async () => {
    for (const n of range(0, 200)) await kept.addEmpty(oid(n));
    const cache = await kept.open();
    expect(range(0, 200).every((n) => isEmpty(cache, oid(n)))).toBe(true);
    expect(cache.health.damaged).toBe(0);
  });

  it('tells ids apart that differ in one digit', async () => {
    const id = oid(1);
    await kept.addEmpty(id);
    const cache = await kept.open();
    expect(isEmpty(cache, id)).toBe(true);
    for (let at = 0; at < 40; at++) {
      const digit = id[at] === '0' ? '1' : '0';
      expect(isEmpty(cache, id.slice(0, at) + digit + id.slice(at + 1))).toBe(false);
    }
  });

  it('takes nothing for an id that is none', async () => {
    await kept.addEmpty(oid(1));
    const sizes = () => kept.filesWith('scanned').map((path) => statSync(path).size);
    const before = sizes();
    expect(before).toHaveLength(1);
    const upper = oid(2).replace(/.$/, 'A');
    await kept.addEmpty('zz', `${oid(2)}0`, upper, 'g'.repeat(40), '', ':'.repeat(40));
    expect(sizes()).toEqual(before);
  });

  it('keeps facts by blob and kind, readings by commit and options, and stamps', async () => {
    const cache = await kept.open();
    cache.putFacts(oid(1), { items: [1, 'ä'] });
    cache.putFacts(oid(1), ['kbuild'], 'kbuild');
    cache.putReading('c0ffee', { kfuncs: [] });
    cache.putReading('../../escape', 'odd');
    cache.putStamp('out /some/dir', 'f00d');
    for (const again of [cache, await kept.open()]) {
      expect(again.hasFacts(oid(1))).toBe(true);
      expect(again.facts(oid(1))).toEqual({ items: [1, 'ä'] });
      expect(again.facts(oid(1), 'kbuild')).toEqual(['kbuild']);
      expect(again.hasFacts(oid(1), 'kconfig')).toBe(false);
      expect(again.facts(oid(1), 'kconfig')).toBeUndefined();
      expect(again.facts(oid(2))).toBeUndefined();
      expect(again.reading('c0ffee')).toEqual({ kfuncs: [] });
      expect(again.reading('../../escape')).toBe('odd');
      expect(again.reading('0ff1ce')).toBeUndefined();
      expect(again.stamp('out /some/dir')).toBe('f00d');
      expect(again.health.damaged).toBe(0);
    }
    expect(readdirSync(kept.base).sort()).toContain(basename(kept.dir));
    expect(kept.filesWith('escape')).toEqual([]);
  });

  it('does not make a path of what is no id', async () => {
    const cache = await kept.open();
    expect(() => {
      cache.putFacts('../../../etc', {});
    }).toThrow(TypeError);
    expect(() => cache.facts(oid(1), '../x')).toThrow(TypeError);
  });

  it('does not use what another version of the parser has left', async () => {
    const old = await kept.open('parser 0');
    old.addEmpty(oid(1));
    old.putFacts(oid(2), 'old');
    old.putReading('c', 'old');
    old.flush();
    const cache = await kept.open();
    expect(isEmpty(cache, oid(1))).toBe(false);
    expect(cache.hasFacts(oid(2))).toBe(false);
    expect(cache.facts(oid(2))).toBeUndefined();
    expect(cache.reading('c')).toBeUndefined();
  });

  it('does not take files of another version for its own when they were moved there', async () => {
    const old = await kept.open('parser 0');
    old.addEmpty(oid(1));
    old.putFacts(oid(2), 'old');
    old.flush();
    const [from] = readdirSync(kept.dir);
    await kept.open();
    const to = readdirSync(kept.dir).find((name) => name !== from)!;
    for (const path of [...kept.filesWith('scanned'), ...kept.filesWith('facts')]) {
      const target = path.replace(from!, to);
      mkdirSync(join(target, '..'), { recursive: true });
      copyFileSync(path, target);
    }
    const cache = await kept.open();
    expect(isEmpty(cache, oid(1))).toBe(false);
    expect(cache.hasFacts(oid(2))).toBe(true);
    expect(cache.facts(oid(2))).toBeUndefined();
    expect(cache.health.damaged).toBe(2);
  });

  it('removes versions that were not used for long, but two, and drafts of killed runs', async () => {
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    for (const n of range(0, 5)) {
      const before = readdirSync(kept.base).includes(basename(kept.dir))
        ? readdirSync(kept.dir)
        : [];
      await kept.open(`older ${n}`);
      const made = readdirSync(kept.dir).find((name) => !before.includes(name))!;
      utimesSync(join(kept.dir, made), hoursAgo(20 + n), hoursAgo(20 + n));
    }
    mkdirSync(join(kept.dir, 'not ours'));
    await kept.open();
    expect(readdirSync(kept.dir)).toHaveLength(4);
    const [home] = readdirSync(kept.dir).filter(
      (n) => Date.now() - statSync(join(kept.dir, n)).mtimeMs < 9e4 && n !== 'not ours',
    );
    const draft = join(kept.dir, home!, 'drafts', 'abc');
    writeFileSync(draft, 'half');
    await kept.open();
    expect(existsSync(draft)).toBe(true);
    utimesSync(draft, hoursAgo(2), hoursAgo(2));
    await kept.open();
    expect(existsSync(draft)).toBe(false);
  });
});

describe('a place that cannot hold a cache', () => {
  it('is told, and the run goes on with what it finds out itself', async () => {
    writeFileSync(kept.dir, 'a file');
    const cache = await kept.open();
    expect(cache.health.unwritable).toMatch(
      /^Cannot write to the cache in .*: .*\. The run goes on without it\.$/,
    );
    cache.addEmpty(oid(1));
    cache.putFacts(oid(2), {});
    cache.flush();
    expect(isEmpty(cache, oid(1))).toBe(true);
    expect(cache.facts(oid(2))).toBeUndefined();
    expect(readFileSync(kept.dir, 'utf8')).toBe('a file');
  });
});
