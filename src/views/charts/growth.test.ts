import { describe, expect, it } from 'vitest';
import { entry, kfunc, span, state } from '../../data/test-dataset.ts';
import { atlasOf } from '../test-atlas.ts';
import { growthOf, shortName } from './growth.ts';

const releases = ['v6.1', 'v6.2', 'v6.3'].map((id) => entry(id));
const of = (name: string, subsystem: string | null, from: string, more = {}) =>
  kfunc({ spans: [span(from, null)], states: [state(from, null, more)] }, { name, subsystem });

describe('the growth of kfuncs', () => {
  const growth = growthOf(
    atlasOf(releases, [
      of('bpf_lamp_get', 'LAMPS (of all kinds)', 'v6.1'),
      of('bpf_lamp_put', 'LAMPS (of all kinds)', 'v6.2'),
      of('bpf_door_get', 'DOORS', 'v6.2'),
      of('bpf_test_lamp', 'LAMPS (of all kinds)', 'v6.1', { roles: ['test'] }),
    ]),
  )!;

  it('is told in numbers too, newest first, without the kfuncs of selftests', () => {
    expect(growth.table.names).toEqual(['LAMPS', 'DOORS']);
    expect(
      growth.table.rows.map(({ release, total, sizes }) => [release.text, total, sizes]),
    ).toEqual([
      ['v6.3', 3, [2, 1]],
      ['v6.2', 3, [2, 1]],
      ['v6.1', 1, [1, 0]],
    ]);
  });

  it('stands on the foot, the largest subsystem lowest, with nothing between the bands', () => {
    for (const { bars } of growth.columns) {
      expect(bars[0]!.band).toBe(0);
      expect(bars[0]!.y + bars[0]!.height).toBeCloseTo(100, 1);
      bars.slice(1).forEach((bar, i) => {
        expect(bar.y + bar.height).toBeCloseTo(bars[i]!.y, 1);
      });
      expect(bars.at(-1)!.y).toBeGreaterThan(0);
    }
  });

  it('names the bands of the newest release from the top down', () => {
    expect(growth.bands.map((b) => [b.name, b.size])).toEqual([
      ['DOORS', 1],
      ['LAMPS', 2],
    ]);
    expect(growth.bands[0]!.to).toBe(25);
  });

  it('leads from each column to its release', () => {
    expect(growth.columns.map((c) => [c.href, c.title])).toContainEqual([
      '/v6.2/',
      'v6.2: 3 kfuncs',
    ]);
  });

  it('puts the smaller subsystems together', () => {
    const many = Array.from({ length: 9 }, (_, i) => of(`bpf_${i}`, `S${i}`, 'v6.1'));
    const { table } = growthOf(atlasOf(releases, many))!;
    expect(table.names).toEqual(['S0', 'S1', 'S2', 'S3', 'S4', 'all others']);
    expect(table.rows[0]!.sizes).toEqual([1, 1, 1, 1, 1, 4]);
  });

  it('is not drawn of one release, or of none', () => {
    expect(growthOf(atlasOf(releases.slice(0, 1), [of('a', null, 'v6.1')]))).toBeNull();
    expect(growthOf(atlasOf([], []))).toBeNull();
  });
});

describe('the short name of a subsystem', () => {
  it('leaves out what explains it, and nothing else', () => {
    expect(shortName('BPF [LAMPS] (of all kinds)')).toBe('BPF [LAMPS]');
    expect(shortName('CONTROL LAMP')).toBe('CONTROL LAMP');
    expect(shortName(null)).toBe('no subsystem');
  });
});
