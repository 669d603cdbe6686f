import { describe, expect, test } from 'vitest';
import { change, datasetOf, entry, state } from '../data/test-dataset.ts';
import type { Change, Param, ReleaseFile, State, TreeEvent } from '../data/schema/index.ts';
import { meaningOfEvent, meaningsOf } from './meanings.ts';
import { RULES } from './severity.ts';

const flagsOf = (...names: string[]): ReleaseFile['flags'] =>
  names.map((name) => ({ name, bit: 0, meaning: null, file: 'include/linux/btf.h', line: 1 }));

function release(id: string, flags: ReleaseFile['flags']): ReleaseFile {
  return { ...datasetOf([entry(id)], []).releaseFiles[0]!, flags };
}

const asked = release('v6.12', flagsOf('KF_TRUSTED_ARGS', 'KF_RCU'));
const byDefault = release('v7.0', flagsOf('KF_RCU'));

/** `rule: text` of each meaning of a change between two releases that ask for trusted arguments. */
function told(
  kind: Change['kind'],
  was: string[],
  now: string[],
  sides: { was?: State; now?: State; older?: ReleaseFile; newer?: ReleaseFile } = {},
): string[] {
  return meaningsOf(change('v6.13', kind, { was, now }), {
    was: state('v6.12', 'v6.12'),
    now: state('v6.13', null),
    older: asked,
    newer: asked,
    ...sides,
  }).map(({ severity, rule, text }) => {
    expect(RULES[rule as keyof typeof RULES].severity).toBe(severity);
    return `${rule}: ${text}`;
  });
}

const rules = (...args: Parameters<typeof told>): string[] =>
  told(...args).map((text) => text.split(':', 1)[0]!);

/** `u32 nr, void *buf__sz|suffix` -> a state with that prototype. */
function declared(params: string, returns = 'int'): State {
  const list = params
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text): Param => {
      const [, type = '', name = ''] = /^(.*?)(\w+)$/.exec(text)!;
      const suffix = /[^_](__\w+)$/.exec(name)?.[1] ?? null;
      return { name, type: type.trim(), suffix, implicit: false };
    });
  const text = `${returns} bpf_lamp(${params})`;
  return state('v6.12', null, {
    prototype: { kernel: text, bpf: text, returns, params: list },
  });
}

function prototypes(was: string | State, now: string | State): string[] {
  const [a, b] = [was, now].map((side) => (typeof side === 'string' ? declared(side) : side));
  return told('prototype', [], [], { was: a!, now: b! });
}

test('every rule has words that make a sentence of the kfunc', () => {
  for (const { text } of Object.values(RULES)) expect(text).toMatch(/^[a-z].*[^.]$/);
});

describe('what comes and goes', () => {
  test('a program that calls what was removed does not load', () => {
    expect(told('removed', [], [])).toEqual(['removed: is gone']);
  });
  test('a renamed kfunc breaks who calls it by the old name', () => {
    expect(told('renamed', ['bpf_old'], ['bpf_new'])).toEqual([
      'renamed: the old name, bpf_old, is gone',
    ]);
  });
  test('a new kfunc breaks nothing', () => {
    expect(told('added', [], [])).toEqual(['added: is new']);
  });
  test('what was a kfunc and is none any more cannot be called', () => {
    expect(rules('roles', ['kfunc', 'destructor'], ['destructor'])).toEqual(['no-kfunc']);
  });
  test('what was an attach point and is none any more cannot be attached to', () => {
    expect(rules('roles', ['attach-point', 'kfunc'], ['kfunc'])).toEqual(['attach-point-lost']);
  });
  test('another role beside that of a kfunc changes nothing for a program', () => {
    expect(told('roles', ['kfunc'], ['kfunc', 'destructor'])).toEqual([
      'role-changed: is kfunc and destructor now',
    ]);
  });
  test('words change nothing, nor does a file, nor a promise', () => {
    expect(rules('doc', ['a'], ['b'])).toEqual(['doc']);
    expect(rules('moved', ['a.c'], ['b.c'])).toEqual(['moved']);
    expect(rules('deprecated', [], ['a comment'])).toEqual(['deprecated']);
    expect(rules('deprecated', ['a comment'], [])).toEqual(['deprecated-no-more']);
    expect(rules('deprecated', ['a comment'], ['a wrapper'])).toEqual(['deprecation-changed']);
  });
});

describe('flags', () => {
  test.each([
    ['KF_SLEEPABLE', 'sleepable-demanded', 'sleepable-no-more'],
    ['KF_DESTRUCTIVE', 'boot-demanded', 'boot-no-more'],
    ['KF_PERFMON', 'perfmon-demanded', 'perfmon-no-more'],
    ['KF_RCU_PROTECTED', 'rcu-section-demanded', 'rcu-section-no-more'],
    ['KF_RET_NULL', 'null-returned', 'null-no-more'],
    ['KF_ACQUIRE', 'acquire-gained', 'acquire-lost'],
    ['KF_RELEASE', 'release-gained', 'release-lost'],
    ['KF_ITER_NEXT', 'iterator-changed', 'iterator-changed'],
    ['KF_SPINLOCK_SAFE', 'spinlock-allowed', 'spinlock-refused'],
    ['KF_KPTR_GET', 'kptr-changed', 'kptr-changed'],
    ['KF_FASTCALL', 'flag-without-effect', 'flag-without-effect'],
    ['KF_IMPLICIT_ARGS', 'flag-without-effect', 'flag-without-effect'],
    ['KF_OF_TOMORROW', 'flag-unknown', 'flag-unknown'],
    ['KF_TRUSTED_ARGS', 'trusted-pointers-demanded', 'pointers-relaxed'],
    ['KF_RCU', 'rcu-pointers-demanded', 'pointers-relaxed'],
  ])('%s means %s when it comes and %s when it goes', (flag, gained, lost) => {
    const tracing = state('v6.13', null, { sets: [] });
    expect(rules('flags', [], [flag], { now: tracing })).toEqual([gained]);
    expect(rules('flags', [flag], [], { was: tracing })).toEqual([lost]);
  });

  test('all that demands something breaks the load or may, and losing it breaks none', () => {
    const demanding = ['KF_SLEEPABLE', 'KF_DESTRUCTIVE', 'KF_PERFMON', 'KF_RCU_PROTECTED'];
    const sides = { was: null, now: null, older: asked, newer: asked };
    for (const flag of demanding) {
      const [gained] = meaningsOf(change('v6.13', 'flags', { now: [flag] }), sides);
      const [lost] = meaningsOf(change('v6.13', 'flags', { was: [flag] }), sides);
      expect([flag, gained?.severity, lost?.severity]).toEqual([flag, 'breaks-load', 'compatible']);
    }
  });

  test('KF_RCU in place of KF_TRUSTED_ARGS takes more pointers, and the other way fewer', () => {
    expect(told('flags', ['KF_TRUSTED_ARGS'], ['KF_RCU'])).toEqual([
      'pointers-relaxed: takes RCU-protected pointers, too',
    ]);
    expect(rules('flags', ['KF_RCU'], ['KF_TRUSTED_ARGS'])).toEqual(['trusted-pointers-demanded']);
  });

  const registeredFor = (...types: string[]) => {
    const [set] = state('v6.13', null).sets;
    const registrations = types.map((programType) => ({
      programType,
      filter: null,
      condition: null,
    }));
    return state('v6.13', null, { sets: [{ ...set!, registrations }] });
  };

  test('a program that is sleepable anyway may break where it must not sleep, and no more', () => {
    const now = registeredFor('BPF_PROG_TYPE_SYSCALL');
    expect(rules('flags', [], ['KF_SLEEPABLE'], { now })).toEqual(['sleepable-within']);
    expect(
      rules('flags', [], ['KF_SLEEPABLE'], {
        now: registeredFor('BPF_PROG_TYPE_SYSCALL', 'BPF_PROG_TYPE_TRACING'),
      }),
    ).toEqual(['sleepable-demanded']);
  });

  test('an RCU section is nothing new to programs that cannot be sleepable', () => {
    const now = (...types: string[]) => ({ now: registeredFor(...types) });
    const gained = ['KF_RCU_PROTECTED'];
    expect(rules('flags', [], gained, now('BPF_PROG_TYPE_XDP'))).toEqual(['rcu-section-there']);
    expect(rules('flags', [], gained, now('BPF_PROG_TYPE_XDP', 'BPF_PROG_TYPE_LSM'))).toEqual([
      'rcu-section-demanded',
    ]);
    expect(rules('flags', [], gained, now('BPF_PROG_TYPE_UNSPEC'))).toEqual([
      'rcu-section-demanded',
    ]);
  });

  test('a flag that other programs meet as well is told with them', () => {
    const now = registeredFor('BPF_PROG_TYPE_STRUCT_OPS', 'BPF_PROG_TYPE_SYSCALL');
    const some = 'KF_SLEEPABLE (BPF_PROG_TYPE_STRUCT_OPS)';
    expect(told('flags', [some], ['KF_SLEEPABLE'], { now })).toEqual([
      'sleepable-within: may no longer be called under a lock or in an RCU read section, though its programs are sleepable (SYSCALL)',
    ]);
    expect(told('flags', [], ['KF_RET_NULL (BPF_PROG_TYPE_XDP, BPF_PROG_TYPE_LSM)'])).toEqual([
      'null-returned: may return NULL, which a program must test for (XDP and LSM)',
    ]);
    expect(
      rules(
        'flags',
        ['KF_SLEEPABLE (BPF_PROG_TYPE_SYSCALL)'],
        ['KF_SLEEPABLE (BPF_PROG_TYPE_XDP)'],
      ),
    ).toEqual(['sleepable-demanded', 'sleepable-no-more']);
  });
});

describe('the end of KF_TRUSTED_ARGS', () => {
  const end = { older: asked, newer: byDefault };
  const event: TreeEvent = {
    id: 'trusted-by-default',
    kind: 'trusted-by-default',
    subject: 'KF_TRUSTED_ARGS',
    was: ['KF_TRUSTED_ARGS'],
    now: [],
    changed: ['bpf_had_it'],
    stricter: ['bpf_had_none'],
  };
  test('changes nothing for a kfunc that had the flag', () => {
    expect(rules('flags', ['KF_TRUSTED_ARGS'], [], end)).toEqual(['pointers-same']);
  });
  test('lets a kfunc that has KF_RCU now take more than it took', () => {
    expect(rules('flags', ['KF_TRUSTED_ARGS'], ['KF_RCU'], end)).toEqual(['pointers-relaxed']);
  });
  test('takes nothing from a kfunc with KF_RCU', () => {
    expect(rules('flags', ['KF_RCU', 'KF_TRUSTED_ARGS'], ['KF_RCU'], end)).toEqual([
      'pointers-same',
    ]);
  });
  test('makes a kfunc stricter that loses KF_RCU with it', () => {
    expect(rules('flags', ['KF_RCU'], [], end)).toEqual(['trusted-pointers-demanded']);
  });
  test('may break those that had none of the flags', () => {
    expect(meaningOfEvent(event).severity).toBe('may-break');
    expect(meaningOfEvent({ ...event, stricter: [] }).severity).toBe('compatible');
  });
});

describe('prototypes', () => {
  test('one more or fewer argument is refused by libbpf', () => {
    expect(prototypes('u32 nr', 'u32 nr, u64 flags')).toEqual([
      'parameter-added: takes one more argument, flags',
    ]);
    expect(prototypes('u32 nr, u64 a, u64 b', 'u32 nr')).toEqual([
      'parameter-removed: takes 2 fewer arguments, a and b',
    ]);
    expect(prototypes('u32 nr, u64 a', 'u32 x, u32 y, u32 z')).toEqual([
      'parameter-added: takes 3 arguments instead of 2',
    ]);
  });
  test('what the verifier supplies is no argument', () => {
    const now = declared('u32 nr');
    const params = [
      ...now.prototype!.params,
      { name: 'aux', type: 'struct bpf_prog_aux *', suffix: null, implicit: true },
    ];
    const prototype = { ...now.prototype!, kernel: 'int bpf_lamp(u32 nr, …)', params };
    expect(prototypes('u32 nr', { ...now, prototype })).toEqual([
      'kernel-prototype-changed: has another prototype in the kernel; programs see the same',
    ]);
  });
  test('nothing is said where a definition was not found', () => {
    expect(prototypes('u32 nr', state('v6.12', null, { prototype: null }))).toEqual([]);
  });
  test.each([
    ['u32 nr', 'struct lamp *nr', 'incompatible-type'],
    ['void *p', 'struct lamp *p', 'incompatible-type'],
    ['struct lamp *p', 'union lamp *p', 'incompatible-type'],
    ['int *p', 'struct lamp *p', 'incompatible-type'],
    ['u32 kind', 'enum lamp kind', 'incompatible-type'],
    ['struct lamp *p', 'struct lamp **p', 'incompatible-type'],
    ['struct lamp *p', 'struct torch *p', 'struct-changed'],
    ['u32 nr', 'u64 nr', 'integer-changed'],
    ['u32 *p', 'u64 *p', 'integer-changed'],
    ['u32 nr', 's32 nr', 'integer-respelled'],
    ['unsigned long nr', 'size_t nr', 'integer-respelled'],
    ['enum lamp kind', 'enum torch kind', 'integer-respelled'],
    ['struct lamp *p', 'const struct lamp *p', 'const-changed'],
    ['const struct lamp *p', 'struct lamp *p', 'const-changed'],
    ['void *p', 'void __user *p', 'const-changed'],
    ['lamp_t nr', 'u32 nr', 'type-changed'],
    ['struct lamp **p', 'struct torch **p', 'type-changed'],
    ['int nr', 'int number', 'parameter-renamed'],
  ])('%s that becomes %s is %s', (was, now, rule) => {
    expect(prototypes(was, now).map((text) => text.split(':', 1)[0])).toEqual([rule]);
  });
  test('what is returned is held against the same rules, but for another struct', () => {
    const returns = (was: string, now: string) =>
      prototypes(declared('u32 nr', was), declared('u32 nr', now)).join();
    expect(returns('void', 'int')).toBe('incompatible-type: returns int, not void');
    expect(returns('struct lamp *', 'struct torch *')).toBe(
      'returned-struct-changed: returns struct torch *, not struct lamp *',
    );
    expect(returns('u32', 'u64')).toBe('integer-changed: returns u64, not u32');
  });
  test('types are told with the whole name of the parameter, the gravest first', () => {
    expect(prototypes('u32 a__k, struct lamp *b', 'u64 a__k, void *b')).toEqual([
      'incompatible-type: takes void * as b, not struct lamp *',
      'integer-changed: takes u64 as a__k, not u32',
    ]);
  });
  test('parameters are matched by name where their number differs', () => {
    expect(prototypes('s32 *map, u32 map__sz', 'struct lamp *l, s64 *map, u32 map__sz')).toEqual([
      'parameter-added: takes one more argument, l',
      'integer-changed: takes s64 * as map, not s32 *',
    ]);
  });
});

describe('suffixes', () => {
  test.each([
    ['u32 nr', 'u32 nr__k', 'suffix-stricter: nr__k must be a constant'],
    ['u32 nr__k', 'u32 nr', 'suffix-looser: nr need not be a constant'],
    ['void *p', 'void *p__nullable', 'suffix-looser: p__nullable may be NULL'],
    ['void *p__nullable', 'void *p', 'suffix-stricter: p must not be NULL'],
    ['void *p__ign', 'void *p', 'suffix-stricter: p is looked at'],
    [
      'u32 n__sz',
      'u32 n__szk',
      'suffix-stricter: n__szk is the size of the memory before it, and must be a constant',
    ],
    ['u32 n__szk', 'u32 n__sz', 'suffix-looser: n__sz has __sz in place of __szk'],
    [
      'void *b__opt',
      'void *b__nullable',
      'suffix-looser: b__nullable has __nullable in place of __opt',
    ],
    ['void *x__ign', 'void *x__prog', 'suffix-looser: x__prog has __prog in place of __ign'],
    [
      'void *x',
      'void *x__new',
      'suffix-stricter: x__new ends in __new, of which nothing is known here',
    ],
  ])('%s that becomes %s is %s', (was, now, expected) => {
    expect(prototypes(was, now)).toEqual([expected]);
  });
  test('what the verifier learned to read in a name that stays is left to the event', () => {
    const was = declared('u32 nr__k, u32 b');
    const params = was.prototype!.params.map((param) => ({ ...param, suffix: null }));
    expect(
      prototypes({ ...was, prototype: { ...was.prototype!, params } }, 'u32 nr__k, u32 c'),
    ).toEqual(['parameter-renamed: calls b c']);
  });
});

describe('program types', () => {
  const XDP = 'BPF_PROG_TYPE_XDP';
  const LSM = 'BPF_PROG_TYPE_LSM';
  test('a type that may no longer call it breaks', () => {
    expect(told('programTypes', [XDP, LSM], [XDP])).toEqual([
      'program-type-lost: can no longer be called from LSM',
    ]);
    expect(told('programTypes', ['*'], [XDP])).toEqual([
      'program-type-lost: can be called from XDP alone',
    ]);
    expect(told('programTypes', ['*'], [])).toEqual([
      'program-type-lost: can be called from no program',
    ]);
  });
  test('more types break nothing', () => {
    expect(told('programTypes', [XDP], [LSM, XDP])).toEqual([
      'program-type-gained: can be called from LSM, too',
    ]);
    expect(told('programTypes', [XDP], ['*'])).toEqual([
      'program-type-gained: can be called from every program type, too',
    ]);
  });
  test('a filter may refuse a program, and none refuses none', () => {
    const filtered = `${XDP} (filtered by lamp_filter)`;
    expect(told('programTypes', [XDP], [filtered])).toEqual([
      'filter-added: is filtered by lamp_filter() for XDP, which may refuse a program',
    ]);
    expect(told('programTypes', [filtered], [XDP])).toEqual([
      'filter-removed: is registered without that filter for XDP',
    ]);
    expect(rules('programTypes', [filtered], [`${XDP} (filtered by torch_filter)`])).toEqual([
      'filter-changed',
    ]);
    expect(rules('programTypes', ['*'], [`${LSM} (filtered by f)`])).toEqual([
      'program-type-lost',
      'filter-added',
    ]);
  });
});

describe('configuration', () => {
  const needing = (expr: string | null, arch: string[] | null = null) =>
    state('v6.12', null, { config: { expr, parts: [] }, arch });
  test.each([
    ['A', 'A && B', 'config-narrowed: needs B, which it did not need'],
    [null, 'A', 'config-narrowed: needs A, which it did not need'],
    ['A && B', 'A', 'config-widened: needs less of the configuration'],
    ['A', 'A || B', 'config-widened: needs less of the configuration'],
    ['A && B', '(A || C) && B', 'config-widened: needs less of the configuration'],
    ['(A || B) && C', 'A && C', 'config-narrowed: needs A, which it did not need'],
    ['A && !B', 'A', 'config-widened: needs less of the configuration'],
    ['A', 'B', 'config-changed: needs B in place of A'],
  ])('%s that becomes %s is %s', (was, now, expected) => {
    expect(told('config', [], [], { was: needing(was), now: needing(now) })).toEqual([expected]);
  });
  test('fewer architectures are fewer kernels', () => {
    const rulesOf = (was: string[] | null, now: string[] | null) =>
      told('config', [], [], { was: needing(null, was), now: needing(null, now) });
    expect(rulesOf(null, ['s390'])).toEqual([
      'config-narrowed: is there on s390, and no longer on others',
    ]);
    expect(rulesOf(['s390'], null)).toEqual(['config-widened: needs less of the configuration']);
  });
});

describe('tree-wide changes', () => {
  const event = (more: Partial<TreeEvent>): TreeEvent => ({
    id: 'x',
    kind: 'flag-added',
    subject: 'KF_X',
    was: [],
    now: [],
    changed: [],
    stricter: [],
    ...more,
  });
  test.each<[string, Partial<TreeEvent>, string]>([
    ['a new flag', { subject: 'KF_PERFMON', changed: ['bpf_a'] }, 'compatible'],
    [
      'the end of a flag that demanded something',
      { kind: 'flag-removed', subject: 'KF_SLEEPABLE', changed: ['bpf_a'] },
      'compatible',
    ],
    [
      'the end of a flag on which programs relied',
      { kind: 'flag-removed', subject: 'KF_KPTR_GET', changed: ['bpf_a'] },
      'may-break',
    ],
    ['the end of a flag that none had', { kind: 'flag-removed', subject: 'KF_Y' }, 'compatible'],
    [
      'a suffix that a name had before',
      { kind: 'suffix-added', subject: '__k', stricter: ['bpf_a'] },
      'may-break',
    ],
    [
      'a suffix that lets more through',
      { kind: 'suffix-added', subject: '__nullable', stricter: ['bpf_a'] },
      'compatible',
    ],
    ['a suffix for new names', { kind: 'suffix-added', subject: '__k' }, 'compatible'],
    [
      'a hook that lost a type',
      { kind: 'hook-changed', was: ['BPF_PROG_TYPE_XDP'], changed: ['bpf_a'] },
      'breaks-load',
    ],
    [
      'a hook that got one',
      { kind: 'hook-changed', now: ['BPF_PROG_TYPE_XDP'], changed: ['bpf_a'] },
      'compatible',
    ],
    ['an architecture that learned to call', { kind: 'jit-added', subject: 'arm' }, 'compatible'],
    ['one that forgot', { kind: 'jit-removed', subject: 'arm' }, 'breaks-load'],
  ])('%s is %s', (_, more, severity) => {
    const { severity: found, text } = meaningOfEvent(event(more));
    expect(found).toBe(severity);
    expect(text).toMatch(/\w/);
  });
});
