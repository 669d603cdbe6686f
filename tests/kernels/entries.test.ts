import { expect, test } from 'vitest';
import { atlasOf, kernels } from './atlas.ts';
import { HOOKS } from './base.ts';
import { definition, entry, idSet, INCLUDES, registration, source } from './c.ts';

const HELPERS = 'kernel/bpf/helpers.c';

/** kernel/bpf/helpers.c with these definitions, and these lines as its set, registered for XDP. */
function helpers(names: string[], lines: string[]): string {
  return source(
    ...INCLUDES,
    ...names.flatMap((name) => definition({ name })),
    ...idSet('common_ids', lines),
    ...registration('common', ['XDP']),
  );
}

test('an entry on two lines, one with a semicolon, flags written as 0 and in parentheses', async () => {
  const names = ['bpf_broken', 'bpf_ended', 'bpf_zero', 'bpf_wrapped', 'bpf_plain'];
  const text = helpers(names, [
    'BTF_ID_FLAGS(func, bpf_broken,',
    '\t     KF_ACQUIRE |',
    '\t     KF_RET_NULL)',
    'BTF_ID_FLAGS(func, bpf_ended, KF_RCU);',
    'BTF_ID_FLAGS(func, bpf_zero, 0)',
    'BTF_ID_FLAGS(func, bpf_wrapped, (KF_SLEEPABLE))',
    'BTF_ID_FLAGS(func, bpf_plain)',
  ]);
  const atlas = await atlasOf(kernels({ 'v6.12': { [HELPERS]: text } }));
  expect(atlas.diagnostics).toEqual([]);
  expect(names.map((name) => atlas.facts(name, 'v6.12').flags)).toEqual([
    ['KF_ACQUIRE', 'KF_RET_NULL'],
    ['KF_RCU'],
    [],
    ['KF_SLEEPABLE'],
    [],
  ]);
  const lineOf = (words: string): number => text.slice(0, text.indexOf(words)).split('\n').length;
  expect(atlas.release('v6.12').entries.bpf_ended).toEqual([
    { set: 'common_ids', file: HELPERS, line: lineOf('BTF_ID_FLAGS(func, bpf_ended') },
  ]);
  expect(atlas.release('v6.12').definitions.bpf_zero).toEqual([
    { file: HELPERS, line: lineOf('__bpf_kfunc int bpf_zero') },
  ]);
});

test('an entry under conditions takes them along with those of the build', async () => {
  const text = helpers(
    ['bpf_a', 'bpf_b', 'bpf_c'],
    [
      '#if defined(CONFIG_MMU) && IS_ENABLED(CONFIG_NET)',
      'BTF_ID_FLAGS(func, bpf_a)',
      '#else',
      'BTF_ID_FLAGS(func, bpf_b)',
      '#endif',
      '#if 0',
      'BTF_ID_FLAGS(func, bpf_c)',
      '#endif',
    ],
  );
  const atlas = await atlasOf(kernels({ 'v6.12': { [HELPERS]: text } }));
  expect(atlas.names).toEqual(['bpf_a', 'bpf_b']);
  expect(atlas.facts('bpf_a', 'v6.12').config.expr).toBe(
    'CONFIG_BPF_SYSCALL && CONFIG_MMU && CONFIG_NET',
  );
  expect(atlas.facts('bpf_b', 'v6.12').config.expr).toBe(
    'CONFIG_BPF_SYSCALL && (!CONFIG_MMU || !CONFIG_NET)',
  );
});

/** A header of field readers, as an X-macro of `arity` arguments, and the file that makes a set of it. */
function xMacro(arity: number): Record<string, string> {
  const parameters = ['name', 'number', 'extra', 'spare'].slice(0, arity).join(', ');
  const line = (name: string): string =>
    `\tFIELD_READER(${[name, '0', 'more', 'less'].slice(0, arity).join(', ')}) \\`;
  return {
    'include/net/field.h': source(
      '#ifndef _NET_FIELD_H',
      '#define _NET_FIELD_H',
      '/* Each reader, to be made something of */',
      '#define FIELD_READER_xxx \\',
      line('bpf_read_stamp'),
      line('bpf_read_hash'),
      '',
      'enum {',
      `#define FIELD_READER(${parameters}) name##_id,`,
      'FIELD_READER_xxx',
      '#undef FIELD_READER',
      '};',
      '#endif',
    ),
    'net/core/filter.c': source(
      ...INCLUDES,
      '#include <net/field.h>',
      ...definition({ name: 'bpf_read_stamp', params: 'const struct frame *f, u64 *stamp' }),
      ...definition({ name: 'bpf_read_hash', params: 'const struct frame *f, u32 *hash' }),
      'BTF_KFUNCS_START(field_ids)',
      `#define FIELD_READER(${parameters}) BTF_ID_FLAGS(func, name, KF_TRUSTED_ARGS)`,
      'FIELD_READER_xxx',
      '#undef FIELD_READER',
      'BTF_KFUNCS_END(field_ids)',
      ...registration('field', ['XDP']),
    ),
  };
}

test('an X-macro whose body is in a header, and that takes more arguments in the next release', async () => {
  const atlas = await atlasOf(kernels({ 'v6.6': xMacro(2), 'v6.7': xMacro(4) }));
  expect(atlas.diagnostics).toEqual([]);
  expect(atlas.names).toEqual(['bpf_read_hash', 'bpf_read_stamp']);
  expect(atlas.changes('bpf_read_stamp')).toEqual([
    'v6.6 added: int bpf_read_stamp(const struct frame *f, u64 *stamp)',
  ]);
  expect(atlas.facts('bpf_read_stamp', 'v6.7')).toMatchObject({
    flags: ['KF_TRUSTED_ARGS'],
    sets: [{ name: 'field_ids', file: 'net/core/filter.c' }],
  });
});

test('a header that changes alone changes what a set holds', async () => {
  const before = xMacro(2);
  const after = {
    ...before,
    'include/net/field.h': before['include/net/field.h']!.replace(/.*bpf_read_hash.*\n/, ''),
  };
  const atlas = await atlasOf(kernels({ 'v6.6': before, 'v6.7': after }));
  expect(atlas.spans('bpf_read_stamp')).toEqual(['v6.6']);
  expect(atlas.spans('bpf_read_hash')).toEqual(['v6.6 to v6.6 (gone in v6.7)']);
});

test('several sets with different flags: those of the common hook count, else of the first', async () => {
  const other = (set: string, type: string, flags?: string): string =>
    source(
      ...INCLUDES,
      ...idSet(
        `${set}_ids`,
        ['bpf_a', 'bpf_b'].map((name) => entry({ name, ...(flags && { flags }) })),
      ),
      ...registration(set, [type]),
    );
  const files = {
    'drivers/hid/a.c': other('first', 'SYSCALL', 'KF_SLEEPABLE'),
    [HELPERS]: source(
      ...INCLUDES,
      ...definition({ name: 'bpf_a' }),
      ...definition({ name: 'bpf_b' }),
      ...idSet('second_ids', [entry({ name: 'bpf_a', flags: 'KF_RCU' })]),
      ...registration('second', ['UNSPEC']),
    ),
    'net/core/z.c': other('last', 'TRACING'),
  };
  const atlas = await atlasOf(kernels({ 'v6.12': files }));
  expect(atlas.facts('bpf_a', 'v6.12')).toMatchObject({
    flags: ['KF_RCU'],
    programTypes: ['*'],
    sets: [
      { name: 'first_ids', flags: ['KF_SLEEPABLE'] },
      { name: 'second_ids', flags: ['KF_RCU'] },
      { name: 'last_ids', flags: [] },
    ],
  });
  expect(atlas.facts('bpf_b', 'v6.12').flags).toEqual(['KF_SLEEPABLE']);
  expect(atlas.types('bpf_b', 'v6.12')).toEqual(['LSM', 'SYSCALL', 'TRACING']);
});

test('a filter is told with the place where it stands', async () => {
  const text = source(
    ...INCLUDES,
    ...definition({ name: 'bpf_a' }),
    ...idSet('ids_ids', [entry({ name: 'bpf_a' })]),
    'static int only_lsm(const struct bpf_prog *prog, u32 kfunc_id)',
    '{',
    '\treturn prog->type == BPF_PROG_TYPE_LSM ? 0 : -EACCES;',
    '}',
    ...registration('ids', ['LSM'], ['.filter = only_lsm']),
  );
  const atlas = await atlasOf(kernels({ 'v6.12': { [HELPERS]: text } }));
  expect(atlas.facts('bpf_a', 'v6.12').sets[0]?.registrations).toEqual([
    { programType: 'BPF_PROG_TYPE_LSM', filter: 'only_lsm', condition: null },
  ]);
  expect(atlas.types('bpf_a', 'v6.12')).toEqual(['LSM', 'TRACING']);
  expect(atlas.release('v6.12').filters).toEqual({
    only_lsm: {
      file: HELPERS,
      line: text.split('\n').findIndex((l) => l.includes('only_lsm(')) + 1,
    },
  });
});

test('a registration that hangs on a condition in C, or is made in an init of struct_ops', async () => {
  const text = source(
    ...INCLUDES,
    ...definition({ name: 'bpf_a' }),
    ...idSet('ids_ids', [entry({ name: 'bpf_a' })]),
    'static const struct btf_kfunc_id_set ids = {',
    '\t.set = &ids_ids,',
    '};',
    '',
    'static int thing_init(struct btf *btf)',
    '{',
    '\tint ret;',
    '',
    '\tret = register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP,',
    '\t\t\t\t\t&ids);',
    '\tif (ret || !IS_ENABLED(CONFIG_THING))',
    '\t\treturn ret;',
    '\treturn register_btf_kfunc_id_set(BPF_PROG_TYPE_STRUCT_OPS, &ids);',
    '}',
    '',
    'static struct bpf_struct_ops bpf_thing_ops = {',
    '\t.init = thing_init,',
    '};',
  );
  const atlas = await atlasOf(kernels({ 'v6.12': { [HELPERS]: text } }));
  expect(atlas.facts('bpf_a', 'v6.12').sets[0]?.registrations).toEqual([
    { programType: 'BPF_PROG_TYPE_XDP', filter: null, condition: null },
    { programType: 'BPF_PROG_TYPE_STRUCT_OPS', filter: null, condition: 'CONFIG_THING' },
  ]);
});

test('a hook that more types share lets more programs call, as one event of the release', async () => {
  const text = source(
    ...INCLUDES,
    ...definition({ name: 'bpf_a' }),
    ...definition({ name: 'bpf_b' }),
    ...idSet('ids_ids', [entry({ name: 'bpf_a' })]),
    ...registration('ids', ['TRACING']),
    ...idSet('net_ids', [entry({ name: 'bpf_b' })]),
    ...registration('net', ['XDP']),
  );
  const files = { [HELPERS]: text };
  const wider = { ...HOOKS, TRACING: [...HOOKS.TRACING, 'PERF_EVENT'] };
  const atlas = await atlasOf(
    kernels({ 'v6.11': files, 'v6.12': { files, known: { hooks: wider } } }),
  );
  expect(atlas.types('bpf_a', 'v6.11')).toEqual(['LSM', 'TRACING']);
  expect(atlas.types('bpf_a', 'v6.12')).toEqual(['LSM', 'PERF_EVENT', 'TRACING']);
  expect(atlas.changes('bpf_a').slice(1)).toEqual([
    'v6.12 programTypes: BPF_PROG_TYPE_LSM, BPF_PROG_TYPE_TRACING -> BPF_PROG_TYPE_LSM, BPF_PROG_TYPE_PERF_EVENT, BPF_PROG_TYPE_TRACING [hook-changed:BTF_KFUNC_HOOK_TRACING]',
  ]);
  expect(atlas.kinds('bpf_b')).toEqual(['v6.11 added']);
  expect(atlas.release('v6.12').events).toMatchObject([
    { id: 'hook-changed:BTF_KFUNC_HOOK_TRACING', changed: ['bpf_a'], stricter: [] },
  ]);
});

test('attach points, destructors and test modules are told by their roles', async () => {
  const files = {
    [HELPERS]: source(
      ...INCLUDES,
      ...['bpf_hook', 'bpf_hook_tp', 'bpf_a'].flatMap((name) => definition({ name })),
      ...definition({ name: 'bpf_a_dtor', returns: 'void', params: 'void *p', body: ['put(p);'] }),
      ...idSet(
        'hook_ids',
        ['bpf_hook', 'bpf_hook_tp'].map((name) => entry({ name })),
      ),
      ...idSet(
        'ids_ids',
        ['bpf_a', 'bpf_hook_tp'].map((name) => entry({ name })),
      ),
      ...idSet('only_for_a_filter', [entry({ name: 'bpf_a' })]),
      'BTF_ID_LIST(dtor_ids)',
      'BTF_ID(struct, a)',
      'BTF_ID(func, bpf_a_dtor)',
      'static const struct btf_kfunc_id_set hooks = {',
      '\t.set = &hook_ids,',
      '};',
      'static int __init attach(void)',
      '{',
      '\tconst struct btf_id_dtor_kfunc dtors[] = {',
      '\t\t{ .btf_id = dtor_ids[0], .kfunc_btf_id = dtor_ids[1] },',
      '\t};',
      '\tregister_btf_id_dtor_kfuncs(dtors, ARRAY_SIZE(dtors), THIS_MODULE);',
      '\treturn register_btf_fmodret_id_set(&hooks);',
      '}',
      ...registration('ids', ['XDP']),
    ),
    'tools/testing/selftests/bpf/testmod/testmod.c': source(
      ...INCLUDES,
      ...definition({ name: 'bpf_testmod_thing' }),
      ...idSet('ids_ids', [entry({ name: 'bpf_testmod_thing' })]),
      ...registration('ids', ['TRACING']),
    ),
    'tools/testing/selftests/bpf/prog_tests/ids.c': source(
      '/* Invented names, in user space. */',
      ...idSet('test_set', ['BTF_ID_FLAGS(func, no_such_function)']),
    ),
    'include/linux/btf_ids.h': source(
      '/*',
      ' * BTF_ID_FLAGS(func, only_in_a_comment)',
      ' */',
      '#define BTF_KFUNCS_START(name) static struct btf_id_set8 name;',
    ),
  };
  const atlas = await atlasOf(kernels({ 'v6.12': files }));
  expect(atlas.report.diagnostics.filter((d) => d.severity !== 'info')).toEqual([]);
  expect(atlas.names.map((name) => [name, ...atlas.facts(name, 'v6.12').roles])).toEqual([
    ['bpf_a', 'kfunc'],
    ['bpf_a_dtor', 'destructor'],
    ['bpf_hook', 'attach-point'],
    ['bpf_hook_tp', 'kfunc', 'attach-point'],
    ['bpf_testmod_thing', 'test'],
  ]);
  expect(atlas.types('bpf_hook', 'v6.12')).toEqual([]);
  expect(atlas.types('bpf_hook_tp', 'v6.12')).toEqual(['XDP']);
});
