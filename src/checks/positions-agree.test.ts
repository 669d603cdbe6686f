import { expect, test } from 'vitest';
import { positionsAgree } from './positions-agree.ts';
import { findings } from './testing.ts';

test('finds a definition and an entry in another file', () => {
  const found = findings(positionsAgree, ({ file }) => {
    file('v7.0').definitions.bpf_lamp_get![0]!.file = 'kernel/light.c';
    file('v7.0').entries.bpf_lamp_put!.pop();
  });
  expect(found).toEqual([
    'bpf_lamp_get@v7.0: has definitions at kernel/light.c, its state at kernel/lamp.c',
    'bpf_lamp_put@v7.0: has entries at lamp_ids of kernel/lamp.c, its state at lamp_ids of kernel/lamp.c, lamp_dtors of kernel/lamp.c',
  ]);
});

test('finds words of deprecation without a place', () => {
  const found = findings(positionsAgree, ({ file }) => {
    file('v7.0').deprecations = {};
  });
  expect(found).toEqual([
    'bpf_lamp_old@v7.0: has deprecations at none, its state at kernel/lamp.c, kernel/lamp.c',
  ]);
});

test('finds positions of a kfunc that is not there', () => {
  const found = findings(positionsAgree, ({ file }) => {
    const { definitions, examples, users } = file('v6.12');
    definitions.bpf_lamp_dim = definitions.bpf_lamp_get!;
    examples.bpf_lamp_dim = examples.bpf_lamp_get!;
    users.bpf_lamp_dim = ['tools/lamp.bpf.c'];
  });
  expect(found).toEqual([
    'bpf_lamp_dim@v6.12: has definitions, but is not there',
    'bpf_lamp_dim@v6.12: has examples, but is not there',
    'bpf_lamp_dim@v6.12: has users, but is not there',
  ]);
});
