import { expect, test } from 'vitest';
import { linesOfRecords } from './lines-of-records.ts';
import { findings } from './testing.ts';

test('finds a record without lines, and a line twice', () => {
  const found = findings(linesOfRecords, ({ record }) => {
    record('bpf_lamp_put').lines = [];
    const { lines } = record('bpf_lamp_get');
    lines.push(lines[1]!);
  });
  expect(found).toEqual(['bpf_lamp_get: has the line garden twice', 'bpf_lamp_put: has no line']);
});

test('finds lines out of order', () => {
  const found = findings(linesOfRecords, ({ record }) => {
    record('bpf_lamp_get').lines.reverse();
  });
  expect(found).toEqual(['bpf_lamp_get: has its lines in the order garden, mainline']);
});

test('finds a base of mainline, and a tree without one', () => {
  const found = findings(linesOfRecords, ({ line }) => {
    line('bpf_lamp_put').base = 'v6.12';
    line('bpf_lamp_get', 'garden').base = null;
  });
  expect(found).toEqual([
    'bpf_lamp_get: has the line garden with the base null',
    'bpf_lamp_put: has the line mainline with the base v6.12',
  ]);
});

test('finds a line that says nothing', () => {
  const found = findings(linesOfRecords, ({ line }) => {
    const garden = line('bpf_lamp_get', 'garden');
    garden.spans = [];
    garden.changes = [];
  });
  expect(found).toEqual(['bpf_lamp_get: has the line garden, which says nothing']);
});
