import { expect, test } from 'vitest';
import { condToText } from '../c/condition.ts';
import { readMemberships } from './membership.ts';
import { factsOf } from './testing.ts';

/** Memberships as text: `name role [flags] set TYPE(filter){condition} …`. */
function membersOf(files: Record<string, string[]>): string[] {
  return readMemberships(factsOf(files)).value.map((member) => {
    const registrations = member.registrations.map(({ programType, filter, guard }) => {
      const condition = guard.op === 'true' ? '' : `{${condToText(guard)}}`;
      return ` ${programType.slice(14)}${filter ? `(${filter})` : ''}${condition}`;
    });
    return `${member.name} ${member.role} [${member.flags.join(' ')}] ${member.set}${registrations.join('')}`;
  });
}

function codesOf(files: Record<string, string[]>): string[] {
  return readMemberships(factsOf(files)).diagnostics.map((d) => d.code);
}

const set = (name: string, ...entries: string[]): string[] => [
  `BTF_KFUNCS_START(${name})`,
  ...entries.map((entry) => `BTF_ID_FLAGS(func, ${entry})`),
  `BTF_KFUNCS_END(${name})`,
];
const idSet = (name: string, ids: string, ...fields: string[]): string[] => [
  `static const struct btf_kfunc_id_set ${name} = {`,
  '\t.owner = THIS_MODULE,',
  `\t.set   = &${ids},`,
  ...fields.map((field) => `\t${field},`),
  '};',
];
const init = (...statements: string[]): string[] => [
  'static int __init thing_init(void)',
  '{',
  '\tint ret = 0;',
  ...statements.map((statement) => `\t${statement}`),
  '\treturn ret;',
  '}',
];

test('5.13: follows the callback of a bpf_verifier_ops to its program types', () => {
  const files = {
    'net/bpf/run.c': [
      'BTF_SET_START(run_ids)',
      'BTF_ID(func, bpf_call_me)',
      'BTF_SET_END(run_ids)',
      'bool bpf_run_check_kfunc_call(u32 kfunc_id)',
      '{',
      '\treturn btf_id_set_contains(&run_ids, kfunc_id);',
      '}',
    ],
    'net/core/filter.c': [
      'const struct bpf_verifier_ops tc_thing_verifier_ops = {',
      '\t.get_func_proto = tc_func_proto,',
      '\t.check_kfunc_call = bpf_run_check_kfunc_call,',
      '};',
    ],
    'include/linux/bpf_types.h': [
      '#ifdef CONFIG_NET',
      'BPF_PROG_TYPE(BPF_PROG_TYPE_SCHED_CLS, tc_thing,',
      '\t      struct __sk_buff, struct sk_buff)',
      'BPF_PROG_TYPE(BPF_PROG_TYPE_SCHED_ACT, tc_thing,',
      '\t      struct __sk_buff, struct sk_buff)',
      '#endif',
    ],
  };
  expect(membersOf(files)).toEqual([
    'bpf_call_me kfunc [] run_ids SCHED_CLS{CONFIG_NET} SCHED_ACT{CONFIG_NET}',
  ]);
});

test('5.13: a bpf_struct_ops makes it callable from its programs, and other sets do not count', () => {
  const files = {
    'net/ipv4/ca.c': [
      'BTF_SET_START(ca_ids)',
      '#if IS_BUILTIN(CONFIG_CONG)',
      'BTF_ID(func, cong_start)',
      '#endif',
      'BTF_SET_END(ca_ids)',
      'BTF_SET_START(btf_id_deny)',
      'BTF_ID(func, migrate_disable)',
      'BTF_SET_END(btf_id_deny)',
      'static bool ca_check_kfunc_call(u32 kfunc_btf_id)',
      '{',
      '\treturn btf_id_set_contains(&ca_ids, kfunc_btf_id);',
      '}',
      'static const struct bpf_verifier_ops ca_verifier_ops = {',
      '\t.check_kfunc_call = ca_check_kfunc_call,',
      '};',
      'struct bpf_struct_ops bpf_cong_ops = {',
      '\t.verifier_ops = &ca_verifier_ops,',
      '};',
    ],
  };
  expect(membersOf(files)).toEqual(['cong_start kfunc [] ca_ids STRUCT_OPS']);
});

test("5.16: a module's set is reached through the list that a callback looks through", () => {
  const files = {
    'net/ipv4/ca.c': [
      'static bool ca_check_kfunc_call(u32 kfunc_btf_id, struct module *owner)',
      '{',
      '\treturn bpf_check_mod_kfunc_call(&ca_kfunc_list, kfunc_btf_id, owner);',
      '}',
      'static const struct bpf_verifier_ops ca_verifier_ops = {',
      '\t.check_kfunc_call = ca_check_kfunc_call,',
      '};',
      'struct bpf_struct_ops bpf_cong_ops = {',
      '\t.verifier_ops = &ca_verifier_ops,',
      '};',
    ],
    'net/ipv4/fast.c': [
      'BTF_SET_START(fast_ids)',
      'BTF_ID(func, fast_init)',
      'BTF_SET_END(fast_ids)',
      'static DEFINE_KFUNC_BTF_ID_SET(&fast_ids, fast_btf_set);',
      ...init('register_kfunc_btf_id_set(&ca_kfunc_list, &fast_btf_set);'),
    ],
  };
  expect(membersOf(files)).toEqual(['fast_init kfunc [] fast_ids STRUCT_OPS']);
});

test('5.18: a flag is membership of the matching set, also by an alias', () => {
  const files = {
    'net/thing.c': [
      'BTF_SET_START(check_ids)',
      'BTF_ID(func, bpf_get)',
      'BTF_ID(func, bpf_put)',
      'BTF_SET_END(check_ids)',
      'BTF_SET_START(get_ids)',
      'BTF_ID(func, bpf_get)',
      'BTF_SET_END(get_ids)',
      'BTF_SET_START(put_ids)',
      'BTF_ID(func, bpf_put)',
      'BTF_SET_END(put_ids)',
      '#define null_ids get_ids',
      'static const struct btf_kfunc_id_set thing_set = {',
      '\t.owner        = THIS_MODULE,',
      '\t.check_set    = &check_ids,',
      '\t.acquire_set  = &get_ids,',
      '\t.release_set  = &put_ids,',
      '\t.ret_null_set = &null_ids,',
      '};',
      ...init('return register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &thing_set);'),
    ],
  };
  expect(membersOf(files)).toEqual([
    'bpf_get kfunc [KF_ACQUIRE KF_RET_NULL] check_ids XDP',
    'bpf_put kfunc [KF_RELEASE] check_ids XDP',
  ]);
});

test('one set registered for two types is one membership, with its filter', () => {
  const files = {
    'kernel/thing.c': [
      ...set('ids', 'bpf_a, KF_RCU'),
      ...idSet('thing_set', 'ids', '.filter = thing_filter'),
      ...init(
        'ret = register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &thing_set);',
        'ret = ret ?: register_btf_kfunc_id_set(BPF_PROG_TYPE_LSM,',
        '\t\t\t\t\t&thing_set);',
      ),
    ],
  };
  expect(membersOf(files)).toEqual([
    'bpf_a kfunc [KF_RCU] ids XDP(thing_filter) LSM(thing_filter)',
  ]);
});

test('names of sets and of their variables are file-local', () => {
  const file = (name: string, type: string): string[] => [
    ...set('common_ids', name),
    ...idSet('common_set', 'common_ids'),
    ...init(`return register_btf_kfunc_id_set(BPF_PROG_TYPE_${type}, &common_set);`),
  ];
  expect(
    membersOf({ 'kernel/a.c': file('bpf_a', 'XDP'), 'kernel/b.c': file('bpf_b', 'LSM') }),
  ).toEqual(['bpf_a kfunc [] common_ids XDP', 'bpf_b kfunc [] common_ids LSM']);
});

test('sees a condition in C before the call, and one around it', () => {
  const files = {
    'fs/thing.c': [
      ...set('ids', 'bpf_a'),
      ...idSet('thing_set', 'ids'),
      ...init(
        'ret = register_btf_kfunc_id_set(BPF_PROG_TYPE_LSM, &thing_set);',
        'if (ret || !IS_ENABLED(CONFIG_MISC))',
        '\treturn ret;',
        'ret = register_btf_kfunc_id_set(BPF_PROG_TYPE_STRUCT_OPS, &thing_set);',
        'if (IS_ENABLED(CONFIG_NET))',
        '\tret = register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &thing_set);',
      ),
    ],
  };
  expect(membersOf(files)).toEqual([
    'bpf_a kfunc [] ids LSM STRUCT_OPS{CONFIG_MISC} XDP{CONFIG_MISC && CONFIG_NET}',
  ]);
});

test('an attach point, a destructor and a kfunc are roles of a set; a name can have several', () => {
  const files = {
    'kernel/thing.c': [
      ...set('hook_ids', 'bpf_hook'),
      ...idSet('hook_set', 'hook_ids'),
      ...set('ids', 'bpf_thing_put, KF_RELEASE', 'bpf_hook'),
      ...idSet('thing_set', 'ids'),
      'BTF_ID_LIST(dtor_ids)',
      'BTF_ID(struct, thing)',
      'BTF_ID(func, bpf_thing_put)',
      ...init(
        'const struct btf_id_dtor_kfunc dtors[] = {',
        '\t{ .btf_id = dtor_ids[0], .kfunc_btf_id = dtor_ids[1] },',
        '};',
        'ret = register_btf_fmodret_id_set(&hook_set);',
        'ret = ret ?: register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &thing_set);',
        'ret = ret ?: register_btf_id_dtor_kfuncs(dtors, ARRAY_SIZE(dtors), THIS_MODULE);',
      ),
    ],
  };
  expect(membersOf(files)).toEqual([
    'bpf_hook attach-point [] hook_ids',
    'bpf_thing_put kfunc [KF_RELEASE] ids XDP',
    'bpf_hook kfunc [] ids XDP',
    'bpf_thing_put destructor [] dtor_ids',
  ]);
});

test('destructors whose places a variable counts are all the functions of the list', () => {
  const files = {
    'kernel/thing.c': [
      'BTF_ID_LIST(dtor_ids)',
      'BTF_ID(struct, thing)',
      'BTF_ID(func, bpf_thing_put)',
      '#ifdef CONFIG_BOXES',
      'BTF_ID(struct, box)',
      'BTF_ID(func, bpf_box_put)',
      '#endif',
      ...init(
        'int idx = 0;',
        'const struct btf_id_dtor_kfunc dtors[] = {',
        '\t{ .btf_id = dtor_ids[idx++], .kfunc_btf_id = dtor_ids[idx++] },',
        '#ifdef CONFIG_BOXES',
        '\t{ .btf_id = dtor_ids[idx++], .kfunc_btf_id = dtor_ids[idx++] },',
        '#endif',
        '};',
        'return register_btf_id_dtor_kfuncs(dtors, ARRAY_SIZE(dtors), THIS_MODULE);',
      ),
    ],
  };
  expect(membersOf(files)).toEqual([
    'bpf_thing_put destructor [] dtor_ids',
    'bpf_box_put destructor [] dtor_ids',
  ]);
});

test('an array of structs is all its sets', () => {
  const files = {
    'kernel/thing.c': [
      ...set('a_ids', 'bpf_a'),
      ...set('b_ids', 'bpf_b'),
      'static const struct btf_kfunc_id_set sets[] = {',
      '\t{ .owner = THIS_MODULE, .set = &a_ids },',
      '\t[1] = { .owner = THIS_MODULE, .set = &b_ids, .filter = allow },',
      '};',
      ...init(
        'for (i = 0; i < ARRAY_SIZE(sets); i++)',
        '\tret = ret ?: register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &sets[i]);',
      ),
    ],
  };
  expect(membersOf(files)).toEqual(['bpf_a kfunc [] a_ids XDP', 'bpf_b kfunc [] b_ids XDP(allow)']);
});

test('a set that nothing registers does not count, and is reported when its members are in no other', () => {
  const files = {
    'kernel/thing.c': [
      ...set('ids', 'bpf_a'),
      ...idSet('thing_set', 'ids'),
      ...set('only_for_a_filter', 'bpf_a'),
      ...set('forgotten', 'bpf_b'),
      ...init('return register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &thing_set);'),
    ],
    'tools/testing/selftests/bpf/prog_tests/ids.c': set('invented', 'nothing_at_all'),
  };
  expect(membersOf(files)).toEqual(['bpf_a kfunc [] ids XDP']);
  expect(codesOf(files)).toEqual(['unregistered-set']);
});

test('kfuncs of test modules and the ones that only the selftests call have the role test', () => {
  const module = (name: string): string[] => [
    ...set('ids', name),
    ...idSet('test_set', 'ids'),
    ...init('return register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &test_set);'),
  ];
  expect(
    membersOf({
      'net/bpf/run.c': module('bpf_kfunc_call_test1'),
      'tools/testing/selftests/bpf/mod/mod.c': module('bpf_mod_thing'),
    }),
  ).toEqual(['bpf_kfunc_call_test1 test [] ids XDP', 'bpf_mod_thing test [] ids XDP']);
});

test('an entry under #if 0 is no entry', () => {
  const files = {
    'kernel/thing.c': [
      'BTF_KFUNCS_START(ids)',
      '#if 0',
      'BTF_ID_FLAGS(func, bpf_not_yet)',
      '#endif',
      'BTF_ID_FLAGS(func, bpf_a)',
      'BTF_KFUNCS_END(ids)',
      ...idSet('thing_set', 'ids'),
      ...init('return register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &thing_set);'),
    ],
  };
  expect(membersOf(files)).toEqual(['bpf_a kfunc [] ids XDP']);
});

test('keeps what is registered for nobody can tell whom, and reports it', () => {
  const files = {
    'kernel/thing.c': [
      ...set('ids', 'bpf_a'),
      ...idSet('thing_set', 'ids'),
      ...init('return register_btf_kfunc_id_set(next_type(), &thing_set);'),
    ],
  };
  expect(membersOf(files)).toEqual(['bpf_a kfunc [] ids']);
  expect(codesOf(files)).toEqual(['unknown-program-type']);
});

test('reports a registration of what is not defined', () => {
  expect(
    codesOf({
      'kernel/thing.c': init('return register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &nowhere);'),
    }),
  ).toEqual(['unknown-id-set']);
  expect(
    codesOf({
      'kernel/thing.c': [
        ...idSet('thing_set', 'no_such_ids'),
        ...init('return register_btf_kfunc_id_set(BPF_PROG_TYPE_XDP, &thing_set);'),
      ],
    }),
  ).toEqual(['unknown-set']);
});
