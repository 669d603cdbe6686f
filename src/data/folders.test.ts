import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolders } from './folders.ts';

const root = mkdtempSync(join(tmpdir(), 'kfunc-atlas-folders-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

test('makes what is missing and gives the topmost of it', async () => {
  expect(await makeFolders(join(root, 'a/b/c'))).toBe(join(root, 'a'));
  expect(await makeFolders(join(root, 'a/b/d'))).toBe(join(root, 'a/b/d'));
  expect(await makeFolders(join(root, 'a/b'))).toBeUndefined();
  expect(await makeFolders('/')).toBeUndefined();
});

test('takes a link to a folder for one', async () => {
  symlinkSync(join(root, 'a'), join(root, 'link'));
  expect(await makeFolders(join(root, 'link'))).toBeUndefined();
  expect(await makeFolders(join(root, 'link/e'))).toBe(join(root, 'link/e'));
});

test('may be asked twice at once', async () => {
  await Promise.all([1, 2, 3].map(() => makeFolders(join(root, 'at/once/by/many'))));
  expect(statSync(join(root, 'at/once/by/many')).isDirectory()).toBe(true);
});

test('says what stands in the way', async () => {
  writeFileSync(join(root, 'file'), '');
  await expect(makeFolders(join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolders(join(root, 'file/below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  symlinkSync(join(root, 'nowhere'), join(root, 'dangling'));
  await expect(makeFolders(join(root, 'dangling'))).rejects.toMatchObject({ code: 'EEXIST' });
});

test.runIf(existsSync('/proc/self'))('ends where nothing can be made', async () => {
  await expect(makeFolders('/proc/kfunc-atlas/data')).rejects.toMatchObject({ code: 'ENOENT' });
});
