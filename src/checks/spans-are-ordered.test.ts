import { expect, test } from 'vitest';
import { spansAreOrdered } from './spans-are-ordered.ts';
import { findings } from './testing.ts';

test('finds a span that begins after another release than the one before', () => {
  const found = findings(spansAreOrdered, ({ line }) => {
    line('bpf_lamp_dim').spans[0]!.after = 'v6.12';
  });
  expect(found).toEqual(['bpf_lamp_dim@v7.0: came after v6.12, but v6.13 is right before v7.0']);
});

test('finds a span that is not gone right after its last release', () => {
  const found = findings(spansAreOrdered, ({ line }) => {
    line('bpf_lamp_dim_impl').spans[0]!.last = 'v6.12';
  });
  expect(found).toEqual([
    'bpf_lamp_dim_impl@v6.12: is last in v6.12 and gone in v7.0, but v6.13 follows',
  ]);
});

test('finds spans that touch', () => {
  const found = findings(spansAreOrdered, ({ line }) => {
    line('bpf_lamp_get').spans = [
      { first: 'v6.12', after: null, last: 'v6.12', goneIn: 'v6.13' },
      { first: 'v6.13', after: 'v6.12', last: null, goneIn: null },
    ];
  });
  expect(found).toEqual(['bpf_lamp_get@v6.13: has a span that touches the one before it']);
});

test('finds a span that ends before it begins', () => {
  const found = findings(spansAreOrdered, ({ line }) => {
    line('bpf_lamp_dim').spans[0]!.last = 'v6.12';
  });
  expect(found).toEqual(['bpf_lamp_dim@v7.0: has a span to v6.12, which is none of mainline']);
});

test('finds a span of a tree whose base has the kfunc, told as after that', () => {
  const found = findings(spansAreOrdered, ({ line }) => {
    line('bpf_lamp_get', 'garden').spans[0]!.after = 'v6.13';
  });
  expect(found).toEqual([
    'bpf_lamp_get@garden: came after v6.13, but nothing is right before garden',
  ]);
});
