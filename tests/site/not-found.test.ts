import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveSite, type Serving } from '../../src/publish/serve-site.ts';
import { sampleDataset } from '../sample-dataset.ts';
import { build } from './build.ts';
import { executablePath, launch } from './chromium.ts';

const dataset = sampleDataset({ releases: 34, kfuncs: 60 });
const base = '/deep/er/';
const there = dataset.kfuncs.find((k) => k.status === 'active')!.name;
const renamed = dataset.kfuncs.find((k) => k.status === 'removed' && k.replacedBy.length > 0)!;

/** With one letter too many, and two changed places. */
const misspelt = `${there.slice(0, 5)}x${there.slice(5, -2)}${there.at(-1)!}${there.at(-2)!}`;

describe('the page for what is not there', () => {
  let site: string;
  beforeAll(async () => {
    site = await build(dataset, '--base', base);
  }, 120_000);

  it('has every kfunc without a script, and leads from a renamed one to its successor', () => {
    const page = readFileSync(join(site, '404.html'), 'utf8');
    for (const { name } of dataset.kfuncs) {
      expect(page).toContain(`<a href="${base}k/${name}/"><code>${name}</code></a>`);
    }
    const at = page.indexOf(`<code>${renamed.name}</code>`);
    expect(page.slice(at, page.indexOf('</li>', at))).toContain(', now <a href="');
  });

  it('has a script of no more than 2 KB', () => {
    const page = readFileSync(join(site, '404.html'), 'utf8');
    const [, script] = /<script type="module" src="\/deep\/er\/([^"]*\/404[^"]+)">/.exec(page)!;
    expect(readFileSync(join(site, script!)).length).toBeLessThan(2048);
  });

  describe.skipIf(executablePath === undefined)('in Chromium, under a sub-path', () => {
    let browser: Browser;
    let serving: Serving;
    beforeAll(async () => {
      serving = await serveSite({ dir: site, base, port: 0 });
      browser = await launch();
    });
    afterAll(async () => {
      await browser.close();
      await serving.close();
    });

    async function suggestions(path: string): Promise<{ page: Page; names: string[] }> {
      const page = await browser.newPage();
      const answer = await page.goto(serving.address + path);
      expect(answer!.status()).toBe(404);
      const list = page.getByRole('region', { name: 'Did you mean' }).getByRole('listitem');
      return { page, names: await list.allTextContents() };
    }

    it.each([`k/${misspelt}/`, `k/${misspelt}`, `k/${misspelt}.txt`, there, `kfunc/${there}/x/..`])(
      'leads from /%s to the kfunc that was meant',
      async (path) => {
        const { page, names } = await suggestions(path);
        expect(names[0]).toMatch(new RegExp(`^${there}\\b`));
        await page.getByRole('link', { name: there, exact: true }).first().click();
        await page.getByRole('heading', { level: 1, name: there }).waitFor();
        await page.close();
      },
    );

    it('names the successor beside a kfunc that was renamed', async () => {
      const { page, names } = await suggestions(`k/${renamed.name}_/`);
      expect(names[0]).toMatch(new RegExp(`^${renamed.name}, now \\w+$`));
      await page.close();
    });

    it('finds flags and releases too', async () => {
      for (const [path, name] of [
        ['flags/KF_AQUIRE/', 'KF_ACQUIRE'],
        ['v6.012/', 'v6.12'],
      ] as const) {
        const { page, names } = await suggestions(path);
        expect(names).toContain(name);
        await page.close();
      }
    });

    it('shows no empty list where nothing is near', async () => {
      const { page, names } = await suggestions('wp-login.php');
      expect(names).toEqual([]);
      expect(await page.getByRole('heading', { name: 'Did you mean' }).count()).toBe(0);
      await page.close();
    });
  });
});
