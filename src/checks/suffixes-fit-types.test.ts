import { expect, test } from 'vitest';
import { suffixesFitTypes } from './suffixes-fit-types.ts';
import { findings } from './testing.ts';

test('finds a size that is a pointer, and one of nothing', () => {
  const found = findings(suffixesFitTypes, ({ state }) => {
    const { params } = state('bpf_iter_lamp_new').prototype!;
    params[2]!.type = 'u32 *';
    state('bpf_lamp_get').prototype!.params[0]!.suffix = '__sz';
  });
  expect(found).toEqual([
    'bpf_iter_lamp_new@v6.12: has the parameter buf__sz of the type u32 * after void *',
    'bpf_lamp_get@v6.12: has the parameter box of the type struct lamp_box * after nothing',
  ]);
});

test('finds a string that could be written to', () => {
  const found = findings(suffixesFitTypes, ({ state }) => {
    const [, by] = state('bpf_lamp_dim').prototype!.params;
    by!.suffix = '__str';
    by!.type = 'char *';
  });
  expect(found).toEqual([
    'bpf_lamp_dim@v7.0: has the parameter by__k of the type char * after struct lamp *',
  ]);
});
