import { expect, test } from 'vitest';
import { decidingSet } from './deciding-set.ts';
import { findings } from './testing.ts';

test('finds flags of another set than the first', () => {
  const found = findings(decidingSet, ({ state }) => {
    state('bpf_lamp_put').flags = [];
  });
  expect(found).toEqual(['bpf_lamp_put@v6.12: has the flags none, its set gives KF_RELEASE']);
});

test('asks the set of the common hook first', () => {
  const found = findings(decidingSet, ({ state }) => {
    const { sets } = state('bpf_lamp_old');
    sets.unshift({ ...sets[0]!, flags: ['KF_RELEASE'], registrations: [] });
  });
  expect(found).toEqual([]);
});

test('finds the flags of a set that the common hook overrules', () => {
  const found = findings(decidingSet, ({ state }) => {
    const old = state('bpf_lamp_old');
    old.flags = ['KF_RELEASE'];
    old.sets.unshift({ ...old.sets[0]!, flags: ['KF_RELEASE'], registrations: [] });
  });
  expect(found).toEqual(['bpf_lamp_old@v6.12: has the flags KF_RELEASE, its set gives none']);
});
