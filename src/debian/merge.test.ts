import { expect, test } from 'vitest';
import { mergeByPath } from './merge.ts';

async function* stream(paths: string, closed?: () => void) {
  await Promise.resolve();
  try {
    for (const path of paths) yield { path };
  } finally {
    closed?.();
  }
}

async function merged(...streams: string[]): Promise<string[]> {
  const groups: string[] = [];
  for await (const { path, entries } of mergeByPath(streams.map((paths) => stream(paths)))) {
    groups.push(path + entries.map((entry) => (entry === undefined ? '-' : '+')).join(''));
  }
  return groups;
}

test('brings the entries of one path together', async () => {
  expect(await merged('abd', 'acd')).toEqual(['a++', 'b+-', 'c-+', 'd++']);
});

test('loses nothing of streams that are empty, out of order or repeat a path', async () => {
  expect(await merged('', 'ab')).toEqual(['a-+', 'b-+']);
  expect(await merged('ca', 'ab')).toEqual(['a-+', 'b-+', 'c+-', 'a+-']);
  expect(await merged('aa', 'a')).toEqual(['a++', 'a+-']);
  expect(await merged()).toEqual([]);
});

test('closes all streams when the walk is left early', async () => {
  let closed = 0;
  const streams = ['abc', 'abc'].map((paths) => stream(paths, () => closed++));
  for await (const group of mergeByPath(streams)) if (group.path === 'b') break;
  expect(closed).toBe(2);
});
