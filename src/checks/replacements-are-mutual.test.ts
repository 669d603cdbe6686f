import { expect, test } from 'vitest';
import { replacementsAreMutual } from './replacements-are-mutual.ts';
import { findings } from './testing.ts';

test('finds one that the other does not know of', () => {
  const found = findings(replacementsAreMutual, ({ record }) => {
    record('bpf_lamp_dim').replaces.pop();
  });
  expect(found).toEqual([
    'bpf_lamp_old@v7.0: is replaced by bpf_lamp_dim, which says nothing of it, or something else',
  ]);
});

test('finds other evidence on the other side, and evidence that is none', () => {
  const found = findings(replacementsAreMutual, ({ record }) => {
    record('bpf_lamp_dim').replaces[0]!.evidence = ['guess'];
  });
  expect(found).toEqual([
    'bpf_lamp_dim@v7.0: replaces bpf_lamp_dim_impl, which says nothing of it, or something else',
    'bpf_lamp_dim@v7.0: replaces bpf_lamp_dim_impl by the evidence guess',
    'bpf_lamp_dim_impl@v7.0: is replaced by bpf_lamp_dim, which says nothing of it, or something else',
  ]);
});

test('finds a kfunc that replaces itself, and one that is none', () => {
  const found = findings(replacementsAreMutual, ({ record }) => {
    const { replaces } = record('bpf_lamp_dim');
    replaces[0]!.name = 'bpf_lamp_dim';
    replaces[1]!.name = 'bpf_lamp';
  });
  expect(found).toEqual([
    'bpf_lamp_dim@v7.0: replaces bpf_lamp_dim, which is no other kfunc',
    'bpf_lamp_dim@v7.0: replaces bpf_lamp, which is no other kfunc',
    'bpf_lamp_dim_impl@v7.0: is replaced by bpf_lamp_dim, which says nothing of it, or something else',
    'bpf_lamp_old@v7.0: is replaced by bpf_lamp_dim, which says nothing of it, or something else',
  ]);
});

test('finds a release that has neither', () => {
  const found = findings(replacementsAreMutual, ({ record }) => {
    record('bpf_lamp_dim').replaces[0]!.release = 'v6.12';
    record('bpf_lamp_dim_impl').replacedBy[0]!.release = 'v6.12';
  });
  expect(found).toEqual([
    'bpf_lamp_dim@v6.12: replaces bpf_lamp_dim_impl in a release that has not got it',
  ]);
});

test('finds one told twice', () => {
  const found = findings(replacementsAreMutual, ({ record }) => {
    const { replaces } = record('bpf_lamp_dim');
    replaces.push(replaces[0]!);
  });
  expect(found).toEqual(['bpf_lamp_dim: tells of bpf_lamp_dim_impl twice (replaces)']);
});
