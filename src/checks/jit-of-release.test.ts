import { expect, test } from 'vitest';
import { jitOfRelease } from './jit-of-release.ts';
import { findings } from './testing.ts';

test('finds an architecture twice, and one in the folder of another', () => {
  const found = findings(jitOfRelease, ({ file }) => {
    const { jit } = file('v7.0');
    jit[1]!.arch = 'riscv';
  });
  expect(found).toEqual([
    'riscv@v7.0: is there twice',
    'riscv@v7.0: has its JIT in arch/x86/net/jit.c',
  ]);
});

test('finds kfuncs that nobody can call', () => {
  const found = findings(jitOfRelease, ({ file }) => {
    file('v7.0').jit = [];
  });
  expect(found).toEqual(['jit@v7.0: is of no architecture, yet there are kfuncs']);
});
