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
  const dates = datesOf(dataset, base);
  return sitemap({
    serialize: (item) => {
      const lastmod = dates.get(decodeURI(new URL(item.url).pathname));
      return lastmod === undefined ? item : { ...item, lastmod };
    },
  });
}

/**
 * Page -> ISO date of the newest release that it tells a change of: the last change of a kfunc, a release
 * itself, the later one of two. Pages that are told by no release alone have none.
 */
export function datesOf(dataset: Dataset, base: string): Map<string, string> {
  const to = addresses(base);
  const date = new Map(dataset.releases.map((r) => [r.id, r.date]));
  const pages: [string, string | undefined][] = [
    ...dataset.releases.flatMap(({ id }): [string, string | undefined][] => [
      [to.release(id), date.get(id)],
      [to.all(id), date.get(id)],
    ]),
    ...dataset.kfuncs.map((record): [string, string | undefined] => [
      to.kfunc(record.name),
      lastChange(record, date),
    ]),
  ];
  return new Map(pages.filter((page): page is [string, string] => page[1] !== undefined));
}

function lastChange(record: KfuncRecord, date: ReadonlyMap<string, string>): string | undefined {
  return record.lines
    .flatMap((line) => line.changes.map((change) => date.get(change.release)))
    .filter((d) => d !== undefined)
    .sort()
    .at(-1);
}
