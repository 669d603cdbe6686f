import { describe, expect, it } from 'vitest';
import type { KfuncSet } from '../../data/schema/index.ts';
import { callableSets, flagReadings, setsDiffer } from './flag-readings.ts';

const hooks = [
  { hook: 'BTF_KFUNC_HOOK_COMMON', programTypes: ['BPF_PROG_TYPE_UNSPEC'] },
  { hook: 'BTF_KFUNC_HOOK_TRACING', programTypes: ['BPF_PROG_TYPE_TRACING', 'BPF_PROG_TYPE_LSM'] },
  { hook: 'BTF_KFUNC_HOOK_SYSCALL', programTypes: ['BPF_PROG_TYPE_SYSCALL'] },
];

function set(name: string, flags: string[], types: string[], role: KfuncSet['role'] = 'kfunc') {
  const registrations = types.map((type) => ({
    programType: `BPF_PROG_TYPE_${type}`,
    filter: null,
    condition: null,
  }));
  return { name, file: 'kernel/lamp.c', role, flags, registrations };
}

function read(sets: KfuncSet[], ...types: string[]) {
  const programTypes = types.map((type) => (type === '*' ? type : `BPF_PROG_TYPE_${type}`));
  return flagReadings({ sets, programTypes }, hooks).map((reading) => [
    reading.programTypes.map((type) => type.replace('BPF_PROG_TYPE_', '')).join(),
    ...reading.flags.map((flags) => flags.join('|')),
  ]);
}

describe('the flags that a call is checked by', () => {
  it('are those of the set that the hook of the program has', () => {
    const sets = [set('a', ['KF_SLEEPABLE'], ['TRACING']), set('b', ['KF_ACQUIRE'], ['SYSCALL'])];
    expect(read(sets, 'LSM', 'SYSCALL', 'TRACING')).toEqual([
      ['LSM,TRACING', 'KF_SLEEPABLE'],
      ['SYSCALL', 'KF_ACQUIRE'],
    ]);
  });

  it('are those of the common hook for every program, whatever other sets say', () => {
    const sets = [set('a', ['KF_SLEEPABLE'], ['TRACING']), set('b', [], ['UNSPEC'])];
    expect(read(sets, '*')).toEqual([['*', '']]);
  });

  it('are told once for the programs that meet the same', () => {
    const sets = [set('a', ['KF_RCU'], ['TRACING']), set('b', ['KF_RCU'], ['SYSCALL'])];
    expect(read(sets, 'LSM', 'SYSCALL', 'TRACING')).toEqual([['LSM,SYSCALL,TRACING', 'KF_RCU']]);
  });

  it('can be either of two where sets of one hook differ', () => {
    const sets = [set('a', ['KF_RCU'], ['TRACING']), set('b', [], ['LSM'])];
    expect(read(sets, 'LSM', 'TRACING')).toEqual([['LSM,TRACING', 'KF_RCU', '']]);
  });

  it('are those of its own set for a type that the release gives no hook', () => {
    expect(read([set('a', ['KF_RCU'], ['XDP'])], 'XDP')).toEqual([['XDP', 'KF_RCU']]);
  });

  it('are not those of an attach point', () => {
    const sets = [set('a', ['KF_SLEEPABLE'], [], 'attach-point'), set('b', [], ['SYSCALL'])];
    expect(read(sets, 'SYSCALL')).toEqual([['SYSCALL', '']]);
    expect(setsDiffer({ sets })).toBe(false);
  });

  it('are none where nothing registers it', () => {
    expect(read([set('a', ['KF_RCU'], [])])).toEqual([]);
  });
});

it('sets differ when their flags do, not when their programs do', () => {
  const a = set('a', ['KF_RCU'], ['TRACING']);
  expect(setsDiffer({ sets: [a, set('b', ['KF_RCU'], ['SYSCALL'])] })).toBe(false);
  expect(setsDiffer({ sets: [a, set('b', [], ['SYSCALL'])] })).toBe(true);
});

it('the set of the common hook comes first', () => {
  const sets = [set('a', [], ['TRACING']), set('b', [], ['UNSPEC'])];
  expect(callableSets({ sets }).map((s) => s.name)).toEqual(['b', 'a']);
});
