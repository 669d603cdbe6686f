import type { Example, ReleaseEntry, ReleaseFile, TreeEvent } from '../data/schema/index.ts';

/** `v6.12`, `v6.13` or `v7.0` of mainline. */
export function release(id: string): ReleaseEntry {
  const day = { 'v6.12': '2024-11-17', 'v6.13': '2025-01-19' }[id] ?? '2026-04-12';
  const commit = 'c'.repeat(40);
  return { id, line: 'mainline', tag: id, exact: true, preview: false, date: day, commit };
}

const BITS: readonly [name: string, bit: number][] = [
  ['KF_ACQUIRE', 0],
  ['KF_RELEASE', 1],
  ['KF_RET_NULL', 2],
  ['KF_TRUSTED_ARGS', 4],
  ['KF_ITER_NEW', 8],
  ['KF_IMPLICIT_ARGS', 16],
];

function event(kind: TreeEvent['kind'], subject: string, more: Partial<TreeEvent>): TreeEvent {
  const base = { id: `${kind}:${subject}`, kind, subject, was: [], now: [] };
  return { ...base, changed: [], stricter: [], ...more };
}

const TRACING = ['BPF_PROG_TYPE_TRACING', 'BPF_PROG_TYPE_LSM'];

const EVENTS: Readonly<Record<string, TreeEvent[]>> = {
  'v6.13': [
    event('suffix-added', '__nullable', { now: ['__nullable'] }),
    event('hook-changed', 'BTF_KFUNC_HOOK_TRACING', {
      was: TRACING,
      now: [...TRACING, 'BPF_PROG_TYPE_PERF_EVENT'],
      changed: ['bpf_lamp_put'],
    }),
    event('jit-added', 'riscv', { now: ['riscv (CONFIG_64BIT)'] }),
  ],
  'v7.0': [
    event('flag-added', 'KF_IMPLICIT_ARGS', { now: ['KF_IMPLICIT_ARGS'] }),
    event('trusted-by-default', 'KF_TRUSTED_ARGS', {
      id: 'trusted-by-default',
      was: ['KF_TRUSTED_ARGS'],
      changed: ['bpf_lamp_get'],
      stricter: ['bpf_lamp_old'],
    }),
  ],
};

const place = {
  file: 'Documentation/bpf/lamps.rst',
  anchor: 'getting-lamps',
  title: '00112233445566778899',
};
const EXAMPLES: readonly Example[] = [
  { ...place, line: 12, kind: 'kernel-doc', hash: null },
  { ...place, line: 20, kind: 'code', hash: '99887766554433221100' },
];

/** What belongs to one of them, without what its kfuncs give. */
export function releaseFile(id: string): ReleaseFile {
  const dropped = id === 'v7.0' ? 'KF_TRUSTED_ARGS' : 'KF_IMPLICIT_ARGS';
  const early = id === 'v6.12';
  const suffixes = ['__ign', '__k', '__nullable', '__sz'].filter(
    (s) => !early || s !== '__nullable',
  );
  const jitFile = (arch: string) => `arch/${arch}/net/jit.c`;
  const x86 = { arch: 'x86', condition: null, file: jitFile('x86'), line: 20 };
  const riscv = { arch: 'riscv', condition: 'CONFIG_64BIT', file: jitFile('riscv'), line: 20 };
  return {
    id,
    flags: BITS.filter(([name]) => name !== dropped).map(([name, bit]) => ({
      name,
      bit,
      meaning: null,
      file: 'include/linux/btf.h',
      line: 30 + bit,
    })),
    suffixes: suffixes.map((literal, i) => ({
      literal,
      kind: 'parameter',
      file: 'kernel/bpf/verifier.c',
      line: 40 + i,
    })),
    implicitArgs: id === 'v7.0' ? ['bpf_prog_aux'] : [],
    hooks: [
      { hook: 'BTF_KFUNC_HOOK_COMMON', programTypes: ['BPF_PROG_TYPE_UNSPEC'] },
      { hook: 'BTF_KFUNC_HOOK_XDP', programTypes: ['BPF_PROG_TYPE_XDP'] },
      {
        hook: 'BTF_KFUNC_HOOK_TRACING',
        programTypes: early ? TRACING : [...TRACING, 'BPF_PROG_TYPE_PERF_EVENT'],
      },
    ],
    jit: early ? [x86] : [riscv, x86],
    events: structuredClone(EVENTS[id] ?? []),
    definitions: {},
    entries: {},
    filters: { lamp_filter: { file: 'kernel/lamp.c', line: 60 } },
    deprecations: {},
    users: { bpf_lamp_get: ['tools/testing/selftests/bpf/progs/lamp.c'] },
    examples: { bpf_lamp_get: EXAMPLES.map((example) => ({ ...example })) },
  };
}
