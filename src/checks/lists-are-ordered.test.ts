import { expect, test } from 'vitest';
import { listsAreOrdered } from './lists-are-ordered.ts';
import { findings } from './testing.ts';

test('finds kfuncs and keys out of order', () => {
  const found = findings(listsAreOrdered, ({ dataset, file }) => {
    dataset.kfuncs.reverse();
    file('v7.0').filters = {
      z: file('v7.0').filters.lamp_filter!,
      a: file('v7.0').filters.lamp_filter!,
    };
  });
  expect(found).toEqual([
    'bpf_lamp_old: stands twice or out of order',
    'a@v7.0: stands out of order in filters',
  ]);
});

test('finds flags, sets and program types out of order', () => {
  const found = findings(listsAreOrdered, ({ state }) => {
    state('bpf_lamp_get', 1).flags.reverse();
    state('bpf_lamp_put', 1).sets[1]!.file = 'fs/lamp.c';
    state('bpf_lamp_put', 1).programTypes.reverse();
  });
  expect(found).toEqual([
    'bpf_lamp_get@v7.0: has its flags in the order KF_RET_NULL, KF_ACQUIRE',
    'bpf_lamp_put@v6.13: has its sets in the order kernel/lamp.c, fs/lamp.c',
    'bpf_lamp_put@v6.13: has BPF_PROG_TYPE_PERF_EVENT twice or out of order',
    'bpf_lamp_put@v7.0: has its sets in the order kernel/lamp.c, fs/lamp.c',
    'bpf_lamp_put@v7.0: has BPF_PROG_TYPE_PERF_EVENT twice or out of order',
    'bpf_lamp_put@garden: has its sets in the order kernel/lamp.c, fs/lamp.c',
    'bpf_lamp_put@garden: has BPF_PROG_TYPE_PERF_EVENT twice or out of order',
  ]);
});

test('finds an architecture twice', () => {
  const found = findings(listsAreOrdered, ({ state }) => {
    state('bpf_lamp_get', 1).arch = ['s390', 's390'];
  });
  expect(found).toEqual(['bpf_lamp_get@v7.0: has s390 twice or out of order']);
});
