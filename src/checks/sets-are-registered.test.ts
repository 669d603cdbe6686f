import { expect, test } from 'vitest';
import { setsAreRegistered } from './sets-are-registered.ts';
import { findings } from './testing.ts';

test('finds a set that nothing registers', () => {
  const found = findings(setsAreRegistered, ({ state }) => {
    state('bpf_lamp_get').sets[0]!.registrations = [];
  });
  expect(found).toEqual([
    'bpf_lamp_get@v6.12: is in lamp_ids of kernel/lamp.c, which nothing registers',
  ]);
});

test('finds a kfunc without a set', () => {
  const found = findings(setsAreRegistered, ({ state }) => {
    state('bpf_lamp_get').sets = [];
  });
  expect(found).toEqual(['bpf_lamp_get@v6.12: is in no set']);
});

test('finds a destructor that is registered for programs', () => {
  const found = findings(setsAreRegistered, ({ state }) => {
    const [callable, destructor] = state('bpf_lamp_put').sets;
    destructor!.registrations = callable!.registrations;
  });
  expect(found).toEqual([
    'bpf_lamp_put@v6.12: is in lamp_dtors of kernel/lamp.c, registered for programs in the role destructor',
  ]);
});

test('finds one registration told twice', () => {
  const found = findings(setsAreRegistered, ({ state }) => {
    const { registrations } = state('bpf_lamp_get').sets[0]!;
    registrations.push(registrations[0]!);
  });
  expect(found).toEqual([
    'bpf_lamp_get@v6.12: is in lamp_ids, registered twice for BPF_PROG_TYPE_XDP',
  ]);
});
