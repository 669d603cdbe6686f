import { expect, test } from 'vitest';
import { renamesAgree } from './renames-agree.ts';
import { findings } from './testing.ts';

test('finds a rename that one side does not tell', () => {
  const found = findings(renamesAgree, ({ line }) => {
    line('bpf_lamp_dim').changes.pop();
  });
  expect(found).toEqual([
    'bpf_lamp_dim_impl@v7.0: is told as renamed to bpf_lamp_dim, which tells no such change',
  ]);
});

test('finds a rename of others', () => {
  const found = findings(renamesAgree, ({ line }) => {
    line('bpf_lamp_dim').changes.at(-1)!.now = ['bpf_lamp'];
  });
  expect(found).toEqual([
    'bpf_lamp_dim@v7.0: is told as renamed from bpf_lamp_dim_impl to bpf_lamp',
  ]);
});

test('finds a rename by which nobody takes a place', () => {
  const found = findings(renamesAgree, ({ record }) => {
    record('bpf_lamp_dim').replaces = [];
  });
  expect(found).toEqual([
    'bpf_lamp_dim@v7.0: is told as renamed from bpf_lamp_dim_impl, which is not told to take its place',
  ]);
});
