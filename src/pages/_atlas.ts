import { readDataset } from '../data/read.ts';
import { makeAtlas } from '../views/atlas.ts';
import { defaultSourceBrowser, parseSourceBrowser } from '../views/source-browser.ts';

/** Set by the build: where the dataset is, and where lines of source are looked up. */
const {
  KFUNC_ATLAS_DATA: data = 'content/data',
  KFUNC_ATLAS_SOURCE_BROWSER: browser = defaultSourceBrowser,
} = process.env;

/** The dataset, read once a build. */
export const atlas = makeAtlas(await readDataset(data), {
  base: import.meta.env.BASE_URL,
  browser: parseSourceBrowser(browser),
  site: import.meta.env.SITE ?? null,
});
