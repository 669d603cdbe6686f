import { expect, test } from 'vitest';
import { state } from '../data/test-dataset.ts';
import { stateComparer } from './compare-states.ts';

const types = ['BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_TRACING'];
const set = { name: 'lamp_ids', file: 'lamp.c', role: 'kfunc' as const, flags: [] };
const registration = { programType: types[1]!, filter: 'lamp_filter', condition: null };
const plain = state('v7.0', 'v7.0', { programTypes: types });
const filtered = state('v7.1', null, {
  programTypes: types,
  sets: [{ ...set, registrations: [registration] }],
});
const apart = types.map((type) => ({ hook: type, programTypes: [type] }));
const shared = [{ hook: 'BTF_KFUNC_HOOK_TRACING', programTypes: types }];

test('compares two states once in releases whose hooks say the same', () => {
  const compare = stateComparer();
  const first = compare(plain, apart, filtered, apart);
  expect(compare(plain, structuredClone(apart), filtered, structuredClone(apart))).toBe(first);
});

test('does not take what two states are under other hooks for what they are', () => {
  const compare = stateComparer();
  const typesUnder = (hooks: typeof apart) =>
    compare(plain, hooks, filtered, hooks).find(({ kind }) => kind === 'programTypes')?.now;
  expect(typesUnder(apart)).toEqual([types[0], `${types[1]!} (filtered by lamp_filter)`]);
  expect(typesUnder(shared)).toEqual(types.map((type) => `${type} (filtered by lamp_filter)`));
});

test('does not take one direction for the other', () => {
  const compare = stateComparer();
  const [there] = compare(plain, apart, filtered, apart);
  const [back] = compare(filtered, apart, plain, apart);
  expect([there?.was, there?.now]).toEqual([back?.now, back?.was]);
});
