import { createHash } from 'node:crypto';
import type { ReleaseEntry, ReleaseFile, ReleaseFlag } from '../../src/data/schema/index.ts';

/** v5.12, v5.13 … v5.19, v6.0 … v6.19, v7.0 …: as many as asked for, the first an empty baseline. */
export function sampleReleaseIds(count: number): string[] {
  const ids: string[] = [];
  for (let major = 5, minor = 12; ids.length < count; minor++) {
    if (minor > 19) [major, minor] = [major + 1, 0];
    ids.push(`v${major}.${minor}`);
  }
  return ids;
}

/** Where `wanted` stands among releases that begin with v5.12; it may lie beyond the last one. */
export function releaseIndex(wanted: string): number {
  const [major = 0, minor = 0] = wanted.slice(1).split('.').map(Number);
  return (major - 5) * 20 + minor - 12;
}

/** An entry; v6.12 and v6.1 are stood for by a point release, as where a checkout has no nearer tag. */
export function sampleReleaseEntry(id: string, line = 'mainline'): ReleaseEntry {
  const pointRelease: Record<string, string> = { 'v6.1': 'v6.1.176', 'v6.12': 'v6.12.107' };
  const tag = pointRelease[id] ?? id;
  const day = new Date(Date.UTC(2021, 3, 25 + 63 * Math.max(0, releaseIndex(id))));
  return {
    id,
    line,
    tag,
    exact: tag === id,
    preview: false,
    date: line === 'mainline' ? day.toISOString().slice(0, 10) : '2025-08-09',
    commit: createHash('sha1').update(id).digest('hex'),
  };
}

/** A flag with the release that brings it and the one that takes it away. */
const flags: [name: string, from: string, meaning: string, until?: string][] = [
  ['KF_ACQUIRE', 'v6.0', 'gives back a counted object'],
  ['KF_RELEASE', 'v6.0', 'takes a counted object from its caller'],
  ['KF_RET_NULL', 'v6.0', 'may give back nothing'],
  ['KF_TRUSTED_ARGS', 'v6.0', 'wants arguments that are known to be sound', 'v7.0'],
  ['KF_SLEEPABLE', 'v6.1', 'may wait'],
  ['KF_DESTRUCTIVE', 'v6.1', 'does something that cannot be undone'],
  ['KF_RCU', 'v6.2', 'takes arguments held by RCU'],
  ['KF_ITER_NEW', 'v6.4', 'begins a walk'],
  ['KF_ITER_NEXT', 'v6.4', 'goes one step on a walk'],
  ['KF_ITER_DESTROY', 'v6.4', 'ends a walk'],
  ['KF_FASTCALL', 'v6.13', 'spares the caller its registers'],
  ['KF_IMPLICIT_ARGS', 'v7.0', 'is given more than its caller writes'],
];

/** Whether the release at `index` (0 is v5.12) knows the flag. */
export function hasFlag(name: string, index: number): boolean {
  const flag = flags.find((f) => f[0] === name);
  if (flag === undefined || index < releaseIndex(flag[1])) return false;
  return flag[3] === undefined || index < releaseIndex(flag[3]);
}

/** Bit order, as a state's flags are written. */
export const flagOrder = flags.map((f) => f[0]);

const suffixes: [literal: string, from: string, kind: 'parameter' | 'type'][] = [
  ['__sz', 'v5.18', 'parameter'],
  ['__k', 'v6.2', 'parameter'],
  ['__ign', 'v6.2', 'parameter'],
  ['___init', 'v6.3', 'type'],
  ['__nullable', 'v6.7', 'parameter'],
  ['__str', 'v6.8', 'parameter'],
];

const jit: [arch: string, from: string, condition: string | null][] = [
  ['x86', 'v5.13', null],
  ['arm64', 'v5.18', null],
  ['s390', 'v6.3', null],
  ['riscv', 'v6.4', 'CONFIG_64BIT'],
  ['powerpc', 'v6.13', 'CONFIG_PPC64'],
];

function flagsAt(index: number, keep: (text: string) => string): ReleaseFlag[] {
  return flags.flatMap(([name, , meaning], bit) =>
    hasFlag(name, index)
      ? [{ name, bit, meaning: keep(meaning), file: 'include/linux/btf.h', line: 20 + bit + index }]
      : [],
  );
}

/**
 * A release file without its positions and events, which depend on the kfuncs. `keep` stores a
 * text and gives its hash.
 */
export function sampleReleaseFile(
  id: string,
  index: number,
  keep: (text: string) => string,
): ReleaseFile {
  const since = ([, from]: [string, string, unknown]) => index >= releaseIndex(from);
  const tracing = ['BPF_PROG_TYPE_TRACING', 'BPF_PROG_TYPE_LSM'];
  return {
    id,
    flags: flagsAt(index, keep),
    suffixes: suffixes.filter(since).map(([literal, , kind], i) => ({
      literal,
      kind,
      file: index < releaseIndex('v6.2') ? 'kernel/bpf/btf.c' : 'kernel/bpf/verifier.c',
      line: 9000 + 40 * i + 11 * index,
    })),
    implicitArgs: index < releaseIndex('v7.0') ? [] : ['bpf_prog_aux'],
    hooks:
      index < releaseIndex('v5.18')
        ? []
        : [
            { hook: 'BTF_KFUNC_HOOK_XDP', programTypes: ['BPF_PROG_TYPE_XDP'] },
            { hook: 'BTF_KFUNC_HOOK_TC', programTypes: ['BPF_PROG_TYPE_SCHED_CLS'] },
            { hook: 'BTF_KFUNC_HOOK_STRUCT_OPS', programTypes: ['BPF_PROG_TYPE_STRUCT_OPS'] },
            {
              hook: 'BTF_KFUNC_HOOK_TRACING',
              programTypes: index < releaseIndex('v6.8') ? tracing.slice(0, 1) : tracing,
            },
          ],
    jit: jit.filter(since).map(([arch, , condition], i) => ({
      arch,
      condition,
      file: `arch/${arch}/net/bpf_jit_comp.c`,
      line: 2000 + 100 * i + 7 * index,
    })),
    events: [],
    definitions: {},
    entries: {},
    filters: {},
    deprecations: {},
    examples: {},
    users: {},
  };
}
