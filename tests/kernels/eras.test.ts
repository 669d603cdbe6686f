import { beforeAll, describe, expect, test } from 'vitest';
import { atlasOf, type Atlas } from './atlas.ts';
import { eraTree } from './eras.ts';

const CONFIG_OF_ROWS = 'CONFIG_NET && CONFIG_NETFILTER && CONFIG_THING';

function kernelOf(...tags: string[]) {
  return atlasOf(tags.map((tag) => ({ tag, files: eraTree(tag) })));
}

describe('a kernel of its own', () => {
  test('5.13: a callback that looks in a set, held by verifier ops', async () => {
    const atlas = await kernelOf('v5.13');
    expect(atlas.diagnostics).toEqual([]);
    expect(atlas.names).toEqual([
      'bpf_kfunc_call_test1',
      'cong_slow_start',
      'cong_ssthresh',
      'fast_init',
    ]);
    expect(atlas.types('bpf_kfunc_call_test1', 'v5.13')).toEqual(['SCHED_ACT', 'SCHED_CLS']);
    expect(atlas.types('cong_slow_start', 'v5.13')).toEqual(['STRUCT_OPS']);
    expect(atlas.spans('cong_slow_start')).toEqual(['v5.13']);
    expect(atlas.facts('cong_slow_start', 'v5.13')).toMatchObject({
      roles: ['kfunc'],
      flags: [],
      prototype: { bpf: 'u32 cong_slow_start(struct sock *sk, u32 acked)' },
      definitions: [{ file: 'net/ipv4/cong.c' }],
      sets: [{ name: 'cong_ids', file: 'net/ipv4/bpf_cong.c' }],
      config: { expr: 'CONFIG_BPF_JIT && CONFIG_BPF_SYSCALL && CONFIG_NET' },
    });
    expect(atlas.facts('bpf_kfunc_call_test1', 'v5.13')).toMatchObject({
      roles: ['test'],
      prototype: { bpf: 'u64 bpf_kfunc_call_test1(struct sock *sk, u32 a)' },
    });
    expect(atlas.release('v5.13')).toMatchObject({ flags: [], suffixes: [], hooks: [] });
  });

  test('5.13: an entry under three conditions, one of which is IS_BUILTIN', async () => {
    const atlas = await kernelOf('v5.13');
    const { config } = atlas.facts('fast_init', 'v5.13');
    expect(config.expr).toBe(
      'CONFIG_BPF_JIT && CONFIG_BPF_SYSCALL && CONFIG_DYNAMIC_FTRACE && CONFIG_FAST_CONG=y && CONFIG_NET && CONFIG_X86',
    );
    expect(config.parts).toContainEqual({
      origin: 'entry',
      expr: 'CONFIG_DYNAMIC_FTRACE && CONFIG_FAST_CONG=y && CONFIG_X86',
      file: 'net/ipv4/bpf_cong.c',
    });
  });

  test('5.17: the set of a module, in a list that a callback looks through', async () => {
    const atlas = await kernelOf('v5.17');
    expect(atlas.diagnostics).toEqual([]);
    expect(atlas.types('fast_init', 'v5.17')).toEqual(['STRUCT_OPS']);
    expect(atlas.facts('fast_init', 'v5.17')).toMatchObject({
      sets: [{ name: 'fast_ids', file: 'net/ipv4/fast.c' }],
      config: {
        expr: 'CONFIG_DYNAMIC_FTRACE && CONFIG_FAST_CONG && CONFIG_NET && CONFIG_X86',
      },
    });
  });

  test('5.19: flags by membership of a set, one of them by another name', async () => {
    const atlas = await kernelOf('v5.19');
    expect(atlas.diagnostics).toEqual([]);
    expect(atlas.facts('bpf_row_find', 'v5.19')).toMatchObject({
      flags: ['KF_ACQUIRE', 'KF_RET_NULL'],
      prototype: { params: [{ suffix: null }, { suffix: null }, { suffix: '__sz' }] },
      config: { expr: CONFIG_OF_ROWS },
    });
    expect(atlas.facts('bpf_row_put', 'v5.19').flags).toEqual(['KF_RELEASE']);
    expect(atlas.facts('bpf_row_kptr_get', 'v5.19').flags).toEqual([
      'KF_ACQUIRE',
      'KF_RET_NULL',
      'KF_KPTR_GET',
    ]);
    expect(atlas.types('bpf_row_find', 'v5.19')).toEqual(['SCHED_CLS', 'XDP']);
    expect(atlas.release('v5.19').flags.map(({ name, bit }) => `${name} ${String(bit)}`)).toEqual([
      'KF_ACQUIRE null',
      'KF_RELEASE null',
      'KF_RET_NULL null',
      'KF_KPTR_GET null',
    ]);
  });

  test.each(['v6.0', 'v6.9'])('%s: flags in the entries', async (tag) => {
    const atlas = await kernelOf(tag);
    expect(atlas.diagnostics).toEqual([]);
    expect(atlas.names).toHaveLength(7);
    expect(atlas.facts('bpf_row_find', tag)).toMatchObject({
      roles: ['kfunc'],
      flags: ['KF_ACQUIRE', 'KF_RET_NULL'],
      sets: [{ name: 'row_ids', flags: ['KF_ACQUIRE', 'KF_RET_NULL'] }],
      config: { expr: CONFIG_OF_ROWS },
    });
    expect(atlas.facts('fast_init', tag).prototype?.kernel).toBe('void fast_init(struct sock *sk)');
    expect(atlas.release(tag).flags[0]).toMatchObject({ name: 'KF_ACQUIRE', bit: 0 });
  });
});

describe('a series across all eras', () => {
  const tags = [
    ...['v5.12', 'v5.13', 'v5.14', 'v5.15', 'v5.16', 'v5.17', 'v5.18', 'v5.19'],
    ...['v6.0', 'v6.1', 'v6.2', 'v6.3', 'v6.8', 'v6.9'],
  ];
  let atlas: Atlas;
  beforeAll(async () => {
    atlas = await kernelOf(...tags);
  });

  test('dates each kfunc by the era that it began in, not by the first flags', () => {
    expect(atlas.diagnostics).toEqual([]);
    expect(atlas.spans('cong_slow_start')).toEqual(['v5.13 (not in v5.12)']);
    expect(atlas.spans('fast_init')).toEqual(['v5.13 (not in v5.12)']);
    expect(atlas.spans('bpf_row_find')).toEqual(['v5.18 (not in v5.17)']);
    expect(atlas.spans('bpf_row_kptr_get')).toEqual(['v5.19 (not in v5.18)']);
  });

  test('tells no change where only the manner of registering changed', () => {
    expect(atlas.changes('cong_slow_start')).toEqual([
      'v5.13 added: u32 cong_slow_start(struct sock *sk, u32 acked)',
    ]);
    expect(atlas.kinds('cong_ssthresh')).toEqual(['v5.13 added']);
    expect(atlas.kinds('bpf_row_find')).toEqual(['v5.18 added']);
    expect(atlas.kinds('bpf_row_put')).toEqual(['v5.18 added']);
    expect(atlas.kinds('bpf_row_kptr_get')).toEqual(['v5.19 added']);
  });

  test('tells what did change at a border: who may call, and what it takes to build it', () => {
    expect(atlas.changes('bpf_kfunc_call_test1')).toEqual([
      'v5.13 added: u64 bpf_kfunc_call_test1(struct sock *sk, u32 a)',
      'v5.18 programTypes: BPF_PROG_TYPE_SCHED_ACT, BPF_PROG_TYPE_SCHED_CLS -> BPF_PROG_TYPE_SCHED_CLS',
    ]);
    expect(atlas.kinds('fast_init')).toEqual(['v5.13 added', 'v5.16 config']);
  });

  test('has each fact at each release as that release says it', () => {
    for (const tag of tags.slice(1)) {
      expect(atlas.types('cong_slow_start', tag)).toEqual(['STRUCT_OPS']);
      expect(atlas.facts('cong_slow_start', tag).flags).toEqual([]);
      expect(Object.keys(atlas.release(tag).definitions)).toContain('cong_slow_start');
    }
    expect(atlas.release('v5.12')).toMatchObject({ definitions: {}, entries: {}, flags: [] });
  });

  test('tells a flag as new in the release that has it first, not in the one that names it', () => {
    const events = (id: string): string[] => atlas.release(id).events.map((e) => e.id);
    expect(events('v5.19')).toContain('flag-added:KF_KPTR_GET');
    expect(events('v6.0').filter((id) => id.startsWith('flag'))).toEqual([
      'flag-added:KF_TRUSTED_ARGS',
    ]);
    expect(events('v6.9')).toEqual([]);
  });
});
