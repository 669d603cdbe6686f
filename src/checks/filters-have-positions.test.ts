import { expect, test } from 'vitest';
import { filtersHavePositions } from './filters-have-positions.ts';
import { findings } from './testing.ts';

test('finds a filter whose definition was not found', () => {
  const found = findings(filtersHavePositions, ({ file }) => {
    file('v7.0').filters = {};
  });
  expect(found).toEqual([
    'bpf_lamp_put@v7.0: is filtered by lamp_filter, whose definition was not found',
  ]);
});

test('does not say so of a tree of which nothing is told', () => {
  const found = findings(filtersHavePositions, ({ record }) => {
    record('bpf_lamp_get').lines.pop();
  });
  expect(found).toEqual([]);
});

test('finds a filter that filters nothing', () => {
  const found = findings(filtersHavePositions, ({ file }) => {
    file('v7.0').filters.dark_filter = { file: 'kernel/lamp.c', line: 3 };
  });
  expect(found).toEqual(['dark_filter@v7.0: filters nothing']);
});
