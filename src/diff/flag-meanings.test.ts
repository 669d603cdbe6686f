import { describe, expect, test } from 'vitest';
import { change, state } from '../data/test-dataset.ts';
import type { TreeEvent } from '../data/schema/index.ts';
import { meaningOfEvent, meaningsOf } from './meanings.ts';
import { asked, byDefault, rules, told } from './testing.ts';

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
