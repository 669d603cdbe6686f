import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { git } from '../../tests/repositories.ts';
import { FastImport, quotePath } from './fast-import.ts';
import { KernelStore } from './kernel-store.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fast-import-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

async function importTree(store: KernelStore, tag: string, files: Record<string, string>) {
  const into = new FastImport(store.dir);
  const stored = [];
  for (const [path, text] of Object.entries(files)) {
    stored.push({ path, mode: '100644' as const, mark: await into.blob(Buffer.from(text)) });
  }
  await into.commit({
    tag,
    message: `Linux\n\nPackage: linux-source ${tag}\n`,
    date: 1e9,
    files: stored,
  });
  return into;
}

test('stores trees as tagged commits without parents, whatever their files are called', async () => {
  const store = await KernelStore.open(dir);
  const names = ['plain', 'with blank', '"quoted"', 'back\\slash', 'new\nline', 'tab\there', 'häß'];
  const files = Object.fromEntries(names.map((name) => [`d/${name}`, `is ${name}`]));
  const into = await importTree(store, 'v9.1', files);
  await into.finish();
  const listed = git(dir, ['ls-tree', '-r', '-z', '--name-only', 'v9.1']).split('\0').slice(0, -1);
  expect(listed.sort()).toEqual(Object.keys(files).sort());
  expect(git(dir, ['cat-file', 'blob', 'v9.1:d/new\nline'])).toBe('is new\nline');
  expect(git(dir, ['rev-list', '--count', '--all'])).toBe('1');
  expect(await store.kernels()).toEqual([{ tag: 'v9.1', source: 'linux-source v9.1' }]);
});

test('gives the same commit for the same files in another order', async () => {
  const store = await KernelStore.open(dir);
  await (await importTree(store, 'v9.1', { a: '1', b: '2', 'c/d': '3' })).finish();
  await (await importTree(store, 'v9.2', { 'c/d': '3', b: '2', a: '1' })).finish();
  expect(git(dir, ['rev-parse', 'v9.1^{tree}'])).toBe(git(dir, ['rev-parse', 'v9.2^{tree}']));
});

test.each([1, 2])(
  'stores the first version of a file whole, later ones as differences (import %i)',
  async (imports) => {
    const store = await KernelStore.open(dir);
    const tell = (path: string, what: string) =>
      git(dir, ['cat-file', `--batch-check=%(${what})`], Buffer.from(`v9.${imports}:${path}\n`));
    for (let i = 1; i <= imports; i++) {
      const into = new FastImport(store.dir);
      const lines = Array.from({ length: 300 }, (_, n) => `int import_${i}_${n};\n`).join('');
      const files = [];
      for (const path of ['a', 'b']) {
        await into.apart();
        for (const version of ['new', 'old', 'oldest']) {
          const mark = await into.blob(Buffer.from(`${lines}int ${path}_${version};\n`));
          files.push({ path: `${path}/${version}`, mode: '100644' as const, mark });
        }
      }
      await into.commit({ tag: `v9.${i}`, message: 'Linux\n', date: 1e9, files });
      await into.finish();
    }
    for (const path of ['a', 'b']) {
      expect(tell(`${path}/new`, 'deltabase')).toMatch(/^0+$/);
      expect(tell(`${path}/old`, 'deltabase')).toBe(tell(`${path}/new`, 'objectname'));
      expect(tell(`${path}/oldest`, 'deltabase')).toBe(tell(`${path}/old`, 'objectname'));
    }
  },
);

test('leaves no tag and no waste of an import that is ended early', async () => {
  const store = await KernelStore.open(dir);
  const into = await importTree(store, 'v9.1', { a: '1' });
  await into.abort();
  await store.clean();
  expect(await store.kernels()).toEqual([]);
  expect(readdirSync(join(dir, 'objects/pack'))).toEqual([]);
  expect(readdirSync(dir).filter((name) => name.startsWith('fast_import'))).toEqual([]);
});

test('says in one sentence that git could not write', async () => {
  const store = await KernelStore.open(dir);
  rmSync(join(dir, 'objects'), { recursive: true });
  const into = await importTree(store, 'v9.1', { a: '1' });
  await expect(into.finish()).rejects.toThrow(/^git could not write to .*: .+\.$/);
});

test('makes one pack of many and keeps every tag', async () => {
  const store = await KernelStore.open(dir);
  for (let i = 1; i <= 4; i++) {
    await (await importTree(store, `v9.${i}`, { a: `${i}`.repeat(500) })).finish();
  }
  const packs = () =>
    readdirSync(join(dir, 'objects/pack')).filter((name) => name.endsWith('.pack'));
  expect(packs()).toHaveLength(4);
  await store.tidy();
  expect(packs()).toHaveLength(1);
  expect((await store.kernels()).map(({ tag }) => tag)).toEqual(['v9.1', 'v9.2', 'v9.3', 'v9.4']);
});

test('quotes a path only when fast-import would take it for something else', () => {
  expect(quotePath('a b/c.h')).toBe('a b/c.h');
  expect(quotePath('a"b\\c\nd')).toBe(String.raw`"a\"b\\c\nd"`);
});
