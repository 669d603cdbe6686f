import { describe, expect, it } from 'vitest';
import { sampleDataset } from '../../tests/sample-dataset.ts';
import { datesOf } from './sitemap.ts';

const dataset = sampleDataset({ releases: 16, kfuncs: 30, tree: true });
const dates = datesOf(dataset, '/sub/');

describe('the dates of a site map', () => {
  it('are those of releases', () => {
    const release = dataset.releases.find((r) => r.id === 'v6.1')!;
    expect(dates.get('/sub/v6.1/')).toBe(release.date);
    expect(dates.get('/sub/v6.1/all/')).toBe(release.date);
  });

  it('are those of the last change of a kfunc, in whatever tree', () => {
    for (const { name, lines } of dataset.kfuncs) {
      const told = new Set(lines.flatMap((l) => l.changes.map((c) => c.release)));
      const newest = dataset.releases
        .filter((r) => told.has(r.id))
        .map((r) => r.date)
        .sort()
        .at(-1);
      expect(dates.get(`/sub/k/${name}/`), name).toBe(newest);
    }
  });

  it('are not made up for pages that no release changes by itself', () => {
    expect(dates.has('/sub/about/')).toBe(false);
    expect([...dates.values()]).not.toContain(undefined);
  });
});
