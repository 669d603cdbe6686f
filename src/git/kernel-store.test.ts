import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { invent } from '../../tests/repositories.ts';
import { KernelStore } from './kernel-store.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kernel-store-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

test('makes a repository in a folder that does not exist, and opens it again', async () => {
  const path = join(dir, 'a/b.git');
  expect((await KernelStore.open(path)).isNew).toBe(true);
  const again = await KernelStore.open(path);
  expect(again.isNew).toBe(false);
  expect(await again.kernels()).toEqual([]);
});

test('does not touch a repository that was not made here', async () => {
  const path = join(dir, 'other.git');
  invent(path, [{ tag: 'v9.1', files: { a: '1' } }], { bare: true });
  const before = readdirSync(path);
  await expect(KernelStore.open(path)).rejects.toThrow(/was not made by/);
  expect(readdirSync(path)).toEqual(before);
});

test('does not touch a folder with other files', async () => {
  writeFileSync(join(dir, 'precious'), '');
  await expect(KernelStore.open(dir)).rejects.toThrow(/was not made by/);
  expect(readdirSync(dir)).toEqual(['precious']);
});

test('says so when the place is a file', async () => {
  writeFileSync(join(dir, 'file'), '');
  await expect(KernelStore.open(join(dir, 'file'))).rejects.toThrow(/is a file, not a folder/);
  await expect(KernelStore.open(join(dir, 'file/x'))).rejects.toThrow(
    /is a file, not a folder|cannot be/,
  );
});

test('finishes a repository whose making was stopped', async () => {
  await KernelStore.open(dir);
  writeFileSync(join(dir, 'config'), '');
  expect(await (await KernelStore.open(dir)).kernels()).toEqual([]);
});

test('removes the pieces of a killed import, and no pack that someone keeps', async () => {
  const store = await KernelStore.open(dir);
  const packs = join(dir, 'objects/pack');
  mkdirSync(packs, { recursive: true });
  for (const name of ['tmp_pack_x', 'tmp_idx_x']) writeFileSync(join(packs, name), 'x');
  writeFileSync(join(packs, 'pack-1.keep'), 'fast-import\n');
  writeFileSync(join(packs, 'pack-2.keep'), 'mine\n');
  writeFileSync(join(dir, 'fast_import_crash_1'), '');
  await store.clean();
  expect(readdirSync(packs)).toEqual(['pack-2.keep']);
  expect(readdirSync(dir)).not.toContain('fast_import_crash_1');
});
