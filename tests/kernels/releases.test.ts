import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDataset } from '../../src/data/read.ts';
import { git, invent } from '../repositories.ts';
import { atlasOf, Atlas, kernels, run, workshop } from './atlas.ts';
import { plainTree } from './base.ts';
import { kfuncFile, type Kfunc } from './c.ts';

const root = workshop();
const HELPERS = 'kernel/bpf/helpers.c';

function file(...kfuncs: (Kfunc | string)[]): Record<string, string> {
  const full = kfuncs.map((kfunc) => (typeof kfunc === 'string' ? { name: kfunc } : kfunc));
  return { [HELPERS]: kfuncFile('common', ['XDP'], full) };
}

/** What releases.json says, one release a text: `v6.12 = v6.12.107`. */
function told({ dataset }: Atlas): string[] {
  return dataset.releases.map(({ id, line, tag, exact, preview }) =>
    [
      line === 'mainline' ? id : `${id} (${line})`,
      ...(exact ? [] : [`= ${tag}`]),
      ...(preview ? ['preview'] : []),
    ].join(' '),
  );
}

describe('releases', () => {
  test('are in the order of their numbers, whatever the order of their commits', async () => {
    const all = kernels({
      'v6.19': file('bpf_a', 'bpf_b', 'bpf_c'),
      'v6.0': file('bpf_a', 'bpf_b'),
      'v7.0': file('bpf_b', 'bpf_c'),
      'v6.2': file('bpf_a', 'bpf_b'),
      'v6.10': file('bpf_a', 'bpf_b', 'bpf_c'),
    });
    const atlas = await atlasOf([...all, { tag: 'v5.19', files: plainTree('v5.19') }]);
    expect(told(atlas)).toEqual(['v5.19', 'v6.0', 'v6.2', 'v6.10', 'v6.19', 'v7.0']);
    expect(atlas.spans('bpf_a')).toEqual(['v6.0 (not in v5.19) to v6.19 (gone in v7.0)']);
    expect(atlas.spans('bpf_c')).toEqual(['v6.10 (not in v6.2)']);
  });

  test('are stood for by a stable tag where there is no other, which is named', async () => {
    const atlas = await atlasOf(
      kernels({
        'v5.10.223': {},
        'v6.1.5': file('bpf_a'),
        'v6.1.176': file('bpf_a', 'bpf_late'),
        'v6.12': file('bpf_a'),
        'v6.12.107': file('bpf_a', 'bpf_stable_only'),
      }),
    );
    expect(told(atlas)).toEqual(['v5.10 = v5.10.223', 'v6.1 = v6.1.176', 'v6.12']);
    expect(atlas.names).toEqual(['bpf_a', 'bpf_late']);
    expect(atlas.diagnostics).toContain('info: v6.1.176 stands for v6.1 [v6.1]');
  });

  test('begin with the newest one before kfuncs, as a baseline that says what was not there', async () => {
    const atlas = await atlasOf([
      { tag: 'v5.4', files: plainTree('v5.4') },
      { tag: 'v5.12', files: plainTree('v5.12') },
      ...kernels({ 'v6.0': file('bpf_a') }),
    ]);
    expect(told(atlas)).toEqual(['v5.12', 'v6.0']);
    expect(atlas.line('bpf_a').changes).toMatchObject([
      { kind: 'added', release: 'v6.0', after: 'v5.12' },
    ]);
  });

  test('end with a preview, which decides nothing about status', async () => {
    const atlas = await atlasOf(
      kernels({
        'v6.1': file('bpf_a', 'bpf_b'),
        'v6.2-rc1': file('bpf_a'),
        'v6.2-rc4': file('bpf_a', 'bpf_c'),
      }),
    );
    expect(told(atlas)).toEqual(['v6.1', 'v6.2 = v6.2-rc4 preview']);
    expect(atlas.record('bpf_b').status).toBe('active');
    expect(atlas.spans('bpf_b')).toEqual(['v6.1 to v6.1 (gone in v6.2)']);
    expect(atlas.spans('bpf_c')).toEqual(['v6.2 (not in v6.1)']);
  });

  test('lose their preview when the release is out', async () => {
    const atlas = await atlasOf(
      kernels({ 'v6.1': file('bpf_a'), 'v6.2-rc4': file('bpf_a', 'bpf_c'), 'v6.2': file('bpf_a') }),
    );
    expect(told(atlas)).toEqual(['v6.1', 'v6.2']);
    expect(atlas.names).toEqual(['bpf_a']);
  });
});

describe('--releases', () => {
  test('leaves a hole, and the span says how far back it is known', async () => {
    const all = kernels({
      'v6.1': file('bpf_a'),
      'v6.2': file('bpf_a', 'bpf_b'),
      'v6.3': file('bpf_a', 'bpf_b'),
      'v6.4': file('bpf_a'),
    });
    const atlas = await atlasOf(all, { releases: 'v6.1,v6.3..' });
    expect(told(atlas)).toEqual(['v6.1', 'v6.3', 'v6.4']);
    expect(atlas.spans('bpf_b')).toEqual(['v6.3 (not in v6.1) to v6.3 (gone in v6.4)']);
  });

  test('takes a stable release to a line of its own beside its series', async () => {
    const all = kernels({
      'v6.4': file({ name: 'bpf_a' }, 'bpf_b'),
      'v6.4.7': file({ name: 'bpf_a', flags: 'KF_RET_NULL' }, 'bpf_b', 'bpf_back'),
      'v6.5': file({ name: 'bpf_a', flags: 'KF_RET_NULL' }, 'bpf_b'),
    });
    const atlas = await atlasOf(all, { releases: 'v6.4,v6.4.7,v6.5' });
    expect(told(atlas)).toEqual(['v6.4', 'v6.5', 'v6.4.7 (6.4.y)']);
    expect(atlas.line('bpf_a', '6.4.y')).toMatchObject({ base: 'v6.4' });
    expect(atlas.changes('bpf_a', '6.4.y')).toEqual(['v6.4.7 flags: KF_RET_NULL']);
    expect(atlas.changes('bpf_a')).toEqual([
      'v6.4 added: int bpf_a(int a)',
      'v6.5 flags: KF_RET_NULL',
    ]);
    expect(atlas.record('bpf_b').lines.map((line) => line.id)).toEqual(['mainline']);
    expect(atlas.record('bpf_back').lines.map((line) => line.id)).toEqual(['6.4.y']);
  });
});

describe('--ref', () => {
  test('adds a tree of its own line, compared with the newest release', async () => {
    const all = kernels({
      'v6.1': file('bpf_a'),
      'v6.2': file('bpf_a', 'bpf_b'),
      series: file('bpf_a', { name: 'bpf_b', flags: 'KF_RCU' }, 'bpf_mine'),
    });
    const atlas = await atlasOf(all, { refs: [{ name: 'my-series', rev: 'main' }] });
    expect(told(atlas)).toEqual(['v6.1', 'v6.2', 'my-series (my-series)']);
    expect(atlas.changes('bpf_mine', 'my-series')).toEqual([
      'my-series added: int bpf_mine(int a)',
    ]);
    expect(atlas.changes('bpf_b', 'my-series')).toEqual(['my-series flags: KF_RCU']);
    expect(atlas.record('bpf_mine').status).toBe('active');
    expect(atlas.line('bpf_mine', 'my-series')).toMatchObject({
      base: 'v6.2',
      spans: [{ first: 'my-series', after: 'v6.2' }],
    });
  });

  test('is enough in a repository without release tags', async () => {
    const all = kernels({ 'vendor-2024': file('bpf_a') });
    const atlas = await atlasOf(all, { refs: [{ name: 'vendor', rev: 'vendor-2024' }] });
    expect(told(atlas)).toEqual(['vendor (vendor)']);
    expect(atlas.names).toEqual(['bpf_a']);
  });
});

describe('the same dataset comes', () => {
  const linux = join(root, 'checkout');
  invent(linux, kernels({ 'v6.1': file('bpf_a'), 'v6.2': file('bpf_a', 'bpf_b') }));

  async function bytesOf(name: string, repository: string): Promise<string> {
    const dir = join(root, name);
    mkdirSync(dir);
    await run(dir, { linux: repository });
    return JSON.stringify(await readDataset(join(dir, 'data')));
  }

  test('of a bare clone, a linked worktree and a folder in it', async () => {
    git(root, ['clone', '-q', '--bare', linux, 'bare.git']);
    git(linux, ['worktree', 'add', '-q', join(root, 'linked'), 'v6.1']);
    const expected = await bytesOf('from-checkout', linux);
    expect(await bytesOf('from-bare', join(root, 'bare.git'))).toBe(expected);
    expect(await bytesOf('from-linked', join(root, 'linked'))).toBe(expected);
    expect(await bytesOf('from-folder', join(root, 'linked', 'kernel'))).toBe(expected);
  });

  test('of a shallow clone of the tags, which has no history between them', async () => {
    const shallow = join(root, 'shallow');
    git(root, ['init', '-q', shallow]);
    for (const tag of ['v6.1', 'v6.2']) {
      git(shallow, [
        'fetch',
        '-q',
        '--depth',
        '1',
        `file://${linux}`,
        `refs/tags/${tag}:refs/tags/${tag}`,
      ]);
    }
    expect(execFileSync('git', ['-C', shallow, 'rev-list', '--all', '--count']).toString()).toBe(
      '2\n',
    );
    expect(await bytesOf('from-shallow', shallow)).toBe(await bytesOf('from-checkout-2', linux));
  });
});
