import { beforeAll, describe, expect, test } from 'vitest';
import { atlasOf, kernels, type Atlas } from './atlas.ts';
import { FLAGS } from './base.ts';
import { kfuncFile, type Kfunc } from './c.ts';

const HELPERS = 'kernel/bpf/helpers.c';

/** kernel/bpf/helpers.c with these kfuncs, for XDP. */
function file(...kfuncs: Kfunc[]): Record<string, string> {
  return { [HELPERS]: kfuncFile('common', ['XDP'], kfuncs) };
}

const stay: Kfunc = { name: 'bpf_stay' };

describe('a file that moved', () => {
  test('is no removal, and the new place is told', async () => {
    const text = kfuncFile('sched', ['STRUCT_OPS'], [{ name: 'scx_a' }, { name: 'scx_b' }]);
    const atlas = await atlasOf(
      kernels({
        'v7.1': {
          'kernel/sched/ext.c': text,
          'kernel/sched/Makefile': 'obj-y += ext.o\n',
          'kernel/Makefile': 'obj-y += sched/\n',
        },
        'v7.2': {
          'kernel/sched/ext/ext.c': text,
          'kernel/sched/Makefile': 'obj-y += ext/ext.o\n',
          'kernel/Makefile': 'obj-y += sched/\n',
        },
      }),
    );
    expect(atlas.spans('scx_a')).toEqual(['v7.1']);
    expect(atlas.changes('scx_a').slice(1)).toEqual([
      'v7.2 moved: kernel/sched/ext.c -> kernel/sched/ext/ext.c',
    ]);
  });

  test('and a set under another name is no change at all', async () => {
    const atlas = await atlasOf(
      kernels({
        'v6.1': { [HELPERS]: kfuncFile('old', ['XDP'], [stay], 'SET8') },
        'v6.2': { [HELPERS]: kfuncFile('new', ['XDP'], [stay]) },
      }),
    );
    expect(atlas.kinds('bpf_stay')).toEqual(['v6.1 added']);
  });
});

describe('a name', () => {
  test('that leaves and comes back as something else has two spans', async () => {
    const atlas = await atlasOf(
      kernels({
        'v6.16': file(stay),
        'v6.17': file(stay, { name: 'bpf_print', params: 'int id, const char *fmt' }),
        'v6.18': file(stay),
        'v6.19': file(stay),
        'v7.0': file(stay, { name: 'bpf_print', params: 'int id, u32 len' }),
      }),
    );
    expect(atlas.spans('bpf_print')).toEqual([
      'v6.17 (not in v6.16) to v6.17 (gone in v6.18)',
      'v7.0 (not in v6.19)',
    ]);
    expect(atlas.changes('bpf_print')).toEqual([
      'v6.17 added: int bpf_print(int id, const char *fmt)',
      'v6.18 removed: int bpf_print(int id, const char *fmt)',
      'v7.0 returned: int bpf_print(int id, u32 len)',
      'v7.0 prototype: int bpf_print(int id, const char *fmt) -> int bpf_print(int id, u32 len)',
    ]);
    expect(atlas.record('bpf_print').status).toBe('active');
  });

  test('that is gone keeps its record, with where it belonged last', async () => {
    const atlas = await atlasOf(
      kernels({ 'v6.1': file(stay, { name: 'bpf_gone' }), 'v6.2': file(stay) }),
    );
    expect(atlas.record('bpf_gone')).toMatchObject({
      status: 'removed',
      subsystem: 'BPF [CORE]',
      replacedBy: [],
      lines: [{ states: [{ from: 'v6.1', to: 'v6.1' }] }],
    });
    expect(Object.keys(atlas.release('v6.2').definitions)).toEqual(['bpf_stay']);
  });
});

describe('deprecation', () => {
  const promising = (version: string): Kfunc => ({
    name: 'scx_old',
    comment: ['/*', ` * COMPAT: Will be removed in ${version}. Use scx_new() instead.`, ' */'],
  });
  const old: Kfunc = { name: 'scx_old' };
  const now: Kfunc = { name: 'scx_new', params: 'u64 a, u64 b' };

  test('quotes a promise that slipped, and what happened: it is still there', async () => {
    const atlas = await atlasOf(
      kernels({
        'v6.18': file(stay, old, now),
        'v6.19': file(stay, promising('v6.22'), now),
        'v7.0': file(stay, promising('v6.22'), now),
        'v7.1': file(stay, promising('v6.23'), now),
        'v7.2': file(stay, promising('v6.23'), now),
        'v7.3': file(stay, promising('v6.23'), now),
      }),
    );
    expect(atlas.record('scx_old').status).toBe('deprecated');
    expect(atlas.spans('scx_old')).toEqual(['v6.18']);
    expect(atlas.changes('scx_old').filter((text) => text.includes('deprecated'))).toEqual([
      'v6.19 deprecated: comment, removal promised for v7.2, use scx_new',
      'v7.1 deprecated: comment, removal promised for v7.2, use scx_new -> comment, removal promised for v7.3, use scx_new',
    ]);
    expect(atlas.facts('scx_old', 'v7.3').deprecation).toMatchObject([
      { kind: 'comment', promised: 'v7.3', instead: 'scx_new', file: HELPERS },
    ]);
    const { hash } = atlas.facts('scx_old', 'v7.3').deprecation[0]!;
    expect(atlas.dataset.prose?.get(hash!)).toContain('Will be removed in v6.23.');
    expect(atlas.release('v7.3').deprecations).toMatchObject({ scx_old: [{ file: HELPERS }] });
  });

  test('by the flag counts, though no tree has it yet', async () => {
    const known = { flags: [...FLAGS, 'KF_DEPRECATED'] };
    const atlas = await atlasOf(
      kernels({
        'v7.2': { files: file(stay, old), known },
        'v7.3': { files: file(stay, { ...old, flags: 'KF_DEPRECATED' }), known },
      }),
    );
    expect(atlas.record('scx_old').status).toBe('deprecated');
    expect(atlas.kinds('scx_old')).toEqual(['v7.2 added', 'v7.3 flags', 'v7.3 deprecated']);
  });
});

describe('the end of KF_TRUSTED_ARGS', () => {
  const kfuncs: Kfunc[] = [
    { name: 'bpf_trusted', flags: 'KF_TRUSTED_ARGS' },
    { name: 'bpf_trusted_null', flags: 'KF_RET_NULL | KF_TRUSTED_ARGS' },
    { name: 'bpf_rcu', flags: 'KF_RCU' },
    { name: 'bpf_release', flags: 'KF_RELEASE' },
    { name: 'bpf_neither', flags: 'KF_SLEEPABLE' },
    { name: 'bpf_none' },
  ];
  const after = kfuncs.map(({ flags, ...kfunc }): Kfunc => {
    const left = flags?.split(' | ').filter((flag) => flag !== 'KF_TRUSTED_ARGS') ?? [];
    return left.length === 0 ? kfunc : { ...kfunc, flags: left.join(' | ') };
  });
  let atlas: Atlas;
  beforeAll(async () => {
    const now = after.map((kfunc) =>
      kfunc.name === 'bpf_trusted_null' ? { ...kfunc, flags: 'KF_RET_NULL | KF_RCU' } : kfunc,
    );
    const known = { flags: FLAGS.filter((flag) => flag !== 'KF_TRUSTED_ARGS') };
    atlas = await atlasOf(
      kernels({
        'v6.19': file(...kfuncs),
        'v7.0': { files: file(...now, { name: 'bpf_new' }), known },
      }),
    );
  });

  test('is one event, with those it touched and those that became stricter in silence', () => {
    expect(atlas.release('v7.0').events).toEqual([
      {
        id: 'trusted-by-default',
        kind: 'trusted-by-default',
        subject: 'KF_TRUSTED_ARGS',
        was: ['KF_TRUSTED_ARGS'],
        now: [],
        changed: ['bpf_trusted', 'bpf_trusted_null'],
        stricter: ['bpf_neither', 'bpf_none'],
      },
    ]);
  });

  test('is not told again as a change of flags of its own, unless there was more to it', () => {
    const changes = (name: string): string[] => atlas.changes(name).slice(1);
    expect(changes('bpf_trusted')).toEqual(['v7.0 flags: KF_TRUSTED_ARGS [trusted-by-default]']);
    expect(changes('bpf_trusted_null')).toEqual([
      'v7.0 flags: KF_RET_NULL, KF_TRUSTED_ARGS -> KF_RET_NULL, KF_RCU',
    ]);
    for (const name of ['bpf_rcu', 'bpf_release', 'bpf_neither', 'bpf_none']) {
      expect(changes(name)).toEqual([]);
    }
  });
});
