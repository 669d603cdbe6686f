import { expect, test } from 'vitest';
import { archAgreesWithDefinitions } from './arch-agrees-with-definitions.ts';
import { findings } from './testing.ts';

test('finds architectures of a kfunc that is defined for all', () => {
  const found = findings(archAgreesWithDefinitions, ({ state }) => {
    state('bpf_lamp_get').arch = ['s390'];
  });
  expect(found).toEqual(['bpf_lamp_get@v6.12: is of s390, its definitions of all']);
});

test('finds a kfunc for all that is defined for one', () => {
  const found = findings(archAgreesWithDefinitions, ({ state }) => {
    state('bpf_lamp_get').definitions[0]!.file = 'arch/s390/lamp.c';
  });
  expect(found).toEqual(['bpf_lamp_get@v6.12: is of all, its definitions of s390']);
});
