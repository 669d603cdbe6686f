import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { datasetOf, entry as release, kfunc, state } from '../../src/data/test-dataset.ts';
import { writeDataset } from '../../src/data/write.ts';

const entry = fileURLToPath(new URL('../../scripts/kfunc-atlas.mjs', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'kfunc-atlas-verify-'));
const at = (name: string) => join(root, name);

const GET = 'extern struct lamp *bpf_lamp_get(u32 nr) __weak __ksym;';
const DIM = 'extern struct lamp *bpf_lamp_dim(u32 nr) __weak __ksym;';

beforeAll(async () => {
  const dim = state('v7.2', null, {
    config: {
      expr: 'CONFIG_DIMMER',
      parts: [{ origin: 'makefile', expr: 'CONFIG_DIMMER', file: 'kernel/Makefile' }],
    },
  });
  const span = { first: 'v7.2', after: null, last: null, goneIn: null };
  const kfuncs = [
    kfunc({ states: [dim], spans: [span] }, { name: 'bpf_lamp_dim' }),
    kfunc({ states: [state('v7.2', null)], spans: [span] }, { name: 'bpf_lamp_get' }),
  ];
  await writeDataset(at('data'), datasetOf([release('v7.2=v7.2.13')], kfuncs), { prose: false });
  writeFileSync(at('both.h'), `${GET}\n${DIM}\n`);
  writeFileSync(at('get.h'), `${GET}\n`);
  writeFileSync(at('other.h'), `${GET.replace('u32', 'u64')}\n${DIM}\n`);
  writeFileSync(at('on'), 'CONFIG_DIMMER=y\n');
  writeFileSync(at('off.gz'), gzipSync('CONFIG_NET=y\n# CONFIG_DIMMER is not set\n'));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

function verify(...args: string[]) {
  const all = ['verify', '--data', 'data', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...all], {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

describe('kfunc-atlas verify', () => {
  test('ends with 0 when all agrees, and tells what it looked at', () => {
    const { status, stdout, stderr } = verify(
      '--release',
      'v7.2',
      '--btf',
      'both.h',
      '--config',
      'on',
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(
      [
        'The records of v7.2 (v7.2.13 stands for it) against 1 file:',
        '  2 kfuncs in both.h',
        '2 of 2 agree in prototype, tags and place.',
        '',
        'Nothing is unexplained, and the configuration predicts what is there.',
        '',
      ].join('\n'),
    );
  });

  test('takes the release by its tag or without the v, and a packed configuration', () => {
    for (const name of ['v7.2.13', '7.2']) {
      const result = verify('--release', name, '--btf', 'get.h', '--config', 'off.gz');
      expect(result.status).toBe(0);
      expect(result.stdout).toContain('CONFIG_DIMMER, in kernel/Makefile\n      bpf_lamp_dim\n');
    }
  });

  test('ends with 1 when a kfunc is there against its condition', () => {
    const result = verify('--release', 'v7.2', '--btf', 'both.h', '--config', 'off.gz');
    expect(result).toMatchObject({ status: 1, stderr: '' });
    expect(result.stdout).toContain('1 should be absent, and is built in:');
    expect(result.stdout).toMatch(/\n1 difference that nothing explains\.\n$/);
  });

  test('ends with 1 when a prototype differs, and shows both sides', () => {
    const result = verify('--release', 'v7.2', '--btf', 'other.h');
    expect(result.status).toBe(1);
    expect(result.stdout).toContain('record  u32 nr\n      kernel  u64 nr\n');
  });

  test('prints JSON for machines, or nothing', () => {
    const json = verify('--release', 'v7.2', '--btf', 'other.h', '--json');
    expect(json.status).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      release: { id: 'v7.2', tag: 'v7.2.13' },
      found: 2,
      agreeing: 1,
      different: [{ name: 'bpf_lamp_get' }],
      unexplained: 1,
    });
    expect(verify('--release', 'v7.2', '--btf', 'other.h', '--quiet')).toEqual({
      status: 1,
      stdout: '',
      stderr: '',
    });
  });

  test.each([
    [
      'a release that is not there',
      ['--release', 'v9.9', '--btf', 'both.h'],
      /no release v9\.9.*v7\.2/,
    ],
    ['a file that is not there', ['--release', 'v7.2', '--btf', 'none.h'], /none\.h/],
    ['a file of another kind', ['--release', 'v7.2', '--btf', 'on'], /\bon\b/],
    [
      'a configuration that is none',
      ['--release', 'v7.2', '--btf', 'both.h', '--config', 'both.h'],
      /both\.h sets no CONFIG_ symbol/,
    ],
    [
      'a configuration that is not there',
      ['--release', 'v7.2', '--btf', 'both.h', '--config', 'none'],
      /Could not read none: there is no such file/,
    ],
  ])('says in a sentence what is wrong with %s', (_, args, sentence) => {
    const { status, stdout, stderr } = verify(...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stderr).toMatch(sentence);
  });

  test('says what it needs', () => {
    expect(verify('--btf', 'both.h')).toMatchObject({ status: 2 });
    expect(verify('--release', 'v7.2')).toMatchObject({ status: 2 });
    const help = verify('--help');
    expect(help.status).toBe(0);
    expect(Math.max(...help.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
