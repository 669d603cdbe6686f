import sitemap from '@astrojs/sitemap';
import type { AstroIntegration } from 'astro';
import type { Dataset } from '../data/dataset.ts';
import type { KfuncRecord } from '../data/schema/index.ts';
import { addresses } from '../views/address.ts';

/**
 * Writes `sitemap-index.xml` and what it names. Dates are those of the dataset, so that the same dataset
 * gives the same file.
 */
export function sitemapOf(dataset: Dataset, base: string): AstroIntegration {
  const dateOf = datesOf(dataset, base);
  return sitemap({
    serialize: (item) => {
      const lastmod = dateOf(new URL(item.url).pathname);
      return lastmod === undefined ? item : { ...item, lastmod };
    },
  });
}

/**
 * Gives for a page, by its address, the ISO date of the newest release that it tells a change of: the last
 * change of a kfunc, a release itself, the later one of two, the newest of all for lists of them. Undefined
 * for pages that no release changes by itself.
 */
export function datesOf(dataset: Dataset, base: string): (page: string) => string | undefined {
  const to = addresses(base);
  const date = new Map(dataset.releases.map((r) => [r.id, r.date]));
  const newest = [...date.values()].sort().at(-1);
  const pages: [string, string | undefined][] = [
    [to.home, newest],
    [to.releases, newest],
    [to.changes, newest],
    ...dataset.releases.flatMap(({ id }): [string, string | undefined][] => [
      [to.release(id), date.get(id)],
      [to.all(id), date.get(id)],
    ]),
    ...dataset.kfuncs.map((record): [string, string | undefined] => [
      to.kfunc(record.name),
      lastChange(record, date),
    ]),
  ];
  const known = new Map(pages.map(([page, day]) => [decodeURIComponent(page), day]));
  const [pair = ''] = to.diff('', '').split('..');
  return (page) => {
    const path = decodeURIComponent(page);
    if (!path.startsWith(pair)) return known.get(path);
    return date.get(path.slice(pair.length, -1).split('..')[1] ?? '');
  };
}

function lastChange(record: KfuncRecord, date: ReadonlyMap<string, string>): string | undefined {
  return record.lines
    .flatMap((line) => line.changes.map((change) => date.get(change.release)))
    .filter((d) => d !== undefined)
    .sort()
    .at(-1);
}
