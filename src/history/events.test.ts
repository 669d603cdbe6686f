import { describe, expect, test } from 'vitest';
import type { ReleaseFile } from '../data/schema/index.ts';
import type { KfuncReading } from '../kfunc/types.ts';
import { foldHistory } from './fold.ts';
import { kfunc, release, type InventedRelease } from './testing.ts';

function fold(was: [KfuncReading[], InventedRelease?], now: [KfuncReading[], InventedRelease?]) {
  const history = foldHistory([release('v6.19', ...was), release('v7.0', ...now)]);
  return {
    events: history.releaseFiles[1]!.events,
    changes: (name: string) =>
      history.kfuncs
        .find((k) => k.name === name)!
        .lines[0]!.changes.filter((c) => c.release === 'v7.0')
        .map(({ kind, event }) => ({ kind, event })),
  };
}

describe('flags', () => {
  const trusted = ['KF_ACQUIRE', 'KF_RELEASE', 'KF_TRUSTED_ARGS', 'KF_RCU'];
  const without = ['KF_ACQUIRE', 'KF_RELEASE', 'KF_RCU'];
  const before = [
    kfunc('cup_had', { flags: ['KF_ACQUIRE', 'KF_TRUSTED_ARGS'] }),
    kfunc('cup_had_more', { flags: ['KF_TRUSTED_ARGS'] }),
    kfunc('cup_plain', { flags: ['KF_ACQUIRE'] }),
    kfunc('cup_release', { flags: ['KF_RELEASE'] }),
    kfunc('cup_rcu', { flags: ['KF_RCU'] }),
    kfunc('cup_leaves'),
    kfunc('cup_event', { roles: ['attach-point'] }),
  ];
  const after = [
    kfunc('cup_had', { flags: ['KF_ACQUIRE'] }),
    kfunc('cup_had_more', { flags: ['KF_RCU'] }),
    kfunc('cup_plain', { flags: ['KF_ACQUIRE'] }),
    kfunc('cup_release', { flags: ['KF_RELEASE'] }),
    kfunc('cup_rcu', { flags: ['KF_RCU'] }),
    kfunc('cup_event', { roles: ['attach-point'] }),
    kfunc('cup_comes'),
  ];
  const told = fold([before, { flags: trusted }], [after, { flags: without }]);

  test('tells the end of KF_TRUSTED_ARGS as one event, with those that became stricter', () => {
    expect(told.events).toEqual([
      {
        id: 'trusted-by-default',
        kind: 'trusted-by-default',
        subject: 'KF_TRUSTED_ARGS',
        was: ['KF_TRUSTED_ARGS'],
        now: [],
        changed: ['cup_had', 'cup_had_more'],
        stricter: ['cup_plain'],
      },
    ]);
  });

  test('marks the changes of flags that are nothing but the event', () => {
    expect(told.changes('cup_had')).toEqual([{ kind: 'flags', event: 'trusted-by-default' }]);
    expect(told.changes('cup_had_more')).toEqual([{ kind: 'flags', event: null }]);
  });

  test('says nothing while the flag is defined, whoever drops it', () => {
    const { events, changes } = fold([before, { flags: trusted }], [after, { flags: trusted }]);
    expect(events).toEqual([]);
    expect(changes('cup_had')).toEqual([{ kind: 'flags', event: null }]);
  });

  test('tells the end of any other flag, which makes nobody stricter', () => {
    const had = [kfunc('cup_had', { flags: ['KF_KPTR_GET'] }), kfunc('cup_plain')];
    const has = [kfunc('cup_had'), kfunc('cup_plain')];
    const { events, changes } = fold([had, { flags: ['KF_KPTR_GET'] }], [has, { flags: [] }]);
    expect(events).toMatchObject([
      { id: 'flag-removed:KF_KPTR_GET', changed: ['cup_had'], stricter: [] },
    ]);
    expect(changes('cup_had')).toEqual([{ kind: 'flags', event: 'flag-removed:KF_KPTR_GET' }]);
  });

  test('tells a new flag and who gained it, but leaves their changes their own', () => {
    const { events, changes } = fold(
      [[kfunc('cup_fast')], { flags: [] }],
      [[kfunc('cup_fast', { flags: ['KF_FASTCALL'] })], { flags: ['KF_FASTCALL'] }],
    );
    expect(events).toMatchObject([{ id: 'flag-added:KF_FASTCALL', changed: ['cup_fast'] }]);
    expect(changes('cup_fast')).toEqual([{ kind: 'flags', event: null }]);
  });

  test('does not take a flag that gets a name for a new one', () => {
    // 5.19 knew it as membership of a set, and defined it nowhere.
    const list = [kfunc('cup_get', { flags: ['KF_ACQUIRE'] })];
    expect(fold([list, { flags: [] }], [list, { flags: ['KF_ACQUIRE'] }]).events).toEqual([]);
  });

  test('tells no event in the first release scanned', () => {
    const history = foldHistory([release('v6.1', [], { flags: ['KF_ACQUIRE'] })]);
    expect(history.releaseFiles[0]!.events).toEqual([]);
  });
});

describe('suffixes', () => {
  test('tells a suffix that ends, with those that dropped it from a name', () => {
    const { events } = fold(
      [
        [kfunc('cup_read', { params: 'void *mem__opt', suffixes: { mem__opt: '__opt' } })],
        { suffixes: ['__opt', '__sz'] },
      ],
      [[kfunc('cup_read', { params: 'void *mem' })], { suffixes: ['__sz'] }],
    );
    expect(events).toMatchObject([
      { id: 'suffix-removed:__opt', was: ['__opt'], now: [], changed: ['cup_read'], stricter: [] },
    ]);
  });

  test('tells whose parameter changes its meaning while its name stays', () => {
    const params = 'void *mem__nullable';
    const { events } = fold(
      [[kfunc('cup_read', { params })], {}],
      [
        [kfunc('cup_read', { params, suffixes: { mem__nullable: '__nullable' } })],
        { suffixes: ['__nullable'] },
      ],
    );
    expect(events).toMatchObject([
      { id: 'suffix-added:__nullable', changed: [], stricter: ['cup_read'] },
    ]);
  });
});

describe('hooks', () => {
  const hook = (name: string, ...types: string[]): ReleaseFile['hooks'][number] => ({
    hook: `BTF_KFUNC_HOOK_${name}`,
    programTypes: types.map((type) => `BPF_PROG_TYPE_${type}`),
  });
  const cup = (types: string[], extra: string[] = []) =>
    kfunc('cup_fill', {
      types: types.map((t) => `BPF_PROG_TYPE_${t}`),
      programTypes: [...types, ...extra].map((t) => `BPF_PROG_TYPE_${t}`).sort(),
    });

  test('tells a hook with another fan-out, and marks what follows from it alone', () => {
    const { events, changes } = fold(
      [[cup(['TRACING'], ['LSM'])], { hooks: [hook('TRACING', 'TRACING', 'LSM')] }],
      [
        [cup(['TRACING'], ['LSM', 'PERF_EVENT'])],
        { hooks: [hook('TRACING', 'TRACING', 'LSM', 'PERF_EVENT')] },
      ],
    );
    const id = 'hook-changed:BTF_KFUNC_HOOK_TRACING';
    expect(events).toMatchObject([{ id, changed: ['cup_fill'] }]);
    expect(changes('cup_fill')).toEqual([{ kind: 'programTypes', event: id }]);
  });

  test('does not mark program types that somebody registered', () => {
    const { changes } = fold(
      [[cup(['TRACING'])], { hooks: [hook('TRACING', 'TRACING')] }],
      [[cup(['TRACING', 'XDP'], ['LSM'])], { hooks: [hook('TRACING', 'TRACING', 'LSM')] }],
    );
    expect(changes('cup_fill')).toEqual([{ kind: 'programTypes', event: null }]);
  });

  test('does not take a hook of another name for a change', () => {
    const { events } = fold(
      [[], { hooks: [hook('CGROUP_SKB', 'CGROUP_SKB')] }],
      [[], { hooks: [hook('CGROUP', 'CGROUP_SKB')] }],
    );
    expect(events).toEqual([]);
  });

  test('follows a hook that gets another name and more program types', () => {
    const { events } = fold(
      [[], { hooks: [hook('CGROUP_SKB', 'CGROUP_SKB')] }],
      [[], { hooks: [hook('CGROUP', 'CGROUP_SKB', 'CGROUP_SOCK')] }],
    );
    expect(events).toMatchObject([
      {
        id: 'hook-changed:BTF_KFUNC_HOOK_CGROUP',
        was: ['BPF_PROG_TYPE_CGROUP_SKB'],
        now: ['BPF_PROG_TYPE_CGROUP_SKB', 'BPF_PROG_TYPE_CGROUP_SOCK'],
      },
    ]);
  });

  test('tells a hook that comes and one that goes', () => {
    const { events } = fold(
      [[], { hooks: [hook('XDP', 'XDP'), hook('TC', 'SCHED_CLS')] }],
      [[], { hooks: [hook('XDP', 'XDP'), hook('KPROBE', 'KPROBE')] }],
    );
    expect(events.map((e) => `${e.subject} ${e.was.join()}>${e.now.join()}`)).toEqual([
      'BTF_KFUNC_HOOK_KPROBE >BPF_PROG_TYPE_KPROBE',
      'BTF_KFUNC_HOOK_TC BPF_PROG_TYPE_SCHED_CLS>',
    ]);
  });

  test('says nothing when hooks begin at all', () => {
    expect(fold([[], {}], [[], { hooks: [hook('XDP', 'XDP')] }]).events).toEqual([]);
  });
});

test('tells architectures whose JIT learns to call kfuncs, with the condition', () => {
  const { events } = fold(
    [[], { jit: [{ arch: 'x86', condition: null }] }],
    [[], { jit: [{ arch: 'powerpc', condition: 'CONFIG_PPC64' }] }],
  );
  expect(events).toMatchObject([
    { id: 'jit-added:powerpc', was: [], now: ['powerpc (CONFIG_PPC64)'] },
    { id: 'jit-removed:x86', was: ['x86'], now: [] },
  ]);
});
