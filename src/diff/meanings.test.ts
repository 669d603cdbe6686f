import { describe, expect, test } from 'vitest';
import { state } from '../data/test-dataset.ts';
import type { TreeEvent } from '../data/schema/index.ts';
import { meaningOfEvent } from './meanings.ts';
import { RULES } from './severity.ts';
import { rules, told } from './testing.ts';

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
