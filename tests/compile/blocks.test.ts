import { expect, test } from 'vitest';
import { blocksBelow, blocksOf } from './blocks.ts';

test('reads which kernels a block is for', () => {
  const { blocks, problems } = blocksOf('a.md', 'Words.\n\n```c kernel=6.12,7.3\nint a;\n```\n');
  expect(problems).toEqual([]);
  expect(blocks).toEqual([{ file: 'a.md', line: 3, kernels: ['v6.12', 'v7.3'], code: 'int a;\n' }]);
});

test('reads code of the kernel as written for no header', () => {
  const { blocks } = blocksOf('a.md', '```c in-kernel\nint a;\n\nint b;\n```');
  expect(blocks).toEqual([{ file: 'a.md', line: 1, kernels: [], code: 'int a;\n\nint b;\n' }]);
});

test.each([
  ['```c\nint a;\n```', 'a.md:1: say kernel=X.Y or in-kernel after c, not ""'],
  [
    '\n```c kernel=v7.3\nint a;\n```',
    'a.md:2: say kernel=X.Y or in-kernel after c, not "kernel=v7.3"',
  ],
  ['```c kernel=7.3\nint a;\n', 'a.md:1: the block does not end'],
])('says what is wrong with %j', (text, problem) => {
  expect(blocksOf('a.md', text)).toEqual({ blocks: [], problems: [problem] });
});

test('does not take a block of another language', () => {
  expect(blocksOf('a.md', '```sh\nclang -c a.c\n```')).toEqual({ blocks: [], problems: [] });
});

test('every block of C in content/ says what it is for', () => {
  const { blocks, problems } = blocksBelow('content');
  expect(problems).toEqual([]);
  expect(blocks.length).toBeGreaterThan(10);
});
