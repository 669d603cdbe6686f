import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveSite, type Serving } from '../../src/publish/serve-site.ts';
import { sampleDataset } from '../sample-dataset.ts';
import { build } from './build.ts';
import { executablePath, launch } from './chromium.ts';

const dataset = sampleDataset({ releases: 45, kfuncs: 40 });
const [longest] = [...dataset.kfuncs].sort(
  (a, b) => b.lines[0]!.changes.length - a.lines[0]!.changes.length,
);

describe.skipIf(executablePath === undefined)('the page of a kfunc in Chromium', () => {
  let browser: Browser;
  let serving: Serving;
  beforeAll(async () => {
    serving = await serveSite({ dir: await build(dataset), base: '/', port: 0 });
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await serving.close();
  });

  it('answers without scrolling on a laptop: what, since when, how, who, and its life', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    for (const { name } of dataset.kfuncs) {
      await page.goto(`${serving.address}k/${name}/`);
      const places = await page
        .locator('.kf-says, .kf-life, .kf-answers, .life > svg')
        .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().bottom)));
      expect(places.length, name).toBe(4);
      expect(
        [...places].sort((a, b) => a - b),
        name,
      ).toEqual(places);
      expect(places.at(-1), name).toBeLessThanOrEqual(720);
    }
    await page.close();
  });

  it('leads from a mark of its life to what changed then, without a script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${serving.address}k/${longest!.name}/`);
    const mark = page.locator('.life > svg a').last();
    const label = await mark.getAttribute('aria-label');
    await mark.click();
    expect(new URL(page.url()).hash).toBe(`#${/^v\d+\.\d+/.exec(label!)![0]}`);
    const row = page.locator('tr:target');
    expect(await row.isVisible()).toBe(true);
    await context.close();
  });

  it('tells its life in words beside the picture', async () => {
    const page = await browser.newPage();
    await page.goto(`${serving.address}k/${longest!.name}/`);
    const picture = page.getByRole('group', { name: `Lifeline of ${longest!.name}`, exact: true });
    const told = await picture.getAttribute('aria-describedby');
    const words = await page.locator(`#${told!}`).innerText();
    for (const { release } of longest!.lines[0]!.changes) expect(words).toContain(release);
    await page.close();
  });
});
