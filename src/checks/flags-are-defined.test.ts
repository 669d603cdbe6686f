import { expect, test } from 'vitest';
import { flagsAreDefined } from './flags-are-defined.ts';
import { findings } from './testing.ts';

test('finds a flag of a later release', () => {
  const found = findings(flagsAreDefined, ({ state }) => {
    state('bpf_lamp_dim_impl').flags = ['KF_IMPLICIT_ARGS'];
  });
  expect(found).toEqual([
    'bpf_lamp_dim_impl@v6.12: has KF_IMPLICIT_ARGS, which the release does not define',
    'bpf_lamp_dim_impl@v6.13: has KF_IMPLICIT_ARGS, which the release does not define',
    'bpf_lamp_dim_impl@garden: has KF_IMPLICIT_ARGS, which the release does not define',
  ]);
});

test('finds a flag of one set alone', () => {
  const found = findings(flagsAreDefined, ({ state }) => {
    state('bpf_lamp_put').sets[1]!.flags = ['KF_DIM'];
  });
  expect(found).toEqual(['bpf_lamp_put@v6.12: has KF_DIM, which the release does not define']);
});
