import { expect, test } from 'vitest';
import { statusIsOfNewest } from './status-is-of-newest.ts';
import { findings } from './testing.ts';

test('finds each status that is another', () => {
  const found = findings(statusIsOfNewest, ({ record }) => {
    record('bpf_lamp_get').status = 'removed';
    record('bpf_lamp_old').status = 'active';
    record('bpf_lamp_dim_impl').status = 'active';
  });
  expect(found).toEqual([
    'bpf_lamp_dim_impl@v7.0: is removed, its status active',
    'bpf_lamp_get@v7.0: is active, its status removed',
    'bpf_lamp_old@v7.0: is deprecated, its status active',
  ]);
});

test('does not ask a preview', () => {
  const found = findings(statusIsOfNewest, ({ dataset, record }) => {
    dataset.releases[2]!.preview = true;
    record('bpf_lamp_dim_impl').status = 'active';
    record('bpf_lamp_old').status = 'active';
    record('bpf_lamp_dim').status = 'active';
  });
  expect(found).toEqual([]);
});
