import { expect, test } from 'vitest';
import { parameterNames } from './parameter-names.ts';
import { findings } from './testing.ts';

test('finds two parameters of one name', () => {
  const found = findings(parameterNames, ({ state }) => {
    state('bpf_lamp_get').prototype!.params[0]!.name = 'nr';
  });
  expect(found).toEqual(['bpf_lamp_get@v6.12: has two parameters nr']);
});

test('finds a parameter without a name, and one without a type', () => {
  const found = findings(parameterNames, ({ state }) => {
    const { params } = state('bpf_lamp_get').prototype!;
    params[0]!.name = '';
    params[1]!.type = '';
  });
  expect(found).toEqual([
    'bpf_lamp_get@v6.12: has parameter 1 called ""',
    'bpf_lamp_get@v6.12: has the parameter nr without a type',
  ]);
});

test('takes the dots at the end', () => {
  const found = findings(parameterNames, ({ state }) => {
    state('bpf_lamp_get').prototype!.params.push({
      name: '',
      type: '...',
      suffix: null,
      implicit: false,
    });
  });
  expect(found).toEqual([]);
});
