import { describe, expect, it } from 'vitest';
import { sampleDataset } from '../../tests/sample-dataset.ts';
import { datesOf } from './sitemap.ts';

const dataset = sampleDataset({ releases: 16, kfuncs: 30, tree: true });
const dateOf = datesOf(dataset, '/sub/');

describe('the dates of a site map', () => {
  it('are those of releases', () => {
    const release = dataset.releases.find((r) => r.id === 'v6.1')!;
    expect(dateOf('/sub/v6.1/')).toBe(release.date);
    expect(dateOf('/sub/v6.1/all/')).toBe(release.date);
  });

  it('are those of the last change of a kfunc, in whatever tree', () => {
    for (const { name, lines } of dataset.kfuncs) {
      const told = new Set(lines.flatMap((l) => l.changes.map((c) => c.release)));
      const newest = dataset.releases
        .filter((r) => told.has(r.id))
        .map((r) => r.date)
        .sort()
        .at(-1);
      expect(dateOf(`/sub/k/${name}/`), name).toBe(newest);
    }
  });

  it('are those of the later one of two releases, and of the newest for lists of all', () => {
    const date = (id: string) => dataset.releases.find((r) => r.id === id)!.date;
    expect(dateOf('/sub/diff/v5.19..v6.1/')).toBe(date('v6.1'));
    const newest = dataset.releases.map((r) => r.date).sort();
    expect(dateOf('/sub/')).toBe(newest.at(-1));
    expect(dateOf('/sub/releases/')).toBe(newest.at(-1));
  });

  it('are found for names that addresses write in another way', () => {
    const odd = {
      ...dataset,
      releases: dataset.releases.map((r, i) => (i ? r : { ...r, id: 'a+b' })),
    };
    expect(datesOf(odd, '/')('/t/a+b/')).toBe(dataset.releases[0]!.date);
  });

  it('are not made up for pages that no release changes by itself', () => {
    expect(dateOf('/sub/about/')).toBeUndefined();
    expect(dateOf('/sub/diff/nothing/')).toBeUndefined();
  });
});
