import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rmSync } from 'node:fs';
import type { AstroIntegration } from 'astro';
import { readDataset } from '../data/read.ts';
import { parseSourceBrowser } from '../views/source-browser.ts';
import { UserError } from '../user-error.ts';
import { progress } from '../progress.ts';
import { sitemapOf } from './sitemap.ts';
import { checkTarget, markSite, moveInto } from './target.ts';
import { validateData } from './validate-data.ts';

export interface BuildOptions {
  data: string;
  out: string;
  base: string;
  site?: string | undefined;
  sourceBrowser: string;
  identifiers?: string | undefined;
  quiet: boolean;
}

export interface BuildReport {
  out: string;
  pages: number;
  seconds: number;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Builds the site into `options.out`, by way of a folder beside it, so that a build that fails or is
 * killed leaves the old site. Uses no network. Throws a UserError for a dataset that cannot be read, a
 * folder that holds something else, options that make no sense, and published data that does not keep its
 * schema.
 */
export async function buildSite(options: BuildOptions): Promise<BuildReport> {
  const start = performance.now();
  const out = resolve(options.out);
  const data = resolve(options.data);
  const base = parseBase(options.base);
  const site = options.site === undefined ? undefined : parseSite(options.site);
  parseSourceBrowser(options.sourceBrowser, options.identifiers);
  await checkTarget(out);
  // Astro would wrap what is wrong with a dataset into an error of its own.
  const dataset = await readDataset(data);

  const temporary = await workFolder(out);
  const clear = () => {
    rmSync(temporary, { recursive: true, force: true });
  };
  process.once('exit', clear);
  try {
    const bar = progress({ label: 'Building pages', quiet: options.quiet });
    const pages = await withEnvironment({ ...options, data, base, cwd: temporary }, () =>
      runAstro({ out: join(temporary, 'site'), base, site, map: sitemapOf(dataset, base) }),
    );
    validateData(join(temporary, 'site'));
    bar.done(`Built ${pages.toLocaleString('en-US')} pages.`);
    await markSite(join(temporary, 'site'));
    await moveInto(join(temporary, 'site'), out, join(temporary, 'old'));
    return { out, pages, seconds: (performance.now() - start) / 1000 };
  } finally {
    process.off('exit', clear);
    await rm(temporary, { recursive: true, force: true });
  }
}

/** `/`, or a path with a slash at both ends. */
export function parseBase(text: string): string {
  const path = `/${text.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/');
  if (!/^\/([A-Za-z0-9._~-]+\/)*$/.test(path) || /\/\.{1,2}\//.test(path)) {
    throw new UserError(
      `--base takes a path such as /kfuncs/, of letters, digits, ".", "_", "~" and "-"; got ${JSON.stringify(text)}.`,
    );
  }
  return path;
}

/** The origin of a site: `https://example.org`. */
export function parseSite(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== '/') {
    throw new UserError(
      `--site takes an address such as https://example.org, without a path (--base has that); got ${JSON.stringify(text)}.`,
    );
  }
  return url.origin;
}

async function workFolder(out: string): Promise<string> {
  try {
    return await mkdtemp(join(dirname(out), '.kfunc-atlas-site-'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const why =
      { ENOENT: 'the folder it would stand in is not there', EACCES: 'permission denied' }[code] ??
      code;
    throw new UserError(`Cannot build into ${out}: ${why}.`, { cause: error });
  }
}

/**
 * Pages are told where the dataset is by the environment. Astro puts what it makes on the way into the
 * folder it runs in when the site goes elsewhere, so it runs in a folder of this build alone.
 */
async function withEnvironment<T>(
  given: Pick<BuildOptions, 'data' | 'sourceBrowser' | 'identifiers'> & {
    base: string;
    cwd: string;
  },
  action: () => Promise<T>,
): Promise<T> {
  const before = process.cwd();
  const values = {
    KFUNC_ATLAS_DATA: given.data,
    KFUNC_ATLAS_BASE: given.base,
    KFUNC_ATLAS_SOURCE_BROWSER: given.sourceBrowser,
    ...(given.identifiers === undefined ? {} : { KFUNC_ATLAS_IDENTIFIERS: given.identifiers }),
    ASTRO_TELEMETRY_DISABLED: '1',
  };
  const old = Object.keys(values).map((key) => [key, process.env[key]] as const);
  Object.assign(process.env, values);
  process.chdir(given.cwd);
  try {
    return await action();
  } finally {
    process.chdir(before);
    for (const [key, value] of old) {
      if (value === undefined) Reflect.deleteProperty(process.env, key);
      else process.env[key] = value;
    }
  }
}

async function runAstro(options: {
  out: string;
  base: string;
  site: string | undefined;
  /** Used where the site's address is known: what a site map names are whole addresses. */
  map: AstroIntegration;
}): Promise<number> {
  // Astro takes a second to load; what is wrong with the options is said before.
  const { build } = await import('astro');
  let pages = 0;
  const counter: AstroIntegration = {
    name: 'count-pages',
    hooks: {
      'astro:build:done': (event) => {
        pages = event.pages.length;
      },
    },
  };
  await build({
    root,
    outDir: options.out,
    cacheDir: join(options.out, '../cache'),
    // Vite's would be in node_modules/, which a service may not write.
    vite: { cacheDir: join(options.out, '../cache/vite') },
    base: options.base,
    ...(options.site === undefined ? {} : { site: options.site }),
    logLevel: 'error',
    integrations: options.site === undefined ? [counter] : [counter, options.map],
  });
  return pages;
}
