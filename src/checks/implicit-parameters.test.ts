import { expect, test } from 'vitest';
import { implicitParameters } from './implicit-parameters.ts';
import { findings } from './testing.ts';

test('finds an implicit parameter without the flag', () => {
  const found = findings(implicitParameters, ({ state }) => {
    state('bpf_lamp_get').prototype!.params[1]!.implicit = true;
  });
  expect(found).toEqual([
    'bpf_lamp_get@v6.12: has the implicit parameters nr, expected none',
    'bpf_lamp_get@v6.13: has the implicit parameters nr, expected none',
  ]);
});

test('finds a cut that was not made, and one after the first', () => {
  const found = findings(implicitParameters, ({ state }) => {
    const { params } = state('bpf_lamp_dim').prototype!;
    params[2]!.implicit = false;
    params.push({ ...params[2]!, name: 'more', implicit: true });
  });
  expect(found).toEqual([
    'bpf_lamp_dim@v7.0: has the implicit parameters more, expected aux, more',
  ]);
});

test('finds the flag without a parameter for it', () => {
  const found = findings(implicitParameters, ({ state }) => {
    const dim = state('bpf_lamp_dim').prototype!;
    dim.params.pop();
  });
  expect(found).toEqual(['bpf_lamp_dim@v7.0: has KF_IMPLICIT_ARGS and no parameter that is one']);
});
