import { expect, test } from 'vitest';
import { rolesAgreeWithSets } from './roles-agree-with-sets.ts';
import { findings } from './testing.ts';

test('finds a role that no set gives', () => {
  const found = findings(rolesAgreeWithSets, ({ state }) => {
    state('bpf_lamp_get').roles = ['test', 'kfunc'];
  });
  expect(found).toEqual(['bpf_lamp_get@v6.12: has the roles test, kfunc, its sets kfunc']);
});

test('finds a set told twice', () => {
  const found = findings(rolesAgreeWithSets, ({ state }) => {
    const { sets } = state('bpf_lamp_get');
    sets.push(sets[0]!);
  });
  expect(found).toEqual(['bpf_lamp_get@v6.12: is twice in lamp_ids of kernel/lamp.c (kfunc)']);
});

test('finds a kfunc of the selftests that is not told as one', () => {
  const found = findings(rolesAgreeWithSets, ({ state }) => {
    state('bpf_lamp_get').sets[0]!.file = 'tools/testing/lamp.c';
  });
  expect(found).toEqual([
    "bpf_lamp_get@v6.12: is a kfunc by lamp_ids of tools/testing/lamp.c, a test's",
  ]);
});
