import type { KfuncRecord } from '../data/schema/index.ts';
import { permanent } from '../text/address.ts';
import { twin } from '../views/address.ts';
import type { Atlas } from '../views/atlas.ts';
import { x } from 'xastscript';
import { declaration, xml } from './xml.ts';

/**
 * The feeds of some kfuncs as OPML 2.0, for a feed reader to subscribe to all at once. Addresses are whole
 * where the site knows its own, else paths, which a reader cannot follow.
 */
export function opml(
  atlas: Pick<Atlas, 'site' | 'to'>,
  title: string,
  kfuncs: readonly Pick<KfuncRecord, 'name'>[],
): string {
  const outlines = kfuncs.map(({ name }) => {
    const page = atlas.to.kfunc(name);
    const [htmlUrl, xmlUrl] = [page, twin(page, 'atom')].map((path) => permanent(atlas, path));
    return xml(x('outline', { type: 'rss', text: name, title: name, xmlUrl, htmlUrl }));
  });
  return [
    `${declaration}<opml version="2.0">`,
    xml(x('head', [x('title', title)])),
    '<body>',
    ...outlines,
    '</body>',
    '</opml>\n',
  ].join('\n');
}
