import { describe, expect, it } from 'vitest';
import { entry, kfunc, span, state } from '../../data/test-dataset.ts';
import { atlasOf } from '../test-atlas.ts';
import { churnOf } from './churn.ts';

const releases = ['v6.1', 'v6.2', 'v6.3', 'v6.6'].map((id) => entry(id));
const there = (name: string, from: string) =>
  kfunc({ spans: [span(from, null)], states: [state(from, null)] }, { name });
const gone = kfunc(
  { spans: [span('v6.1', null, 'v6.2', 'v6.3')], states: [state('v6.1', 'v6.2')] },
  { name: 'bpf_door_get', status: 'removed' },
);
const atlas = atlasOf(releases, [
  there('bpf_lamp_get', 'v6.1'),
  there('bpf_lamp_put', 'v6.2'),
  there('bpf_lamp_dim', 'v6.2'),
  gone,
]);

describe('what each release did', () => {
  const churn = churnOf(atlas, 'v6.3')!;
  const bars = (i: number) => churn.columns[i]!.bars;

  it('begins with the second release, which has one to be compared with', () => {
    expect(churn.columns.map((c) => c.href)).toEqual(['/v6.2/', '/v6.3/', '/v6.6/']);
    expect(churn.columns[0]!.title).toBe('v6.2, since v6.1: 2 added, 0 removed, 0 changed');
  });

  it('puts what came on the line, and what went below it', () => {
    expect(bars(0).map((b) => b.what)).toEqual(['added']);
    expect(bars(0)[0]!.y + bars(0)[0]!.height).toBeCloseTo(churn.line, 1);
    expect(bars(1).map((b) => b.what)).toEqual(['removed']);
    expect(bars(1)[0]!.y).toBeCloseTo(churn.line, 1);
    expect(bars(0)[0]!.height / bars(1)[0]!.height).toBeCloseTo(2, 1);
  });

  it('draws nothing where nothing happened', () => {
    expect(bars(2)).toEqual([]);
  });

  it('points one release out', () => {
    expect(churn.columns.map((c) => c.isCurrent)).toEqual([false, true, false]);
  });

  it('says when releases in between were not read', () => {
    expect(churn.hasGaps).toBe(true);
    expect(churnOf(atlasOf(releases.slice(0, 3), [there('a', 'v6.2')]))!.hasGaps).toBe(false);
  });

  it('is not drawn of two releases, or where nothing ever happened', () => {
    expect(churnOf(atlasOf(releases.slice(0, 2), [there('a', 'v6.2')]))).toBeNull();
    expect(churnOf(atlasOf(releases, [there('a', 'v6.1')]))).toBeNull();
  });
});
