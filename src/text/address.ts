import type { Atlas } from '../views/atlas.ts';

/** A page's address as a mail gives it: whole where the site knows its own, else the path there. */
export function permanent(atlas: Pick<Atlas, 'site'>, path: string): string {
  return atlas.site === undefined ? path : new URL(path, atlas.site).href;
}

/**
 * The same as a footnote. A path alone says whose it is.
 *
 *     [1] https://kfuncs.example/k/bpf_task_acquire/
 *     [1] kfunc-atlas, /k/bpf_task_acquire/
 */
export function footnote(atlas: Pick<Atlas, 'site'>, n: number, path: string): string {
  const address = permanent(atlas, path);
  return `[${n}] ${atlas.site === undefined ? 'kfunc-atlas, ' : ''}${address}`;
}

/** A link of the page at `page` as it leads from anywhere: a fragment alone belongs to the page. */
export function resolve(atlas: Pick<Atlas, 'site'>, page: string, href: string): string {
  if (/^[a-z]+:/.test(href)) return href;
  return permanent(atlas, href.startsWith('#') ? page + href : href);
}
