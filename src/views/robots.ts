import type { Atlas } from './atlas.ts';

/** Where the site map is, below the site's base; it is written when the site's own address is known. */
export const sitemapName = 'sitemap-index.xml';

/** `robots.txt`: all may be read. Crawlers look for it at the root of a host alone. */
export function robots({ site, to }: Pick<Atlas, 'site' | 'to'>): string {
  const map = site === undefined ? [] : [`Sitemap: ${new URL(to.home, site).href}${sitemapName}`];
  return ['User-agent: *', 'Allow: /', ...map, ''].join('\n');
}
