import { beforeAll, describe, expect, test } from 'vitest';
import { atlasOf, kernels, type Atlas } from './atlas.ts';
import { FLAGS } from './base.ts';
import { kfuncFile, type Kfunc } from './c.ts';

const HELPERS = 'kernel/bpf/helpers.c';

/** kernel/bpf/helpers.c with these kfuncs, for XDP. */
function file(...kfuncs: Kfunc[]): Record<string, string> {
  return { [HELPERS]: kfuncFile('common', ['XDP'], kfuncs) };
}

/** A body long enough to be known again. */
const LONG = [
  'struct thing *t = thing_of(id);',
  'if (!t || t->owner != current)',
  '\treturn -EPERM;',
  'spin_lock(&t->lock);',
  't->count += n;',
  'spin_unlock(&t->lock);',
  'return t->count;',
];
const OTHER_LONG = [
  'u64 sum = 0;',
  'for_each_online_cpu(cpu)',
  '\tsum += per_cpu(hits, cpu) * scale;',
  'WRITE_ONCE(total, sum);',
  'return sum > limit ? -ERANGE : 0;',
];
const WORDS = [
  '/**',
  ' * NAME - Take part of a thing away, and count what is left of it.',
  ' * @id: the number of the thing, as bpf_thing_open() gave it',
  ' * @n: how much is taken away',
  ' *',
  ' * Return: what is left, or a negative number when the thing is not ours.',
  ' */',
];
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

describe('a rename', () => {
  test('is known by the body, though the doc is new', async () => {
    const atlas = await atlasOf(
      kernels({
        'v6.4': file(stay, { name: 'bpf_mask_any', params: 'u32 id, u32 n', body: LONG }),
        'v6.5': file(stay, {
          name: 'bpf_mask_any_distribute',
          params: 'u32 id, u32 n',
          body: LONG,
          comment: WORDS,
        }),
      }),
    );
    expect(atlas.record('bpf_mask_any').replacedBy).toEqual([
      {
        name: 'bpf_mask_any_distribute',
        release: 'v6.5',
        evidence: ['same-body', 'same-prototype'],
      },
    ]);
    expect(atlas.record('bpf_mask_any_distribute').replaces).toMatchObject([
      { name: 'bpf_mask_any' },
    ]);
    expect(atlas.changes('bpf_mask_any').slice(1)).toEqual([
      'v6.5 removed: int bpf_mask_any(u32 id, u32 n)',
      'v6.5 renamed: bpf_mask_any -> bpf_mask_any_distribute',
    ]);
    expect(atlas.record('bpf_mask_any').status).toBe('removed');
  });

  test('is known by the doc, though the body and the type of a parameter are new', async () => {
    const doc = (name: string): string[] => WORDS.map((line) => line.replace('NAME', name));
    const atlas = await atlasOf(
      kernels({
        'v6.15': file(stay, {
          name: 'cgroup_stat_take',
          params: 'struct cgroup *id, u32 n',
          body: LONG,
          comment: doc('cgroup_stat_take'),
        }),
        'v6.16': file(stay, {
          name: 'css_stat_take',
          params: 'struct css *id, u32 n',
          body: OTHER_LONG,
          comment: doc('css_stat_take'),
        }),
      }),
    );
    expect(atlas.record('cgroup_stat_take').replacedBy).toMatchObject([
      { name: 'css_stat_take', release: 'v6.16', evidence: ['similar-doc'] },
    ]);
  });

  test('is not claimed of a removal and an unrelated addition', async () => {
    const atlas = await atlasOf(
      kernels({
        'v6.1': file(stay, { name: 'bpf_thing_take', params: 'u32 id, u32 n', body: LONG }),
        'v6.2': file(stay, { name: 'bpf_count_hits', params: 'u64 scale', body: OTHER_LONG }),
      }),
    );
    expect(atlas.kinds('bpf_thing_take')).toEqual(['v6.1 added', 'v6.2 removed']);
    expect(atlas.kinds('bpf_count_hits')).toEqual(['v6.2 added']);
    expect(atlas.record('bpf_count_hits').replaces).toEqual([]);
  });

  test('is not claimed of two that are alike, nor where two could be meant', async () => {
    const short = (name: string): Kfunc => ({ name, params: 'struct t *t', body: ['return 0;'] });
    const alike = (name: string): Kfunc => ({ name, params: 'u32 id, u32 n', body: LONG });
    const atlas = await atlasOf(
      kernels({
        'v6.1': file(stay, short('bpf_skb_first'), alike('bpf_take_one')),
        'v6.2': file(stay, short('bpf_mem_second'), alike('bpf_one_taken'), alike('bpf_one_got')),
      }),
    );
    for (const name of ['bpf_skb_first', 'bpf_take_one']) {
      expect(atlas.kinds(name)).toEqual(['v6.1 added', 'v6.2 removed']);
    }
    expect(atlas.diagnostics).toEqual([
      'info: bpf_take_one may have become bpf_one_got or bpf_one_taken: no rename is told. [v6.2]',
    ]);
  });

  test('that leaves the old name as a deprecated wrapper is told when it happens, and its end later', async () => {
    const wrapper: Kfunc = {
      name: 'scx_dispatch',
      params: 'u32 id, u32 n',
      comment: ['/* for backward compatibility, will be removed in v6.15 */'],
      body: [
        'printk_deferred_once(KERN_WARNING "scx_dispatch() renamed to scx_insert()");',
        'scx_insert(id, n);',
      ],
      returns: 'void',
    };
    const now: Kfunc = { name: 'scx_insert', params: 'u32 id, u32 n', body: LONG, returns: 'void' };
    const atlas = await atlasOf(
      kernels({
        'v6.12': file(stay, { ...now, name: 'scx_dispatch' }),
        'v6.13': file(stay, now, wrapper),
        'v6.14': file(stay, now, wrapper),
        'v6.15': file(stay, now),
      }),
    );
    expect(atlas.record('scx_dispatch').replacedBy).toMatchObject([
      { name: 'scx_insert', release: 'v6.13' },
    ]);
    expect(atlas.kinds('scx_dispatch')).toEqual([
      'v6.12 added',
      'v6.13 renamed',
      'v6.13 doc',
      'v6.13 deprecated',
      'v6.15 removed',
    ]);
    expect(atlas.kinds('scx_insert')).toEqual(['v6.13 added', 'v6.13 renamed']);
    expect(atlas.facts('scx_dispatch', 'v6.14').deprecation).toMatchObject([
      { kind: 'comment', promised: 'v6.15' },
      { kind: 'warning', instead: 'scx_insert' },
      { kind: 'wrapper', instead: 'scx_insert' },
    ]);
  });

  test('from _impl to an implicit argument is told with the pair of names', async () => {
    const known = { flags: [...FLAGS, 'KF_IMPLICIT_ARGS'], implicitArgs: ['bpf_prog_aux'] };
    const atlas = await atlasOf(
      kernels({
        'v6.19': file(stay, {
          name: 'bpf_wq_set_impl',
          params: 'struct wq *wq, u32 n, void *aux__ign',
          body: LONG,
        }),
        'v7.0': {
          files: file(stay, {
            name: 'bpf_wq_set',
            params: 'struct wq *wq, u32 n, struct bpf_prog_aux *aux',
            body: LONG,
            flags: 'KF_IMPLICIT_ARGS',
          }),
          known,
        },
      }),
    );
    expect(atlas.record('bpf_wq_set_impl').replacedBy).toEqual([
      {
        name: 'bpf_wq_set',
        release: 'v7.0',
        evidence: ['same-body', 'same-prototype', 'name-pair'],
      },
    ]);
    expect(atlas.facts('bpf_wq_set', 'v7.0').prototype?.bpf).toBe(
      'int bpf_wq_set(struct wq *wq, u32 n)',
    );
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
