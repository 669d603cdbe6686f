import { describe, expect, test } from 'vitest';
import { budgets, failedRow, median, verdictOf, type Row } from './budgets.ts';
import { formatTable, wrap } from './table.ts';

const seconds = (value: number) => ({ unit: 'seconds', value }) as const;
const cold: Row = {
  what: 'full series of 31, cold',
  measured: seconds(28.4),
  yardstick: seconds(80.2),
  budget: budgets.fullSeries,
  reason: null,
};

describe('a row', () => {
  test('is over when the ratio is, and not when it is right at the budget', () => {
    expect(verdictOf(cold)).toBe('over');
    expect(verdictOf({ ...cold, measured: seconds(0.35 * 80.2) })).toBe('ok');
  });

  test('is judged by the amount itself where the budget is one', () => {
    const row = { ...cold, budget: budgets.nothingNew };
    expect(verdictOf(row)).toBe('over');
    expect(verdictOf({ ...row, measured: seconds(0.9) })).toBe('ok');
  });

  test('is not taken for good without a measurement or a yardstick', () => {
    expect(verdictOf({ ...cold, measured: null })).toBe('not measured');
    expect(verdictOf({ ...cold, yardstick: null })).toBe('not measured');
    expect(verdictOf({ ...cold, yardstick: seconds(0) })).toBe('not measured');
    expect(verdictOf(failedRow('site', budgets.siteBuild, 'no space'))).toBe('failed');
  });

  test('without a budget has no verdict', () => {
    expect(verdictOf({ ...cold, budget: null })).toBe('none');
  });
});

test('the table keeps to 80 columns and says why something was not measured', () => {
  const rows: Row[] = [
    cold,
    {
      what: '  anonymous memory in Node',
      measured: { unit: 'bytes', value: 612 * 2 ** 20 },
      yardstick: null,
      budget: budgets.memory,
      reason: null,
    },
    { ...cold, what: '  user and system', budget: null },
    {
      ...cold,
      what: 'one more',
      measured: null,
      reason: `there is no kernel ${'at hand '.repeat(20)}`,
    },
    failedRow('site', budgets.siteBuild, 'error: no space is left'),
  ];
  const text = formatTable(rows);
  const lines = text.split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines[1]).toBe(
    'full series of 31, cold               28.4 s    80.2 s   0.35    ≤ 0.35  over',
  );
  expect(lines[2]).toMatch(/ 612 MiB +≤ 1 GiB {2}ok$/);
  expect(lines[3]).toMatch(/0\.35$/);
  expect(lines[5]).toMatch(/^site +- +≤ 60 s {2}failed$/);
  expect(text).toContain('one more: there is no kernel');
  expect(text).toContain('site: failed: error: no space is left');
});

test('the median of an even number of values is one of them', () => {
  expect(median([5])).toBe(5);
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1])).toBe(1);
  expect(() => median([])).toThrow(RangeError);
});

test('a word that is longer than a line stays whole', () => {
  expect(wrap(`a ${'x'.repeat(90)} b`)).toEqual(['a', `  ${'x'.repeat(90)}`, '  b']);
  expect(wrap('')).toEqual([]);
});
