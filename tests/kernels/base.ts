/** Trees that have just what makes them Linux to the extractor, in the manner of each release. */
import { source } from './c.ts';

export type Files = Record<string, string>;

function topMakefile(version: string): string {
  const [major = '0', minor = '0', patch = '0'] = version.replace(/^v/, '').split(/[.-]/);
  return source(
    '# SPDX-License-Identifier: GPL-2.0',
    `VERSION = ${major}`,
    `PATCHLEVEL = ${minor}`,
    `SUBLEVEL = ${patch}`,
    'EXTRAVERSION =',
  );
}

const MAINTAINERS = source(
  'List of maintainers',
  '',
  'Maintainers List',
  '----------------',
  '',
  'BPF [CORE]',
  'M:\tA Person <a@example.org>',
  'F:\tkernel/bpf/',
  '',
  'BPF [NETWORKING]',
  'F:\tnet/core/',
  '',
  'THE REST',
  'F:\t*',
  'F:\t*/',
);

/** Everything of a tree but kfuncs: `version` is `v6.12`. */
export function plainTree(version: string): Files {
  return {
    Makefile: topMakefile(version),
    Kbuild: source('obj-y += kernel/', 'obj-$(CONFIG_NET) += net/', 'obj-y += drivers/'),
    MAINTAINERS,
    'kernel/Makefile': source('obj-y += bpf/', 'obj-y += fork.o'),
    'kernel/fork.c': source('int fork_idle(int cpu)', '{', '\treturn cpu;', '}'),
    'kernel/bpf/Makefile': source('obj-$(CONFIG_BPF_SYSCALL) += helpers.o btf.o verifier.o'),
    'net/Makefile': source('obj-y += core/ ipv4/'),
    'net/core/Makefile': source('obj-y += filter.o'),
    'include/linux/kernel.h': source(
      '#ifndef _LINUX_KERNEL_H',
      '#define _LINUX_KERNEL_H',
      '#endif',
    ),
    'init/Kconfig': source(
      ...['BPF_SYSCALL', 'BPF_JIT', 'NET', 'X86', 'MMU', '64BIT'].flatMap((name) => [
        `config ${name}`,
        '\tbool "A choice"',
        '',
      ]),
      ...['FAST_CONG', 'THING'].flatMap((name) => [`config ${name}`, '\ttristate "A module"', '']),
    ),
  };
}

/** The hook switch of kernel/bpf/btf.c: hook -> program types, both without their prefixes. */
export function hookSwitch(hooks: Record<string, readonly string[]>): string {
  return source(
    'static int bpf_prog_type_to_kfunc_hook(enum bpf_prog_type prog_type)',
    '{',
    '\tswitch (prog_type) {',
    ...Object.entries(hooks).flatMap(([hook, types]) => [
      ...types.map((type) => `\tcase BPF_PROG_TYPE_${type}:`),
      `\t\treturn BTF_KFUNC_HOOK_${hook};`,
    ]),
    '\tdefault:',
    '\t\treturn BTF_KFUNC_HOOK_MAX;',
    '\t}',
    '}',
  );
}

/** include/linux/btf.h with the flags of a release, the first in bit 0. */
export function flagsHeader(flags: readonly string[]): string {
  return source(
    '#ifndef _LINUX_BTF_H',
    '#define _LINUX_BTF_H 1',
    '',
    ...flags.map((name, bit) => `#define ${name}\t(1 << ${bit}) /* what ${name} is for */`),
    '',
    'struct btf_kfunc_id_set {',
    '\tstruct module *owner;',
    '\tstruct btf_id_set8 *set;',
    '\tbtf_kfunc_filter_t filter;',
    '};',
    '#endif',
  );
}

/** kernel/bpf/verifier.c with the parameter suffixes of a release. */
export function verifier(suffixes: readonly string[]): string {
  return suffixes
    .map((suffix, i) =>
      source(
        `static bool is_kfunc_arg_kind${i}(const struct btf *btf, const struct btf_param *arg)`,
        '{',
        `\treturn btf_param_match_suffix(btf, arg, "${suffix}");`,
        '}',
      ),
    )
    .join('\n');
}

export const HOOKS = {
  COMMON: ['UNSPEC'],
  XDP: ['XDP'],
  TC: ['SCHED_CLS'],
  STRUCT_OPS: ['STRUCT_OPS'],
  TRACING: ['TRACING', 'LSM'],
  SYSCALL: ['SYSCALL'],
};

export const FLAGS = [
  'KF_ACQUIRE',
  'KF_RELEASE',
  'KF_RET_NULL',
  'KF_TRUSTED_ARGS',
  'KF_SLEEPABLE',
  'KF_RCU',
];

/** What a release knows of, where it differs from the usual. */
export interface Knowledge {
  flags?: readonly string[];
  hooks?: Record<string, readonly string[]>;
  suffixes?: readonly string[];
  /** Struct types of tools/bpf/resolve_btfids/main.c (7.0 on). */
  implicitArgs?: readonly string[];
}

/** A tree of 6.0 and later: flags, hooks, suffixes, and the given files. */
export function modernTree(version: string, files: Files, known: Knowledge = {}): Files {
  const { implicitArgs } = known;
  return {
    ...plainTree(version),
    'include/linux/btf.h': flagsHeader(known.flags ?? FLAGS),
    'kernel/bpf/btf.c': hookSwitch(known.hooks ?? HOOKS),
    'kernel/bpf/verifier.c': verifier(known.suffixes ?? ['__sz']),
    ...(implicitArgs && { 'tools/bpf/resolve_btfids/main.c': implicitArgTest(implicitArgs) }),
    ...files,
  };
}

function implicitArgTest(structs: readonly string[]): string {
  return source(
    '/* An argument of a kfunc that the verifier supplies. */',
    'static bool is_kf_implicit_arg(const struct btf *btf, const struct btf_param *p)',
    '{',
    '\tconst char *const structs[] = {',
    ...structs.map((name) => `\t\t"${name}",`),
    '\t};',
    '',
    '\treturn is_one_of(btf, p, structs);',
    '}',
  );
}
