import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { random } from '../../../tests/sample/random.ts';
import { isEmpty, oid, range, TestCache } from './testing.ts';

const kept = new TestCache();

describe('a cache that was damaged', () => {
  /** Damages a file, in a way of its own; each is found, counted, and mended by the next put. */
  const ways: [string, (path: string, bytes: Buffer) => void][] = [
    [
      'is empty',
      (path) => {
        truncateSync(path, 0);
      },
    ],
    [
      'was cut by a byte',
      (path, bytes) => {
        truncateSync(path, bytes.length - 1);
      },
    ],
    [
      'was cut in the middle',
      (path, bytes) => {
        truncateSync(path, bytes.length >> 1);
      },
    ],
    [
      'has a byte too many',
      (path) => {
        appendFileSync(path, 'x');
      },
    ],
    [
      'is of zeros',
      (path, bytes) => {
        writeFileSync(path, Buffer.alloc(bytes.length));
      },
    ],
    [
      'is something else',
      (path) => {
        writeFileSync(path, 'Hello.\n');
      },
    ],
  ];

  it.each(ways)('finds an entry that %s', async (_, damage) => {
    const cache = await kept.open();
    cache.putFacts(oid(1), { a: 1 });
    cache.putReading('c', { b: 2 });
    cache.putStamp('s', 3);
    const files = ['facts', 'readings', 'stamps'].flatMap((part) => kept.filesWith(part));
    expect(files).toHaveLength(3);
    for (const path of files) damage(path, readFileSync(path));
    const again = await kept.open();
    expect([again.facts(oid(1)), again.reading('c'), again.stamp('s')]).toEqual(
      Array(3).fill(undefined),
    );
    expect(again.health.damaged).toBe(3);
    again.putFacts(oid(1), { a: 1 });
    expect(again.facts(oid(1))).toEqual({ a: 1 });
    expect((await kept.open()).facts(oid(1))).toEqual({ a: 1 });
  });

  it('finds each single bit that was turned in an entry', async () => {
    const cache = await kept.open();
    cache.putFacts(oid(1), { name: 'bpf_lantern_get', line: 17 });
    const [path] = kept.filesWith('facts');
    const bytes = readFileSync(path!);
    for (let bit = 0; bit < bytes.length * 8; bit += 5) {
      const turned = Buffer.from(bytes);
      turned[bit >> 3]! ^= 1 << (bit & 7);
      writeFileSync(path!, turned);
      expect(cache.facts(oid(1))).toBeUndefined();
    }
  });

  it('does not take one entry for another when files were exchanged', async () => {
    const cache = await kept.open();
    cache.putFacts(oid(1), 'one');
    cache.putFacts(oid(2), 'two');
    const [a, b] = kept.filesWith('facts').map((path) => ({ path, bytes: readFileSync(path) }));
    writeFileSync(a!.path, b!.bytes);
    writeFileSync(b!.path, a!.bytes);
    expect([cache.facts(oid(1)), cache.facts(oid(2))]).toEqual([undefined, undefined]);
    expect(cache.hasFacts(oid(1))).toBe(false);
  });

  it('does not stumble over a directory in the place of an entry', async () => {
    const cache = await kept.open();
    cache.putFacts(oid(1), 'one');
    const [path] = kept.filesWith('facts');
    rmSync(path!);
    mkdirSync(join(path!, 'deep'), { recursive: true });
    expect(cache.facts(oid(1))).toBeUndefined();
    expect(cache.health.damaged).toBe(1);
    cache.putFacts(oid(1), 'one');
    expect(cache.facts(oid(1))).toBe('one');
  });

  it.each(ways)('keeps the other frames when the list of empty blobs %s', async (_, damage) => {
    await kept.addEmpty(oid(1), oid(2));
    const [path] = kept.filesWith('scanned');
    const first = readFileSync(path!);
    damage(path!, first);
    const hurt = readFileSync(path!);
    // What another run appended afterwards is still found.
    writeFileSync(path!, first);
    await kept.addEmpty(oid(3));
    writeFileSync(path!, Buffer.concat([hurt, readFileSync(path!).subarray(first.length)]));
    const cache = await kept.open();
    expect(isEmpty(cache, oid(3))).toBe(true);
    expect(isEmpty(cache, oid(4))).toBe(false);
    // Only a frame that is whole counts; a byte too many leaves it whole.
    expect(isEmpty(cache, oid(1))).toBe(hurt.length > first.length);
    expect(cache.health.damaged).toBe(hurt.length === 0 ? 0 : 1);
    // The flush mends it.
    cache.addEmpty(oid(1));
    cache.flush();
    const mended = await kept.open();
    expect([1, 3].every((n) => isEmpty(mended, oid(n)))).toBe(true);
    expect(mended.health.damaged).toBe(0);
  });

  it('never takes a blob for empty because of bits that were turned', async () => {
    const ids = range(0, 40).map((n) => oid(n));
    await kept.addEmpty(...ids);
    const [path] = kept.filesWith('scanned');
    const bytes = readFileSync(path!);
    const rnd = random(3);
    for (let round = 0; round < 60; round++) {
      const turned = Buffer.from(bytes);
      const at = rnd.int(bytes.length);
      turned[at]! ^= 1 << rnd.int(8);
      writeFileSync(path!, turned);
      const cache = await kept.open();
      expect(ids.filter((id) => isEmpty(cache, id))).toEqual([]);
      expect(cache.health.damaged).toBeGreaterThan(0);
    }
  });
});
