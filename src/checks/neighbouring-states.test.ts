import { expect, test } from 'vitest';
import { neighbouringStates } from './neighbouring-states.ts';
import { findings } from './testing.ts';

test('finds a state told anew', () => {
  const found = findings(neighbouringStates, ({ line, state }) => {
    line('bpf_lamp_get').states[1] = { ...state('bpf_lamp_get'), from: 'v7.0', to: null };
  });
  expect(found).toEqual(['bpf_lamp_get@v7.0: has the same state as in v6.13, told anew']);
});

test('does not mind the same state after a gap', () => {
  const found = findings(neighbouringStates, ({ line, state }) => {
    const get = line('bpf_lamp_get');
    get.states = [
      { ...state('bpf_lamp_get'), to: 'v6.12' },
      { ...state('bpf_lamp_get'), from: 'v7.0', to: null },
    ];
  });
  expect(found).toEqual([]);
});
