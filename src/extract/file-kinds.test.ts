import { expect, test } from 'vitest';
import { openCache } from '../data/cache/cache.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTreeListing } from '../git/tree-listing.ts';
import { fileKinds } from './file-kinds.ts';

const oid = (n: number) => n.toString(16).padStart(40, '0');

async function kindsIn(dir: string) {
  return fileKinds(await openCache(dir, 'test'), { readHolding: () => Promise.resolve() });
}

test('a file without a word of its kind has as much to say as an empty one, for good', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kfunc-atlas-kinds-'));
  const { sources, programs } = await kindsIn(dir);
  const path = 'tools/testing/selftests/bpf/progs/lamp.c';
  const listing = parseTreeListing(Buffer.from(`100644 blob ${oid(7)}\t${path}\0`));
  expect([sources.holds(path, listing, 0), programs.isRead(oid(7))]).toEqual([true, false]);
  sources.passOver(oid(7), path);
  programs.passOver(oid(7));
  expect([...programs.of(listing, [0])]).toEqual([[path, null]]);
  expect([sources.holds(path, listing, 0), programs.isRead(oid(7))]).toEqual([false, true]);
  rmSync(dir, { recursive: true });
});

test('a file of any kind whose words it does not hold tells nothing when it is read', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kfunc-atlas-kinds-'));
  const { sources, kconfig, documents, programs } = await kindsIn(dir);
  expect(sources.words('kernel/bpf/helpers.c')).not.toBeNull();
  // It has none of the words, and is read.
  expect(sources.words('include/linux/bpf_types.h')).toBeNull();
  expect([kconfig, documents].map((kind) => kind.words())).toEqual([null, null]);

  const text = 'int lamp(void)\n{\n\treturn bpf_lamp_on();\n}\n';
  for (const word of programs.words() ?? []) expect(text).not.toContain(word);
  programs.read(oid(8), 'samples/lamp.c', Buffer.from(text));
  const listing = parseTreeListing(Buffer.from(`100644 blob ${oid(8)}\tsamples/lamp.c\0`));
  expect([...programs.of(listing, [0])]).toEqual([['samples/lamp.c', null]]);
  rmSync(dir, { recursive: true });
});
