import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveSite, type Serving } from '../../src/publish/serve-site.ts';
import { sampleDataset } from '../sample-dataset.ts';
import { build } from './build.ts';
import { executablePath, launch } from './chromium.ts';

const [light, dark] = ['rgb(253, 253, 252)', 'rgb(17, 23, 27)'];

describe.skipIf(executablePath === undefined)('the switch between light and dark', () => {
  let browser: Browser;
  let serving: Serving;
  beforeAll(async () => {
    const dir = await build(sampleDataset({ releases: 4, kfuncs: 10 }));
    serving = await serveSite({ dir, base: '/', port: 0 });
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await serving.close();
  });

  async function open(context: BrowserContext, path = 'about/') {
    const page = await context.newPage();
    await page.goto(serving.address + path);
    return page;
  }
  const ground = () => getComputedStyle(document.documentElement).backgroundColor;

  it('goes round by keyboard, says what it is at, and is kept from page to page', async () => {
    const context = await browser.newContext({ colorScheme: 'light' });
    const page = await open(context);
    expect(await page.evaluate(ground)).toBe(light);
    const button = page.getByRole('button', { name: /^Theme: / });
    await button.focus();
    const names: (string | null)[] = [];
    for (let press = 0; press < 3; press++) {
      names.push(await button.getAttribute('aria-label'));
      await page.keyboard.press('Enter');
    }
    expect(names).toEqual(['Theme: system', 'Theme: light', 'Theme: dark']);
    await button.click();
    await button.click();
    expect(await page.evaluate(ground)).toBe(dark);
    await page.getByRole('link', { name: 'Changes' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Changes' }).waitFor();
    expect(await page.evaluate(ground)).toBe(dark);
    await context.close();
  });

  it('is heeded by pages that are open elsewhere', async () => {
    const context = await browser.newContext({ colorScheme: 'light' });
    const [one, other] = [await open(context), await open(context, 'changes/')];
    const button = one.getByRole('button', { name: /^Theme: / });
    await button.click();
    await button.click();
    await other.getByRole('button', { name: 'Theme: dark' }).waitFor();
    expect(await other.evaluate(ground)).toBe(dark);
    await context.close();
  });

  it('is applied before anything is painted', async () => {
    const context = await browser.newContext({ colorScheme: 'light' });
    // What was chosen when the body comes to be, which nothing is painted before.
    await context.addInitScript(() => {
      localStorage.setItem('kfunc-atlas-theme', 'dark');
      new MutationObserver((_, observer) => {
        if (document.querySelector('body') === null) return;
        document.documentElement.title = document.documentElement.dataset.theme ?? 'none yet';
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    const page = await open(context);
    expect(await page.evaluate(() => document.documentElement.title)).toBe('dark');
    await context.close();
  });

  it('follows the system until something is chosen', async () => {
    const context = await browser.newContext({ colorScheme: 'dark' });
    const page = await open(context);
    expect(await page.evaluate(ground)).toBe(dark);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await page.evaluate(ground)).toBe(light);
    await context.close();
  });

  it('does without storage, for the page alone', async () => {
    const context = await browser.newContext({ colorScheme: 'light' });
    await context.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new Error('closed');
        },
      });
    });
    const page = await open(context);
    const button = page.getByRole('button', { name: /^Theme: / });
    await button.click();
    await button.click();
    expect(await page.evaluate(ground)).toBe(dark);
    await context.close();
  });

  it('is not shown, and takes no room, without scripts', async () => {
    const context = await browser.newContext({ colorScheme: 'dark', javaScriptEnabled: false });
    const page = await open(context);
    expect(await page.locator('header button.theme').count()).toBe(0);
    expect((await page.locator('.switch').boundingBox())?.width ?? 0).toBe(0);
    await context.close();
  });

  it('moves nothing when its button comes', async () => {
    const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
    const page = await open(context);
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries())
              sum += (entry as unknown as { value: number }).value;
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => {
            resolve(sum);
          }, 300);
        }),
    );
    expect(shift).toBe(0);
    await context.close();
  });
});
