import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const dir = mkdtempSync(join(tmpdir(), 'kfunc-atlas-checks-'));
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

const root = join(import.meta.dirname, '..');

function checks(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const entry = join(root, 'scripts/kfunc-atlas.mjs');
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [entry, 'checks', ...args],
      { cwd: root },
      (_, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, stdout, stderr });
      },
    );
  });
}

test('a dataset that agrees with itself gives a summary and nothing else', async () => {
  const { code, stdout, stderr } = await checks();
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toMatch(/^\d+ checks \(\d+ more look into the trees: --linux DIR\): 0 failures, /);
});

test('what is wrong is a line on stdout, and the exit code says so', async () => {
  const data = join(dir, 'data');
  cpSync(join(root, 'content/data'), data, { recursive: true });
  const path = join(data, 'kfuncs/bpf_task_acquire.json');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('"status": "active"', '"status": "removed"'));
  const { code, stdout, stderr } = await checks('--data', data, '--quiet');
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^status-is-of-newest: bpf_task_acquire@v[\d.]+: is active, its status removed\n$/,
  );
  expect(stderr).toBe('');
});

test('--list tells each check and each known exception with its reason', async () => {
  const { code, stdout } = await checks('--list');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^arch-agrees-with-definitions\n {4}A kfunc is of some architectures/);
  expect(stdout).toMatch(/\nsets-agree-on-flags: hid_bpf_\*@v6\.10\.\.v7\.2\n {4}\S/);
});

test('a folder without a dataset is one clear sentence', async () => {
  const { code, stderr } = await checks('--data', dir);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: There is no dataset in /);
});
