import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveSite, type Serving } from '../../src/publish/serve-site.ts';
import { sampleDataset } from '../sample-dataset.ts';
import { violations } from './axe.ts';
import { build } from './build.ts';
import { executablePath, launch } from './chromium.ts';

const dataset = sampleDataset({ releases: 34, kfuncs: 60, tree: true });
const [longest] = [...dataset.kfuncs].sort(
  (a, b) => b.lines[0]!.changes.length - a.lines[0]!.changes.length,
);
const paths = [
  '',
  'k/',
  'search/?q=acquire',
  'api/',
  'subsystems/',
  'files/',
  'status/removed/',
  't/debian-13/all/',
  `k/${longest!.name}/`,
  'v6.12/',
  'v6.12/all/',
  'releases/',
  'changes/',
  'diff/v6.3..v6.12/',
  'flags/',
  'flags/KF_ACQUIRE/',
  'suffixes/',
  'suffixes/__sz/',
  'programs/',
  'programs/XDP/',
  'guides/',
  'guides/what-is-a-kfunc/',
  'follow/',
  't/debian-13/',
  'about/',
  'nothing-here/',
  `k/${longest!.name}_/`,
];

describe.skipIf(executablePath === undefined)('the site in Chromium', () => {
  let browser: Browser;
  let serving: Serving;
  beforeAll(async () => {
    const dir = await build(dataset);
    serving = await serveSite({ dir, base: '/', port: 0 });
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await serving.close();
  });

  async function open(
    path: string,
    width: number,
    colorScheme: 'light' | 'dark',
  ): Promise<{ page: Page; requests: string[] }> {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(serving.address + path);
    return { page, requests };
  }

  it.each(paths)(
    'shows /%s without what axe would find fault with, on phones and desks, light and dark',
    async (path) => {
      for (const width of [360, 1280]) {
        const { page } = await open(path, width, 'light');
        expect([width, await violations(page)]).toEqual([width, []]);
        await page.emulateMedia({ colorScheme: 'dark' });
        expect([width, await violations(page, 'color-contrast')]).toEqual([width, []]);
        await page.close();
      }
    },
  );

  it.each([320, 390, 768, 1280, 1920])('fits pages into a window of %i pixels', async (width) => {
    for (const path of paths) {
      const { page } = await open(path, width, 'light');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([path, wide]).toEqual([path, width]);
      await page.close();
    }
  });

  it('asks nobody else for anything', async () => {
    const { page, requests } = await open(paths[1]!, 1280, 'light');
    expect(requests.length).toBeGreaterThan(1);
    const elsewhere = requests.filter((r) => !r.startsWith(serving.address) && r !== 'data:,');
    expect(elsewhere).toEqual([]);
    await page.close();
  });

  it('compares other releases by links alone', async () => {
    const { page } = await open('diff/v6.3..v6.12/', 360, 'light');
    await page.getByText('Compare other releases').click();
    const other = page.getByRole('navigation', { name: 'Other releases to compare' });
    await other.getByRole('link', { name: 'v6.4', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'From v6.4 to v6.12' }).waitFor();
    await page.close();
  });

  it('goes from the index to a kfunc, its history and its release', async () => {
    const { page } = await open('k/', 1280, 'light');
    await page.getByRole('link', { name: longest!.name, exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: longest!.name }).waitFor();
    const history = page.getByRole('table', { name: `Changes of ${longest!.name}` });
    const release = history.getByRole('rowheader').first().getByRole('link');
    const id = await release.textContent();
    await release.click();
    await page.getByRole('heading', { level: 1, name: id! }).waitFor();
    await page.close();
  });
});
