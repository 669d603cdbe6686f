import { datasetOf } from '../data/test-dataset.ts';
import { type Atlas, makeAtlas } from './atlas.ts';
import { parseSourceBrowser } from './source-browser.ts';

/** An atlas of what datasetOf() makes of the same arguments. */
export function atlasOf(...contents: Parameters<typeof datasetOf>): Atlas {
  const browser = parseSourceBrowser('cgit');
  return makeAtlas(datasetOf(...contents), { base: '/', browser, site: undefined });
}
