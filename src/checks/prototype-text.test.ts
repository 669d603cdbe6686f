import { expect, test } from 'vitest';
import { prototypeText } from './prototype-text.ts';
import { findings } from './testing.ts';

test('finds a prototype of another function', () => {
  const found = findings(prototypeText, ({ state }) => {
    state('bpf_lamp_put').prototype!.kernel = 'void lamp_put(struct lamp *lamp)';
  });
  expect(found).toEqual([
    'bpf_lamp_put@v6.12: has a kernel prototype that does not begin with void bpf_lamp_put(',
  ]);
});

test('finds more and fewer parameters than are recorded', () => {
  const found = findings(prototypeText, ({ state }) => {
    state('bpf_lamp_put').prototype!.bpf = 'void bpf_lamp_put(void)';
    state('bpf_lamp_get').prototype!.kernel =
      'struct lamp *bpf_lamp_get(struct lamp_box *box, u32 nr, int (*less)(int, int))';
  });
  expect(found).toEqual([
    'bpf_lamp_get@v6.12: has a kernel prototype with 3 parameters, recorded are 2',
    'bpf_lamp_put@v6.12: has a bpf prototype with 0 parameters, recorded are 1',
  ]);
});

test('finds a parameter of another type', () => {
  const found = findings(prototypeText, ({ state }) => {
    state('bpf_lamp_get').prototype!.bpf =
      'struct lamp *bpf_lamp_get(struct lamp_box *box, u64 nr)';
  });
  expect(found).toEqual([
    'bpf_lamp_get@v6.12: has a bpf prototype with u64 nr, recorded is u32 nr',
  ]);
});

test('finds marks for sparse in what a program declares, and what is no prototype', () => {
  const found = findings(prototypeText, ({ state }) => {
    const put = state('bpf_lamp_put').prototype!;
    put.bpf = 'void bpf_lamp_put(struct lamp __rcu *lamp)';
    state('bpf_lamp_old').prototype!.kernel =
      'int bpf_lamp_old(struct lamp *lamp __attribute__((unused)))';
  });
  expect(found).toEqual([
    'bpf_lamp_old@v6.12: has a kernel prototype with more than a prototype: int bpf_lamp_old(struct lamp *lamp __attribute__((unused)))',
    'bpf_lamp_put@v6.12: has a BPF prototype with marks for sparse: void bpf_lamp_put(struct lamp __rcu *lamp)',
  ]);
});

test('takes a parameter of function type, an array and marks in the kernel\u2019s own', () => {
  const found = findings(prototypeText, ({ state }) => {
    const get = state('bpf_lamp_get').prototype!;
    get.params = [
      { name: 'less', type: 'int (*)(int, int)', suffix: null, implicit: false },
      { name: 'name', type: 'const char __user *', suffix: null, implicit: false },
      { name: 'b', type: 'u8 [4]', suffix: null, implicit: false },
    ];
    get.kernel =
      'struct lamp *bpf_lamp_get(int (*less)(int, int), const char __user *name, u8 b[4])';
    get.bpf = 'struct lamp *bpf_lamp_get(int (*less)(int, int), const char *name, u8 b[4])';
  });
  expect(found).toEqual([]);
});
