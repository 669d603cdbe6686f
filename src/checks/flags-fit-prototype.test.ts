import { expect, test } from 'vitest';
import { flagsFitPrototype } from './flags-fit-prototype.ts';
import { findings } from './testing.ts';

test('finds an iterator that is named otherwise', () => {
  const found = findings(flagsFitPrototype, ({ state }) => {
    state('bpf_iter_lamp_new').flags = ['KF_ITER_NEXT'];
  });
  expect(found).toEqual([
    'bpf_iter_lamp_new@v6.12: has KF_ITER_NEXT and takes struct bpf_iter_lamp *, which its name does not say',
    'bpf_iter_lamp_new@v6.12: has KF_ITER_NEXT and 3 parameters',
    'bpf_iter_lamp_new@v6.12: has KF_ITER_NEXT and returns int',
  ]);
});

test('finds an iterator that returns something else', () => {
  const found = findings(flagsFitPrototype, ({ state }) => {
    const iterator = state('bpf_iter_lamp_new');
    iterator.flags = ['KF_ITER_DESTROY', 'KF_ITER_NEW'];
  });
  expect(found).toEqual([
    'bpf_iter_lamp_new@v6.12: has KF_ITER_DESTROY and KF_ITER_NEW',
    'bpf_iter_lamp_new@v6.12: has KF_ITER_DESTROY and takes struct bpf_iter_lamp *, which its name does not say',
    'bpf_iter_lamp_new@v6.12: has KF_ITER_DESTROY and 3 parameters',
    'bpf_iter_lamp_new@v6.12: has KF_ITER_DESTROY and returns int',
  ]);
});

test('finds one that acquires no pointer', () => {
  const found = findings(flagsFitPrototype, ({ state }) => {
    state('bpf_lamp_get').prototype!.returns = 'int';
  });
  expect(found).toEqual([
    'bpf_lamp_get@v6.12: has KF_ACQUIRE and returns int',
    'bpf_lamp_get@v6.12: has KF_RET_NULL and returns int',
  ]);
});

test('finds one that has nothing to release', () => {
  const found = findings(flagsFitPrototype, ({ state }) => {
    state('bpf_lamp_put').prototype!.params = [];
  });
  expect(found).toEqual(['bpf_lamp_put@v6.12: has KF_RELEASE and no parameter to release']);
});
