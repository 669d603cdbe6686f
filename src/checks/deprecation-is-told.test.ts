import { expect, test } from 'vitest';
import { deprecationIsTold } from './deprecation-is-told.ts';
import { findings } from './testing.ts';

test('finds promises of releases that will never be', () => {
  const found = findings(deprecationIsTold, ({ state }) => {
    state('bpf_lamp_old', 1).deprecation[0]!.promised = 'v6.23';
    state('bpf_lamp_old', 1).deprecation[1]!.promised = 'soon';
  });
  expect(found).toEqual([
    'bpf_lamp_old@v7.0: is promised to go in v6.23, which is no release',
    'bpf_lamp_old@v7.0: is promised to go in soon, which is no release',
  ]);
});

test('finds words that are not there, and words of a wrapper', () => {
  const found = findings(deprecationIsTold, ({ state }) => {
    const [comment, wrapper] = state('bpf_lamp_old', 1).deprecation;
    wrapper!.hash = comment!.hash;
    comment!.hash = null;
  });
  expect(found).toEqual([
    'bpf_lamp_old@v7.0: has evidence of the kind comment without words',
    'bpf_lamp_old@v7.0: has evidence of the kind wrapper with words',
  ]);
});

test('finds one that points to itself, and one that points to a kfunc that is gone', () => {
  const found = findings(deprecationIsTold, ({ state }) => {
    const [comment, wrapper] = state('bpf_lamp_old', 1).deprecation;
    comment!.instead = 'bpf_lamp_old';
    wrapper!.instead = 'bpf_lamp_dim_impl';
  });
  expect(found).toEqual([
    'bpf_lamp_old@v7.0: points to bpf_lamp_old, which is no other kfunc of the release',
    'bpf_lamp_old@v7.0: points to bpf_lamp_dim_impl, which is no other kfunc of the release',
  ]);
});
