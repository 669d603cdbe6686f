/**
 * One invented kernel told in the manner of each era of registration: the same functions, and the
 * ways in which Linux has called them kfuncs since v5.13 (see include/linux/btf.h of each release).
 */
import { compareSeries, parseVersion } from '../../src/git/version.ts';
import { hookSwitch, modernTree, plainTree, verifier, type Files } from './base.ts';
import { definition, entry, idSet, INCLUDES, registration, source, type Kfunc } from './c.ts';

/** Functions of congestion control: defined in cong.c, which has no word about kfuncs until 6.3. */
const CONG: Kfunc[] = [
  {
    name: 'cong_ssthresh',
    returns: 'u32',
    params: 'struct sock *sk',
    body: ['return sk->cwnd / 2;'],
  },
  {
    name: 'cong_slow_start',
    returns: 'u32',
    params: 'struct sock *sk, u32 acked',
    body: ['return min(sk->cwnd, acked);'],
  },
];
/** Functions of a module that can be built in. */
const FAST: Kfunc[] = [
  { name: 'fast_init', returns: 'void', params: 'struct sock *sk', body: ['sk->fast = 1;'] },
];
/** Since v5.18, for XDP and for TC. */
const TABLE: Kfunc[] = [
  {
    name: 'bpf_row_find',
    returns: 'struct row *',
    params: 'struct ctx *ctx, void *key, u32 key__sz',
    flags: 'KF_ACQUIRE | KF_RET_NULL',
    body: ['return row_find(ctx, key, key__sz);'],
  },
  {
    name: 'bpf_row_put',
    returns: 'void',
    params: 'struct row *row',
    flags: 'KF_RELEASE',
    body: ['row_put(row);'],
  },
];
/** Since v5.19. */
const KPTR: Kfunc = {
  name: 'bpf_row_kptr_get',
  returns: 'struct row *',
  params: 'struct row **pp',
  flags: 'KF_ACQUIRE | KF_RET_NULL | KF_KPTR_GET',
  body: ['return row_get(*pp);'],
};
const TEST: Kfunc = {
  name: 'bpf_kfunc_call_test1',
  returns: 'u64',
  params: 'struct sock *sk, u32 a',
  body: ['return a;'],
};

function plainEntry({ name }: Kfunc): string {
  return `BTF_ID(func, ${name})`;
}

function plainSet(name: string, lines: string[]): string[] {
  return [`BTF_SET_START(${name})`, ...lines, `BTF_SET_END(${name})`, ''];
}

function unmarked(kfuncs: Kfunc[], mark = ''): string[] {
  return kfuncs.flatMap((kfunc) => definition({ ...kfunc, mark }));
}

const BUILD: Files = {
  'net/Makefile': source('obj-y += core/ ipv4/ bpf/', 'obj-$(CONFIG_NETFILTER) += netfilter/'),
  'net/bpf/Makefile': source('obj-$(CONFIG_BPF_SYSCALL) := test_run.o'),
  'net/netfilter/Makefile': source('obj-$(CONFIG_THING) += row_bpf.o'),
  'net/ipv4/Makefile': source(
    'obj-y := cong.o',
    'obj-$(CONFIG_FAST_CONG) += fast.o',
    'ifeq ($(CONFIG_BPF_JIT),y)',
    'obj-$(CONFIG_BPF_SYSCALL) += bpf_cong.o',
    'endif',
  ),
};

/** 5.13 to 5.17: who may call is told by who holds the callback that looks in a set. */
function callbacks(hasModules: boolean): Files {
  const parameters = hasModules ? 'u32 kfunc_btf_id, struct module *owner' : 'u32 kfunc_btf_id';
  const look = (set: string, list: string): string[] =>
    hasModules
      ? [
          `\tif (btf_id_set_contains(&${set}, kfunc_btf_id))`,
          '\t\treturn true;',
          `\treturn bpf_check_mod_kfunc_call(&${list}, kfunc_btf_id, owner);`,
        ]
      : [`\treturn btf_id_set_contains(&${set}, kfunc_btf_id);`];
  const inOneSet = [
    '#ifdef CONFIG_X86',
    '#ifdef CONFIG_DYNAMIC_FTRACE',
    '#if IS_BUILTIN(CONFIG_FAST_CONG)',
    ...FAST.map(plainEntry),
    '#endif',
    '#endif  /* CONFIG_DYNAMIC_FTRACE */',
    '#endif\t/* CONFIG_X86 */',
  ];
  return {
    'include/linux/bpf_types.h': source(
      '#ifdef CONFIG_NET',
      'BPF_PROG_TYPE(BPF_PROG_TYPE_SCHED_CLS, tc_cls_act,',
      '\t      struct __sk_buff, struct sk_buff)',
      'BPF_PROG_TYPE(BPF_PROG_TYPE_SCHED_ACT, tc_cls_act,',
      '\t      struct __sk_buff, struct sk_buff)',
      'BPF_PROG_TYPE(BPF_PROG_TYPE_XDP, xdp,',
      '\t      struct xdp_md, struct xdp_buff)',
      '#endif',
    ),
    'include/linux/bpf.h': source(
      '#ifdef CONFIG_BPF_SYSCALL',
      `bool bpf_prog_test_check_kfunc_call(${parameters});`,
      '#else',
      `static inline bool bpf_prog_test_check_kfunc_call(${parameters})`,
      '{',
      '\treturn false;',
      '}',
      '#endif',
    ),
    'net/core/filter.c': source(
      'const struct bpf_verifier_ops tc_cls_act_verifier_ops = {',
      '\t.get_func_proto\t\t= tc_cls_act_func_proto,',
      '\t.check_kfunc_call\t= bpf_prog_test_check_kfunc_call,',
      '};',
      '',
      'const struct bpf_verifier_ops xdp_verifier_ops = {',
      '\t.get_func_proto\t\t= xdp_func_proto,',
      '};',
    ),
    'net/bpf/test_run.c': source(
      ...INCLUDES,
      'u64 noinline bpf_kfunc_call_test1(struct sock *sk, u32 a)',
      '{',
      '\treturn a;',
      '}',
      '',
      ...plainSet('test_ids', [plainEntry(TEST)]),
      `bool bpf_prog_test_check_kfunc_call(${parameters})`,
      '{',
      ...look('test_ids', 'test_list'),
      '}',
    ),
    'net/ipv4/bpf_cong.c': source(
      ...INCLUDES,
      ...plainSet('cong_ids', [...CONG.map(plainEntry), ...(hasModules ? [] : inOneSet)]),
      ...plainSet('btf_id_deny', ['BTF_ID(func, migrate_disable)']),
      `static bool bpf_cong_check_kfunc_call(${parameters})`,
      '{',
      ...look('cong_ids', 'cong_list'),
      '}',
      '',
      'static const struct bpf_verifier_ops bpf_cong_verifier_ops = {',
      '\t.check_kfunc_call\t= bpf_cong_check_kfunc_call,',
      '};',
      '',
      'struct bpf_struct_ops bpf_cong_ops = {',
      '\t.verifier_ops = &bpf_cong_verifier_ops,',
      '};',
    ),
    'net/ipv4/cong.c': source(...unmarked(CONG)),
    'net/ipv4/fast.c': hasModules
      ? source(
          ...INCLUDES,
          ...unmarked(FAST, 'static'),
          ...plainSet('fast_ids', [
            '#ifdef CONFIG_X86',
            '#ifdef CONFIG_DYNAMIC_FTRACE',
            ...FAST.map(plainEntry),
            '#endif',
            '#endif',
          ]),
          'static DEFINE_KFUNC_BTF_ID_SET(&fast_ids, fast_btf_set);',
          '',
          'static int __init fast_register(void)',
          '{',
          '\tregister_kfunc_btf_id_set(&cong_list, &fast_btf_set);',
          '\treturn 0;',
          '}',
        )
      : source(...unmarked(FAST, 'static')),
  };
}

/** 5.18 and 5.19: a flag is membership of the matching set. */
function sets(hasKptr: boolean): Files {
  const table = hasKptr ? [...TABLE, KPTR] : TABLE;
  const having = (flag: string): string[] =>
    table.filter((kfunc) => kfunc.flags?.includes(flag)).map(plainEntry);
  const checkSet = (set: string, types: string[]): string[] =>
    registration(set, types).map((line) => line.replace('.set   = ', '.check_set = '));
  const registered = checkSet('row', ['XDP', 'SCHED_CLS']);
  const fields = [
    '\t.acquire_set  = &row_acquire_ids,',
    '\t.release_set  = &row_release_ids,',
    '\t.ret_null_set = &row_ret_null_ids,',
    ...(hasKptr ? ['\t.kptr_acquire_set = &row_kptr_ids,'] : []),
  ];
  registered.splice(3, 0, ...fields);
  return {
    'include/linux/btf.h': source(
      'struct btf_kfunc_id_set {',
      '\tstruct module *owner;',
      '\tunion {',
      '\t\tstruct {',
      '\t\t\tstruct btf_id_set *check_set;',
      '\t\t\tstruct btf_id_set *acquire_set;',
      '\t\t\tstruct btf_id_set *release_set;',
      '\t\t\tstruct btf_id_set *ret_null_set;',
      ...(hasKptr ? ['\t\t\tstruct btf_id_set *kptr_acquire_set;'] : []),
      '\t\t};',
      '\t};',
      '};',
    ),
    'kernel/bpf/btf.c':
      hookSwitch({
        XDP: ['XDP'],
        TC: ['SCHED_CLS'],
        STRUCT_OPS: ['STRUCT_OPS'],
      }) + verifier(['__sz']),
    'net/bpf/test_run.c': source(
      ...INCLUDES,
      'u64 noinline bpf_kfunc_call_test1(struct sock *sk, u32 a)',
      '{',
      '\treturn a;',
      '}',
      '',
      ...plainSet('test_ids', [plainEntry(TEST)]),
      ...checkSet('test', ['SCHED_CLS']),
    ),
    'net/netfilter/row_bpf.c': source(
      ...INCLUDES,
      ...unmarked(table),
      ...plainSet('row_ids', table.map(plainEntry)),
      ...plainSet('row_acquire_ids', having('KF_ACQUIRE')),
      ...plainSet('row_release_ids', having('KF_RELEASE')),
      ...(hasKptr ? plainSet('row_kptr_ids', having('KF_KPTR_GET')) : []),
      '/* What is acquired can be NULL */',
      '#define row_ret_null_ids row_acquire_ids',
      '',
      ...registered,
    ),
    'net/ipv4/bpf_cong.c': source(
      ...INCLUDES,
      ...plainSet('cong_ids', CONG.map(plainEntry)),
      ...plainSet('btf_id_deny', ['BTF_ID(func, migrate_disable)']),
      ...checkSet('cong', ['STRUCT_OPS']),
    ),
    'net/ipv4/cong.c': source(...unmarked(CONG)),
    'net/ipv4/fast.c': source(
      ...INCLUDES,
      ...unmarked(FAST, 'static'),
      ...plainSet('fast_ids', [
        '#ifdef CONFIG_X86',
        '#ifdef CONFIG_DYNAMIC_FTRACE',
        ...FAST.map(plainEntry),
        '#endif',
        '#endif',
      ]),
      ...checkSet('fast', ['STRUCT_OPS']),
    ),
  };
}

/** 6.0 on: sets of ids with flags. `mark` is what stands before a definition. */
function flagged(style: 'SET8' | 'KFUNCS', mark: string): Files {
  const set = (name: string, kfuncs: Kfunc[], types: string[], guards: string[] = []): string[] => [
    ...idSet(
      `${name}_ids`,
      [
        ...guards.map((guard) => `#ifdef ${guard}`),
        ...kfuncs.map(entry),
        ...guards.map(() => '#endif'),
      ],
      style,
    ),
    ...registration(name, types),
  ];
  const table = [...TABLE, KPTR];
  return {
    'net/bpf/test_run.c': source(
      ...INCLUDES,
      ...definition({ ...TEST, mark }),
      ...set('test', [TEST], ['SCHED_CLS']),
    ),
    'net/netfilter/row_bpf.c': source(
      ...INCLUDES,
      ...unmarked(table, mark),
      ...set('row', table, ['XDP', 'SCHED_CLS']),
    ),
    'net/ipv4/bpf_cong.c': source(
      ...INCLUDES,
      ...plainSet('btf_id_deny', ['BTF_ID(func, migrate_disable)']),
      ...set('cong', CONG, ['STRUCT_OPS']),
    ),
    'net/ipv4/cong.c': source(...unmarked(CONG, mark)),
    'net/ipv4/fast.c': source(
      ...INCLUDES,
      ...unmarked(FAST, mark === '' ? 'static' : `${mark} static`),
      ...set('fast', FAST, ['STRUCT_OPS'], ['CONFIG_X86', 'CONFIG_DYNAMIC_FTRACE']),
    ),
  };
}

const FLAGS_6_0 = ['KF_ACQUIRE', 'KF_RELEASE', 'KF_RET_NULL', 'KF_KPTR_GET', 'KF_TRUSTED_ARGS'];
const HOOKS_6_0 = { XDP: ['XDP'], TC: ['SCHED_CLS'], STRUCT_OPS: ['STRUCT_OPS'] };

/** The tree of a release from v5.12 on, in the manner of its time. */
export function eraTree(tag: string): Files {
  const isBefore = (other: string): boolean =>
    compareSeries(parseVersion(tag)!, parseVersion(other)!) < 0;
  const tree = { ...plainTree(tag), ...BUILD };
  if (isBefore('v5.13')) return tree;
  if (isBefore('v5.18')) return { ...tree, ...callbacks(!isBefore('v5.16')) };
  if (isBefore('v6.0')) return { ...tree, ...sets(!isBefore('v5.19')) };
  const mark = isBefore('v6.3') ? '' : '__bpf_kfunc';
  const files = flagged(isBefore('v6.9') ? 'SET8' : 'KFUNCS', mark);
  return modernTree(tag, { ...BUILD, ...files }, { flags: FLAGS_6_0, hooks: HOOKS_6_0 });
}
