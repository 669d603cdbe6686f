import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { invent } from '../../tests/repositories.ts';
import type { ReleaseEntry } from '../data/schema/index.ts';
import { openSourceLines } from './source-lines.ts';

const dir = mkdtempSync(join(tmpdir(), 'kfunc-atlas-lines-'));
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

const { commits } = invent(join(dir, 'linux'), [
  { tag: 'v6.12', files: { 'kernel/lamp.c': 'int on;\nint off;\n' } },
  { tag: 'v6.13', files: { 'kernel/lamp.c': 'int dim;\n', empty: '' } },
]);

function entry(id: string, commit = commits[id]!): ReleaseEntry {
  const line = 'mainline';
  return { id, line, tag: id, exact: true, preview: false, date: '2024-11-17', commit };
}

test('gives the lines of a file as each release has it', async () => {
  const sources = await openSourceLines(join(dir, 'linux'), [entry('v6.12'), entry('v6.13')]);
  try {
    expect(await sources.line('v6.12', 'kernel/lamp.c', 1)).toBe('int on;');
    expect(await sources.line('v6.12', 'kernel/lamp.c', 2)).toBe('int off;');
    expect(await sources.line('v6.13', 'kernel/lamp.c', 1)).toBe('int dim;');
    expect(await sources.line('v6.13', 'empty', 1)).toBe('');
  } finally {
    await sources.close();
  }
});

test('gives nothing for a line or a file that is not there', async () => {
  const sources = await openSourceLines(join(dir, 'linux'), [entry('v6.12')]);
  try {
    expect(await sources.line('v6.12', 'kernel/lamp.c', 4)).toBeUndefined();
    expect(await sources.line('v6.12', 'kernel/none.c', 1)).toBeUndefined();
    expect(await sources.line('v6.12', 'kernel', 1)).toBeUndefined();
  } finally {
    await sources.close();
  }
});

test('says which release and which commit it has not got', async () => {
  const gone = entry('v6.14', '0123456789abcdef0123456789abcdef01234567');
  const sources = await openSourceLines(join(dir, 'linux'), [gone]);
  try {
    await expect(sources.line('v7.0', 'kernel/lamp.c', 1)).rejects.toThrow(
      'v7.0 is no release of the dataset.',
    );
    await expect(sources.line('v6.14', 'kernel/lamp.c', 1)).rejects.toThrow(
      'Object 0123456789abcdef0123456789abcdef01234567',
    );
  } finally {
    await sources.close();
  }
});
