import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const entry = fileURLToPath(new URL('kfunc-atlas.mjs', import.meta.url));

function run(...args: string[]) {
  return spawnSync(process.execPath, [entry, ...args], { encoding: 'utf8' });
}

test('prints help on stdout, within 80 columns', () => {
  const { status, stdout, stderr } = run('--help');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('kernels');
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('has no command without a file of its own', () => {
  const listed = [...run('--help').stdout.matchAll(/^ {2}([a-z]+) {2}/gm)].map(([, name]) => name!);
  const files = readdirSync(new URL('.', import.meta.url));
  expect(listed).toContain('extract');
  expect(listed.map((name) => `${name}.ts`).filter((file) => !files.includes(file))).toEqual([]);
});

test('prints the version', () => {
  expect(run('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('gives the help of one command', () => {
  const { status, stdout } = run('help', 'kernels');
  expect(status).toBe(0);
  expect(stdout).toBe(run('kernels', '--help').stdout);
});

test('ends with 2 and a suggestion for a command or an option it does not know', () => {
  const command = run('kernls');
  expect(command.status).toBe(2);
  expect(command.stderr).toContain('Did you mean kernels?');
  const option = run('kernels', '--from', 'debian', '--quite');
  expect(option.status).toBe(2);
  expect(option.stderr).toContain('--quiet');
  expect(option.stdout).toBe('');
});

test('ends with 2 and help when it is told nothing to do', () => {
  const { status, stdout, stderr } = run();
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Usage:');
});

test('is quiet when nobody reads its output any more', () => {
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', '"$0" "$1" --help | true', process.execPath, entry],
    { encoding: 'utf8' },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
