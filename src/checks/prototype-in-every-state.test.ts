import { expect, test } from 'vitest';
import { prototypeInEveryState } from './prototype-in-every-state.ts';
import { findings } from './testing.ts';

test('finds a state whose definition was not found', () => {
  const found = findings(prototypeInEveryState, ({ state }) => {
    state('bpf_lamp_get').prototype = null;
    state('bpf_lamp_get').definitions = [];
  });
  expect(found).toEqual(['bpf_lamp_get@v6.12: has no prototype']);
});

test('finds a definition that gave no prototype', () => {
  const found = findings(prototypeInEveryState, ({ state }) => {
    state('bpf_lamp_put').prototype = null;
  });
  expect(found).toEqual([
    'bpf_lamp_put@v6.12: has no prototype',
    'bpf_lamp_put@v6.12: has 1 definitions and no prototype',
  ]);
});
