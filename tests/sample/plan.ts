import type { Role } from '../../src/data/schema/index.ts';
import type { Random } from './random.ts';
import { releaseIndex } from './releases.ts';

/** What a kfunc is like at one moment; a plan changes it as releases go by. */
export interface Shape {
  flags: string[];
  roles: Role[];
  returns: string;
  params: { name: string; type: string; suffix: string | null; implicit: boolean }[];
  programTypes: string[];
  filter: string | null;
  file: string;
  config: string | null;
  arch: string | null;
  doc: 'kernel-doc' | 'comment' | 'none';
  /** Which wording of the doc. */
  wording: number;
  deprecated: boolean;
  /** A second set that holds it too. */
  twice: boolean;
}

/** The life of one invented kfunc. Releases are indices, 0 being v5.12; they may lie in the future. */
export interface Plan {
  name: string;
  object: string;
  subsystem: string | null;
  /** Half-open runs of releases that have it. */
  present: [from: number, to: number][];
  start: Shape;
  steps: { at: number; change: (shape: Shape) => void }[];
  /** The kfunc that took its place when its last run ended. */
  successor: string | null;
  predecessor: string | null;
}

const verbs =
  'acquire release get put peek count_of link unlink wake seal iter_new iter_next'.split(' ');
const objects =
  'lantern orchard kettle saddle anvil quill barrel spindle harbour thimble meadow trellis'.split(
    ' ',
  );
const families = [
  {
    prefix: 'bpf_',
    file: 'kernel/bpf/helpers.c',
    movesTo: 'kernel/bpf/objects.c',
    subsystem: 'BPF [CORE]',
    types: ['BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_TRACING'],
    config: 'CONFIG_BPF_SYSCALL',
  },
  {
    prefix: 'bpf_xdp_',
    file: 'net/core/xdp.c',
    movesTo: 'net/core/xdp_kfuncs.c',
    subsystem: 'XDP (eXpress Data Path)',
    types: ['BPF_PROG_TYPE_XDP'],
    config: 'CONFIG_NET && CONFIG_BPF_SYSCALL',
  },
  {
    prefix: 'scx_',
    file: 'kernel/sched/ext.c',
    movesTo: 'kernel/sched/ext/ext.c',
    subsystem: 'SCHEDULER EXTENSIONS',
    types: ['BPF_PROG_TYPE_STRUCT_OPS', 'BPF_PROG_TYPE_SYSCALL'],
    config: 'CONFIG_SCHED_CLASS_EXT && !CONFIG_PREEMPT_OFTEN',
  },
  {
    prefix: 'hid_',
    file: 'drivers/hid/bpf/dispatch.c',
    movesTo: 'drivers/hid/bpf/device.c',
    subsystem: null,
    types: ['BPF_PROG_TYPE_STRUCT_OPS'],
    config: 'CONFIG_HID_BPF',
  },
];

/** The nth invented name: distinct for each n. */
function nameOf(n: number): { name: string; verb: string; object: string; family: number } {
  const verb = verbs[n % verbs.length]!;
  const object = objects[Math.floor(n / verbs.length) % objects.length]!;
  const family = Math.floor(n / (verbs.length * objects.length)) % families.length;
  const round = Math.floor(n / (verbs.length * objects.length * families.length));
  const tail = round === 0 ? '' : `_${round + 1}`;
  return { name: `${families[family]!.prefix}${object}_${verb}${tail}`, verb, object, family };
}

const flagsOfVerb: Record<string, string[]> = {
  acquire: ['KF_ACQUIRE', 'KF_RET_NULL'],
  get: ['KF_ACQUIRE'],
  release: ['KF_RELEASE'],
  put: ['KF_RELEASE'],
  wake: ['KF_SLEEPABLE'],
  seal: ['KF_DESTRUCTIVE'],
  iter_new: ['KF_ITER_NEW'],
  iter_next: ['KF_ITER_NEXT', 'KF_RET_NULL'],
};

function startShape(n: number, rnd: Random): Shape {
  const { verb, object, family } = nameOf(n);
  const home = families[family]!;
  const pointer = `struct ${object} *`;
  const params = [
    { name: object[0]!, type: pointer, suffix: null as string | null, implicit: false },
  ];
  if (verb === 'peek') {
    params.push({ name: 'mem', type: 'void *', suffix: null, implicit: false });
    params.push({ name: 'mem__sz', type: 'u32', suffix: '__sz', implicit: false });
  }
  const returns = flagsOfVerb[verb]?.some((f) => f === 'KF_ACQUIRE' || f === 'KF_RET_NULL');
  return {
    flags: [...(flagsOfVerb[verb] ?? []), ...(rnd.chance(0.3) ? ['KF_TRUSTED_ARGS'] : [])],
    roles: n % 37 === 5 ? ['kfunc', 'destructor'] : n % 41 === 7 ? ['kfunc', 'test'] : ['kfunc'],
    returns: returns ? pointer : verb === 'count_of' ? 'int' : 'void',
    params,
    programTypes: n % 11 === 3 ? ['*'] : home.types,
    filter: n % 17 === 4 ? `${home.prefix}kfuncs_filter` : null,
    file: home.file,
    config: n % 7 === 0 ? null : home.config,
    arch: n % 53 === 9 ? 's390' : null,
    doc: rnd.pick(['kernel-doc', 'kernel-doc', 'comment', 'none']),
    wording: 0,
    deprecated: false,
    twice: n % 13 === 6,
  };
}

/** What can happen to a kfunc. Each is a change that a page has to tell. */
const happenings: ((shape: Shape, n: number) => void)[] = [
  (s) => {
    s.flags = s.flags.includes('KF_RCU')
      ? s.flags.filter((f) => f !== 'KF_RCU')
      : [...s.flags, 'KF_RCU'];
  },
  (s) => s.params.push({ name: 'flags', type: 'u64', suffix: null, implicit: false }),
  (s) => {
    const last = s.params.at(-1)!;
    if (last.suffix === null)
      s.params.splice(-1, 1, { ...last, name: `${last.name}__nullable`, suffix: '__nullable' });
  },
  (s) => {
    s.programTypes =
      s.programTypes[0] === '*'
        ? ['BPF_PROG_TYPE_SYSCALL']
        : [...s.programTypes, 'BPF_PROG_TYPE_UNSEEN'];
  },
  (s) => {
    s.config = s.config === null ? 'CONFIG_CGROUPS' : `${s.config} && CONFIG_CGROUPS`;
  },
  (s) => {
    s.doc = 'kernel-doc';
    s.wording++;
  },
  (s, n) => {
    s.file = families[nameOf(n).family]!.movesTo;
  },
  (s) => {
    s.flags = [...s.flags, 'KF_IMPLICIT_ARGS'];
    s.params.push({ name: 'aux', type: 'struct bpf_prog_aux *', suffix: null, implicit: true });
  },
];

/**
 * The plan of the nth kfunc among `releases` releases, the first of which has none; `n % 10` decides
 * how its life goes, so that each kind is always there.
 */
export function planOf(n: number, releases: number, rnd: Random): Plan {
  const { name, object, family } = nameOf(n);
  const first = 1 + rnd.int(Math.max(1, n % 2 === 0 ? Math.ceil(releases / 4) : releases - 1));
  const forever = Number.POSITIVE_INFINITY;
  const plan: Plan = {
    name,
    object,
    subsystem: families[family]!.subsystem,
    present: [[first, forever]],
    start: startShape(n, rnd),
    steps: [],
    successor: null,
    predecessor: null,
  };
  const later = () => first + 1 + rnd.int(Math.ceil(releases / 2));
  for (let i = rnd.int(4); i > 0; i--) {
    const happening = rnd.pick(happenings);
    plan.steps.push({
      at: later(),
      change: (shape) => {
        happening(shape, n);
      },
    });
  }
  const kind = n % 10;
  if (kind === 2) plan.present = [[first, later()]];
  if (kind === 4) {
    const gone = later();
    const back = gone + 1 + rnd.int(5);
    plan.present = [
      [first, gone],
      [back, forever],
    ];
  }
  if (kind === 6) plan.steps.push({ at: later(), change: (shape) => (shape.deprecated = true) });
  if (kind === 8) {
    // Deprecated for a while, then gone.
    const at = later();
    plan.steps.push({ at, change: (shape) => (shape.deprecated = true) });
    plan.present = [[first, at + 1 + rnd.int(6)]];
  }
  plan.steps.push({
    at: releaseIndex('v7.0'),
    change: (shape) => (shape.flags = shape.flags.filter((f) => f !== 'KF_TRUSTED_ARGS')),
  });
  plan.steps.sort((a, b) => a.at - b.at);
  return plan;
}

/** `plan` under a new name from the release `at` on: the old one ends there, the new one begins. */
export function renamed(plan: Plan, at: number): [old: Plan, renamed: Plan] {
  const [from] = plan.present[0]!;
  const name = `${plan.name}_anew`;
  return [
    { ...plan, present: [[from, at]], successor: name },
    { ...plan, name, present: [[at, Number.POSITIVE_INFINITY]], predecessor: plan.name },
  ];
}

/** The kfunc's shape at release `index`; null where it is absent. */
export function shapeAt(plan: Plan, index: number): Shape | null {
  if (!plan.present.some(([from, to]) => index >= from && index < to)) return null;
  const shape = structuredClone(plan.start);
  for (const step of plan.steps) if (step.at <= index) step.change(shape);
  return shape;
}
