import { expect, test } from 'vitest';
import { change, datasetOf, entry, kfunc, state } from '../data/test-dataset.ts';
import { differenceOf } from './difference.ts';

const releases = [entry('v7.0'), entry('v7.1'), entry('v7.2')];

/** bpf_lamp_get became …_take in v7.1 and …_acquire in v7.2; bpf_lamp_dim came, bpf_lamp_off went. */
const dataset = datasetOf(releases, [
  kfunc(
    {
      states: [state('v7.0', 'v7.0')],
      changes: [
        change('v7.1', 'renamed', { was: ['bpf_lamp_get'], now: ['bpf_lamp_take'] }),
        change('v7.1', 'removed'),
      ],
    },
    { name: 'bpf_lamp_get' },
  ),
  kfunc(
    {
      states: [state('v7.1', 'v7.1')],
      changes: [
        change('v7.1', 'renamed', { was: ['bpf_lamp_get'], now: ['bpf_lamp_take'] }),
        change('v7.2', 'renamed', { was: ['bpf_lamp_take'], now: ['bpf_lamp_acquire'] }),
      ],
    },
    { name: 'bpf_lamp_take' },
  ),
  kfunc(
    {
      states: [state('v7.2', null, { flags: ['KF_ACQUIRE', 'KF_RET_NULL'] })],
      changes: [change('v7.2', 'renamed', { was: ['bpf_lamp_take'], now: ['bpf_lamp_acquire'] })],
    },
    { name: 'bpf_lamp_acquire' },
  ),
  kfunc({ states: [state('v7.2', null)] }, { name: 'bpf_lamp_dim' }),
  kfunc({ states: [state('v7.0', 'v7.1')] }, { name: 'bpf_lamp_off' }),
  kfunc({ states: [state('v7.0', null)] }, { name: 'bpf_lamp_on' }),
]);

function told(from: string, to: string) {
  return differenceOf(dataset, from, to).kfuncs.map(({ name, fate, from: old, changes }) => ({
    name,
    fate,
    from: old,
    kinds: changes.map(({ kind }) => kind),
  }));
}

test('follows a renaming through several steps, and tells what else changed on the way', () => {
  expect(told('v7.0', 'v7.2')).toEqual([
    { name: 'bpf_lamp_off', fate: 'removed', from: null, kinds: ['removed'] },
    {
      name: 'bpf_lamp_acquire',
      fate: 'renamed',
      from: 'bpf_lamp_get',
      kinds: ['renamed', 'flags'],
    },
    { name: 'bpf_lamp_dim', fate: 'added', from: null, kinds: ['added'] },
  ]);
});

test('tells a renaming by its nearer name between releases that lie closer', () => {
  expect(told('v7.0', 'v7.1').map(({ name, from }) => [name, from])).toEqual([
    ['bpf_lamp_take', 'bpf_lamp_get'],
  ]);
});

test('has nothing to tell of a release and itself', () => {
  expect(differenceOf(dataset, 'v7.1', 'v7.1')).toMatchObject({ kfuncs: [], events: [] });
});

test('does not take the new name for a change of the prototype', () => {
  const named = (name: string, params: string) => ({
    prototype: {
      kernel: `void ${name}(${params})`,
      bpf: `void ${name}(${params})`,
      returns: 'void',
      params: [],
    },
  });
  const renaming = change('v7.1', 'renamed', { was: ['bpf_dim'], now: ['bpf_dim_lamp'] });
  const kindsFrom = (params: string) =>
    differenceOf(
      datasetOf(releases, [
        kfunc(
          { states: [state('v7.0', 'v7.0', named('bpf_dim', params))], changes: [renaming] },
          { name: 'bpf_dim' },
        ),
        kfunc(
          { states: [state('v7.1', null, named('bpf_dim_lamp', 'u32 nr'))], changes: [renaming] },
          { name: 'bpf_dim_lamp' },
        ),
      ]),
      'v7.0',
      'v7.1',
    ).kfuncs.flatMap(({ changes }) => changes.map(({ kind }) => kind));
  expect(kindsFrom('u32 nr')).toEqual(['renamed']);
  expect(kindsFrom('u64 nr')).toEqual(['renamed', 'prototype']);
});

test('names those that the end of KF_TRUSTED_ARGS meets: what took a pointer, and takes one', () => {
  const takes = (...types: string[]) => ({
    flags: [],
    prototype: {
      kernel: 'void f()',
      bpf: 'void f()',
      returns: 'void',
      params: types.map((type) => ({ name: 'x', type, suffix: null, implicit: false })),
    },
  });
  const through = (name: string, was: string[], now: string[]) =>
    kfunc(
      { states: [state('v7.0', 'v7.0', takes(...was)), state('v7.1', null, takes(...now))] },
      { name },
    );
  const ending = datasetOf(releases, [
    through('bpf_lamp_both', ['struct lamp *'], ['struct lamp *']),
    through('bpf_lamp_gained', [], ['void *']),
    through('bpf_lamp_lost', ['struct lamp *'], ['u32']),
    through('bpf_lamp_never', ['u32'], ['u32']),
  ]);
  const [first] = ending.releaseFiles;
  const known = {
    name: 'KF_TRUSTED_ARGS',
    bit: 4,
    meaning: null,
    file: 'include/linux/btf.h',
    line: 7,
  };
  first!.flags = [known];
  expect(differenceOf(ending, 'v7.0', 'v7.1').events).toMatchObject([
    { event: { kind: 'trusted-by-default', stricter: ['bpf_lamp_both'] }, severity: 'may-break' },
  ]);
});
