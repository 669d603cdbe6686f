import { expect, test } from 'vitest';
import { hooksOfRelease } from './hooks-of-release.ts';
import { findings } from './testing.ts';

test('finds a release without hooks', () => {
  const found = findings(hooksOfRelease, ({ file }) => {
    file('v7.0').hooks = [];
  });
  expect(found).toEqual(['hooks@v7.0: has 0 of them']);
});

test('finds hooks before 5.18', () => {
  const found = findings(hooksOfRelease, ({ dataset }) => {
    dataset.releases[0]!.tag = 'v5.17';
  });
  expect(found).toEqual(['hooks@v6.12: has 3 of them']);
});

test('finds a hook twice, and a type with two', () => {
  const found = findings(hooksOfRelease, ({ file }) => {
    const { hooks } = file('v7.0');
    hooks.push(hooks[0]!);
  });
  expect(found).toEqual([
    'BTF_KFUNC_HOOK_COMMON@v7.0: is there twice',
    'BPF_PROG_TYPE_UNSPEC@v7.0: has two hooks',
  ]);
});

test('finds what is no hook, and one without types', () => {
  const found = findings(hooksOfRelease, ({ file }) => {
    const { hooks } = file('v7.0');
    hooks[0]!.hook = 'HOOK';
    hooks[1]!.programTypes = [];
    hooks[2]!.programTypes = ['XDP'];
  });
  expect(found).toEqual([
    'HOOK@v7.0: is no name of a hook',
    'BTF_KFUNC_HOOK_XDP@v7.0: has no program type',
    'BTF_KFUNC_HOOK_TRACING@v7.0: has XDP, which is no program type',
  ]);
});
