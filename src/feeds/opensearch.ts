import { permanent } from '../text/address.ts';
import type { Atlas } from '../views/atlas.ts';
import { x } from 'xastscript';
import { declaration, xml } from './xml.ts';

/** How a browser searches the site, as OpenSearch 1.1 describes it. The site must know its address. */
export function openSearch(atlas: Pick<Atlas, 'site' | 'to'>): string {
  const at = (path: string) => permanent(atlas, path);
  const template = `${at(atlas.to.search)}?q={searchTerms}`;
  const description = x(
    'OpenSearchDescription',
    { xmlns: 'http://a9.com/-/spec/opensearch/1.1/' },
    [
      x('ShortName', 'kfunc-atlas'),
      x('Description', 'BPF kfuncs of Linux, release by release'),
      x('InputEncoding', 'UTF-8'),
      x('Image', { width: 16, height: 16, type: 'image/svg+xml' }, at(`${atlas.to.home}icon.svg`)),
      x('Url', { type: 'text/html', template }),
    ],
  );
  return `${declaration}${xml(description)}\n`;
}
