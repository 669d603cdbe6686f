import { expect, test } from 'vitest';
import { plainParameter, plainType } from './spelling.ts';

test.each([
  ['unsigned long', 'long unsigned int'],
  ['unsigned', 'unsigned int'],
  ['long long', 'long long int'],
  ['const short *', 'const short int *'],
  ['u64 *', 'u64*'],
  ['const char __user *', 'const char *'],
  ['void __attribute__((address_space(1))) *', 'void *'],
  ['_Bool', 'bool'],
])('takes %s of the source for %s of a built kernel', (source, built) => {
  expect(plainType(source)).toBe(plainType(built));
});

test.each([
  ['bool (struct node *a, const struct node *b)', 'bool (*)(struct node *, const struct node *)'],
  ['int (*)(void *map, int *key, void *value)', 'int (*)(void *, int *, void *)'],
  ['void (*)(u32, unsigned long flags)', 'void (*)(u32, long unsigned int)'],
  ['int (*)(const u32 n, struct a)', 'int (*)(const u32, struct a)'],
  ['int (*)(int (*cb)(void *ctx), void *ctx)', 'int (*)(int (*)(void *), void *)'],
  ['u8 [16]', 'u8 *'],
])('takes the parameter %s for %s', (source, built) => {
  expect(plainParameter(source)).toBe(plainParameter(built));
});

test.each([
  ['unsigned int', 'int'],
  ['u32', 'u64'],
  ['const void *', 'void *'],
  ['struct a *', 'struct a **'],
  ['struct a *', 'struct b *'],
  ['unsigned char', 'char'],
  ['int (*)(void *)', 'int (*)(void *, int *)'],
  ['int (*)(u32 a)', 'int (*)(u64)'],
])('does not take %s for %s', (source, built) => {
  expect(plainParameter(source)).not.toBe(plainParameter(built));
});
