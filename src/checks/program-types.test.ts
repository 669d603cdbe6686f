import { expect, test } from 'vitest';
import { programTypes } from './program-types.ts';
import { findings } from './testing.ts';

test('finds types that are not those of the hook', () => {
  const found = findings(programTypes, ({ state }) => {
    state('bpf_lamp_put', 1).programTypes = ['BPF_PROG_TYPE_TRACING'];
  });
  expect(found).toEqual([
    'bpf_lamp_put@v6.13: has the program types BPF_PROG_TYPE_TRACING, its registrations give BPF_PROG_TYPE_LSM, BPF_PROG_TYPE_PERF_EVENT, BPF_PROG_TYPE_TRACING',
    'bpf_lamp_put@v7.0: has the program types BPF_PROG_TYPE_TRACING, its registrations give BPF_PROG_TYPE_LSM, BPF_PROG_TYPE_PERF_EVENT, BPF_PROG_TYPE_TRACING',
    'bpf_lamp_put@garden: has the program types BPF_PROG_TYPE_TRACING, its registrations give BPF_PROG_TYPE_LSM, BPF_PROG_TYPE_PERF_EVENT, BPF_PROG_TYPE_TRACING',
  ]);
});

test('finds another type beside the common hook', () => {
  const found = findings(programTypes, ({ state }) => {
    state('bpf_lamp_old').programTypes = ['*', 'BPF_PROG_TYPE_XDP'];
  });
  expect(found).toEqual([
    'bpf_lamp_old@v6.12: has the program types *, BPF_PROG_TYPE_XDP, its registrations give *',
    'bpf_lamp_old@v6.13: has the program types *, BPF_PROG_TYPE_XDP, its registrations give *',
    'bpf_lamp_old@garden: has the program types *, BPF_PROG_TYPE_XDP, its registrations give *',
  ]);
});

test('finds a type without a hook, and what is no type', () => {
  const found = findings(programTypes, ({ state }) => {
    const get = state('bpf_lamp_get', 1);
    const [first] = get.sets[0]!.registrations;
    get.sets[0]!.registrations = [
      { ...first!, programType: 'BPF_PROG_TYPE_LIGHT' },
      { ...first!, programType: 'XDP' },
    ];
    get.programTypes = ['BPF_PROG_TYPE_LIGHT', 'XDP'];
  });
  expect(found).toEqual([
    'bpf_lamp_get@v7.0: is registered for BPF_PROG_TYPE_LIGHT, which has no hook',
    'bpf_lamp_get@v7.0: is registered for XDP, which is no program type',
  ]);
});
