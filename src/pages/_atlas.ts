import { readDataset } from '../data/read.ts';
import { makeAtlas } from '../views/atlas.ts';
import { defaultSourceBrowser, parseSourceBrowser } from '../views/source-browser.ts';

/** Set by the build: where the dataset is, what the site lives under, where source and names are looked up. */
const {
  KFUNC_ATLAS_DATA: data = 'content/data',
  KFUNC_ATLAS_BASE: base = '/',
  KFUNC_ATLAS_SOURCE_BROWSER: browser = defaultSourceBrowser,
  KFUNC_ATLAS_IDENTIFIERS: identifiers,
} = process.env;

/** The dataset, read once a build. */
export const atlas = makeAtlas(await readDataset(data), {
  base,
  browser: parseSourceBrowser(browser, identifiers),
  site: import.meta.env.SITE,
});
