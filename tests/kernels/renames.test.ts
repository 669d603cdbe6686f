import { describe, expect, test } from 'vitest';
import { atlasOf, kernels } from './atlas.ts';
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
