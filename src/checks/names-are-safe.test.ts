import { expect, test } from 'vitest';
import { namesAreSafe } from './names-are-safe.ts';
import { findings } from './testing.ts';

test('finds names that are no files, and two that are one', () => {
  const found = findings(namesAreSafe, ({ dataset, record }) => {
    dataset.releases[0]!.id = '../v6.12';
    record('bpf_lamp_get').name = '__proto__';
    record('bpf_lamp_put').name = 'BPF_LAMP_DIM';
  });
  expect(found).toEqual([
    '__proto__: is no name of a file',
    '../v6.12: is no name of a file',
    'BPF_LAMP_DIM: differs from bpf_lamp_dim only in capital letters',
  ]);
});
