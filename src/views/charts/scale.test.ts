import { describe, expect, it } from 'vitest';
import { columnsOf, footOf, stepsTo } from './scale.ts';

describe('columns of releases', () => {
  it('stand side by side, each in the middle of its share', () => {
    const { columns, width } = columnsOf(['v6.18', 'v6.19', 'v7.0', 'v7.1']);
    expect(columns.map((c) => c.middle)).toEqual([12.5, 37.5, 62.5, 87.5]);
    expect(width).toBeLessThan(25);
  });

  it('leave the places of releases that were not read', () => {
    const { columns } = columnsOf(['v6.1', 'v6.3', 'v6.4']);
    expect(columns.map((c) => c.middle)).toEqual([12.5, 62.5, 87.5]);
  });

  it('stay within the drawing', () => {
    const { columns, width } = columnsOf(['v5.10', 'v6.1', 'v7.3']);
    expect(columns[0]!.middle - width / 2).toBeGreaterThan(0);
    expect(columns.at(-1)!.middle + width / 2).toBeLessThan(100);
  });
});

describe('the words at the foot', () => {
  const names = (ids: string[]) => footOf(columnsOf(ids).columns).map((t) => t.text);

  it('are the ends and the majors between them', () => {
    const ids = [...Array.from({ length: 20 }, (_, i) => `v6.${i}`), 'v7.0', 'v7.1', 'v7.2'];
    expect(names(ids.slice(4))).toEqual(['v6.4', 'v7.2']);
    expect(names(['v5.18', 'v5.19', ...ids])).toEqual(['v5.18', 'v7.2']);
    const before = Array.from({ length: 10 }, (_, i) => `v5.${i + 10}`);
    expect(names([...before, ...ids])).toEqual(['v5.10', 'v6.0', 'v7.2']);
  });

  it('begin with the release that is pointed out', () => {
    const { columns } = columnsOf(Array.from({ length: 20 }, (_, i) => `v6.${i}`));
    expect(footOf(columns, 'v6.18').map(({ text, is }) => [text, is])).toEqual([
      ['v6.0', 'end'],
      ['v6.18', 'current'],
    ]);
    expect(footOf(columns, 'v6.9').map(({ text }) => text)).toEqual(['v6.0', 'v6.9', 'v6.19']);
  });

  it('are all of a few releases, where there is room', () => {
    expect(names(['v5.10', 'v6.1', 'v6.12', 'v7.2', 'v7.3'])).toEqual([
      'v5.10',
      'v6.1',
      'v6.12',
      'v7.3',
    ]);
  });

  it('are none without releases, and one for one', () => {
    expect(names([])).toEqual([]);
    expect(names(['v6.1'])).toEqual(['v6.1']);
  });
});

describe('the lines across', () => {
  it('are two to four round numbers', () => {
    expect(stepsTo(350)).toEqual([100, 200, 300]);
    expect(stepsTo(89)).toEqual([20, 40, 60, 80]);
    expect(stepsTo(9)).toEqual([2, 4, 6, 8]);
    expect(stepsTo(1)).toEqual([1]);
    expect(stepsTo(0)).toEqual([]);
  });
});
