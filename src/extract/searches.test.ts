import { expect, test } from 'vitest';
import type { ReadHoldingOptions } from '../git/objects.ts';
import { Searches } from './searches.ts';
import { stamps } from './testing.ts';

/** A reader of invented blobs, and the ids of those that it was asked for. */
function blobs(texts: Record<string, string>) {
  const asked: string[] = [];
  return {
    asked,
    readHolding(
      oids: readonly string[],
      { words, onBlob, onWithout }: Omit<ReadHoldingOptions, 'maxBytes'>,
    ) {
      asked.push(...oids);
      oids.forEach((oid, i) => {
        const text = texts[oid]!;
        if (words.some((word) => text.includes(word))) onBlob(i, Buffer.from(text));
        else onWithout(i);
      });
      return Promise.resolve();
    },
  };
}

const oid = (n: number) => n.toString(16).padStart(40, '0');

/** A hundred files below `net/`, the first with the word that is sought. */
const texts = Object.fromEntries(
  Array.from({ length: 100 }, (_, n) => [oid(n), n === 0 ? 'int lamp_on(void)' : 'int dark;']),
);
const files = new Map(Object.keys(texts).map((id, n) => [`net/${n % 3}/lamp${n}.c`, id]));

async function firstRun() {
  const cache = stamps();
  const searches = new Searches(blobs(texts), cache);
  searches.begin();
  await searches.find(files, ['lamp_on']);
  searches.save();
  return cache;
}

test('finds which files hold which words, reading each blob once', async () => {
  const reader = blobs(texts);
  const searches = new Searches(reader, stamps());
  searches.begin();
  const twice = new Map([...files, ['net/copy.c', oid(0)]]);
  const found = await searches.find(twice, ['lamp_on', 'lamp_off']);
  expect([...found]).toEqual([
    ['net/0/lamp0.c', ['lamp_on']],
    ['net/copy.c', ['lamp_on']],
  ]);
  expect(reader.asked).toHaveLength(100);
  await searches.find(twice, ['lamp_on', 'lamp_off']);
  expect(reader.asked).toHaveLength(100);
});

test('reads for two who search for the same at once as for one, and notes it once', async () => {
  const cache = stamps();
  const reader = blobs(texts);
  const searches = new Searches(
    {
      readHolding: async (oids, options) => {
        await new Promise(setImmediate);
        await reader.readHolding(oids, options);
      },
    },
    cache,
  );
  searches.begin();
  const [one, other] = await Promise.all([
    searches.find(files, ['lamp_on']),
    searches.find(files, ['lamp_on']),
  ]);
  expect([...one.keys()]).toEqual(['net/0/lamp0.c']);
  expect(other).toEqual(one);
  expect(reader.asked).toHaveLength(100);
  searches.save();
  expect(cache.stamp('searches')).toEqual([{ words: ['lamp_on'], folder: 'net/', ending: '.c' }]);
});

test('tells all who wait that something could not be read, and can be asked again', async () => {
  const reader = blobs(texts);
  let isBroken = true;
  const searches = new Searches(
    {
      readHolding: (oids, options) =>
        isBroken ? Promise.reject(new Error('no such blob')) : reader.readHolding(oids, options),
    },
    stamps(),
  );
  searches.begin();
  const both = [searches.find(files, ['lamp_on']), searches.find(files, ['lamp_on'])];
  for (const found of both) await expect(found).rejects.toThrow('no such blob');
  isBroken = false;
  expect([...(await searches.find(files, ['lamp_on'])).keys()]).toEqual(['net/0/lamp0.c']);
});

test('looks in new blobs for what the run before searched for, where it did', async () => {
  const reader = blobs(texts);
  const searches = new Searches(reader, await firstRun());
  expect(searches.holds('net/ipv4/new.c')).toBe(true);
  expect(['net/ipv4/new.h', 'mm/new.c'].some((path) => searches.holds(path))).toBe(false);

  expect(searches.isRead(oid(1), 'net/1/lamp1.c')).toBe(true);
  expect(searches.isRead(oid(777), 'net/2/new.c')).toBe(false);
  expect(searches.words('net/2/new.c')).toEqual(['lamp_on']);
  searches.read(oid(777), 'net/2/new.c', Buffer.from('lamp_on();'));
  searches.passOver(oid(778), 'net/2/dark.c');
  searches.begin();
  const fresh = [
    ['net/2/new.c', oid(777)],
    ['net/2/dark.c', oid(778)],
  ] as const;
  const found = await searches.find(new Map([...files, ...fresh]), ['lamp_on']);
  expect([...found.keys()]).toEqual(['net/0/lamp0.c', 'net/2/new.c']);
  expect(reader.asked).toEqual([]);
});

test('forgets searches that the newest release did not need, and those through few files', async () => {
  const cache = await firstRun();
  const searches = new Searches(blobs(texts), cache);
  searches.begin();
  await searches.find(files, ['lamp_on']);
  searches.begin();
  await searches.find(new Map([...files].slice(0, 5)), ['lamp_off']);
  searches.save();
  expect(new Searches(blobs(texts), cache).holds('net/ipv4/new.c')).toBe(false);
});
