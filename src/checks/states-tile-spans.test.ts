import { expect, test } from 'vitest';
import { statesTileSpans } from './states-tile-spans.ts';
import { findings } from './testing.ts';

test('finds a release without a state', () => {
  const found = findings(statesTileSpans, ({ state }) => {
    state('bpf_lamp_get').to = 'v6.12';
  });
  expect(found).toEqual(['bpf_lamp_get@v7.0: has spans over v6.13 where its states are of v7.0']);
});

test('finds a state outside the spans', () => {
  const found = findings(statesTileSpans, ({ line }) => {
    line('bpf_lamp_dim').spans = [];
  });
  expect(found).toEqual(['bpf_lamp_dim@v7.0: has spans over nothing where its states are of v7.0']);
});

test('finds states that overlap', () => {
  const found = findings(statesTileSpans, ({ state }) => {
    state('bpf_lamp_put', 1).from = 'v6.12';
  });
  expect(found).toEqual(['bpf_lamp_put@v6.12: has spans over v6.13 where its states are of v6.12']);
});

test('finds a state that covers nothing, and one that ends in the newest', () => {
  const found = findings(statesTileSpans, ({ state }) => {
    state('bpf_lamp_dim').to = 'v6.12';
    state('bpf_lamp_get', 1).to = 'v7.0';
  });
  expect(found).toEqual([
    'bpf_lamp_dim@v7.0: has spans over v7.0 where its states are of nothing',
    'bpf_lamp_dim@v7.0: has a state to v6.12, which covers nothing',
    'bpf_lamp_get@v7.0: has a state that ends in the newest',
  ]);
});
