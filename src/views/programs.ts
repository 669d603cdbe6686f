/** Names of program types that the kernel's own spelling hides. */
const plainNames: Record<string, string> = {
  SCHED_CLS: 'TC classifier (SCHED_CLS)',
  SCHED_ACT: 'TC action (SCHED_ACT)',
  XDP: 'XDP',
  LSM: 'LSM',
  TRACING: 'Tracing',
  KPROBE: 'Kprobe',
  TRACEPOINT: 'Tracepoint',
  RAW_TRACEPOINT: 'Raw tracepoint',
  PERF_EVENT: 'Perf event',
  STRUCT_OPS: 'struct_ops',
  SYSCALL: 'Syscall',
  NETFILTER: 'Netfilter',
  SOCKET_FILTER: 'Socket filter',
  SK_SKB: 'Socket stream (SK_SKB)',
  SK_MSG: 'Socket message (SK_MSG)',
  SK_LOOKUP: 'Socket lookup',
  SOCK_OPS: 'Socket operations',
  SK_REUSEPORT: 'SO_REUSEPORT',
  FLOW_DISSECTOR: 'Flow dissector',
  CGROUP_SKB: 'Cgroup skb',
  CGROUP_SOCK: 'Cgroup socket',
  CGROUP_SOCK_ADDR: 'Cgroup socket address',
  CGROUP_SOCKOPT: 'Cgroup sockopt',
  CGROUP_DEVICE: 'Cgroup device',
  CGROUP_SYSCTL: 'Cgroup sysctl',
  LWT_IN: 'Lightweight tunnel, in',
  LWT_OUT: 'Lightweight tunnel, out',
  LWT_XMIT: 'Lightweight tunnel, xmit',
  LWT_SEG6LOCAL: 'Lightweight tunnel, seg6local',
  EXT: 'Extension',
};

/** Callable from every program type (the common hook). */
export const everyProgram = '*';

/** `BPF_PROG_TYPE_XDP` -> `XDP`, which makes addresses; `*` -> `all`. */
export function programSlug(type: string): string {
  if (type === everyProgram || type === 'BPF_PROG_TYPE_UNSPEC') return 'all';
  return type.replace(/^BPF_PROG_TYPE_/, '');
}

/** `TC classifier (SCHED_CLS)`; a type we have no name for keeps the kernel's, without the prefix. */
export function programName(type: string): string {
  const slug = programSlug(type);
  return slug === 'all' ? 'all program types' : (plainNames[slug] ?? slug);
}

/** For narrow columns: `XDP`, `SCHED_CLS`, `all`. */
export function programShort(type: string): string {
  return programSlug(type);
}
