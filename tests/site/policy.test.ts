import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveSite, type Serving } from '../../src/publish/serve-site.ts';
import { sampleDataset } from '../sample-dataset.ts';
import { build } from './build.ts';
import { executablePath, launch } from './chromium.ts';
import { filesIn } from './links.ts';

const dataset = sampleDataset({ releases: 16, kfuncs: 40, tree: true });
const base = '/deep/er/';

/** One page of each kind: those whose addresses differ in their last part alone are of one kind. */
function pageKinds(site: string): string[] {
  const pages = filesIn(site).filter((f) => f.endsWith('.html'));
  const kind = (page: string) => page.replace(/^v\d[^/]*/, 'v').replace(/[^/]+(?=\/index)/, '*');
  return [...Map.groupBy(pages, kind).values()].map(([first]) =>
    first!.replace(/index\.html$/, ''),
  );
}

/** Ticks the first box and presses the buttons that there are: scripts do something then. */
async function use(page: Page): Promise<void> {
  const boxes = page.locator('input[type=checkbox]:visible');
  if ((await boxes.count()) > 0) await boxes.first().check();
  const buttons = page.locator('button[type=button]:visible:enabled');
  for (const button of await buttons.all()) await button.click();
}

describe.skipIf(executablePath === undefined)('the policy, in Chromium', () => {
  let browser: Browser;
  let serving: Serving;
  let kinds: string[];
  beforeAll(async () => {
    const dir = await build(dataset, '--base', base);
    kinds = pageKinds(dir);
    serving = await serveSite({ dir, base, port: 0 });
    browser = await launch();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await serving.close();
  });

  /** What Chromium says of a page, in its console and as events, and what it loaded. */
  async function visit(path: string, act?: string) {
    const page = await browser.newPage();
    const said: string[] = [];
    const loaded: string[] = [];
    page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => said.push(`error: ${error.message}`));
    page.on('requestfailed', (request) => said.push(`failed: ${request.url()}`));
    page.on('response', (r) => loaded.push(`${r.status()} ${new URL(r.url()).pathname}`));
    await page.addInitScript(
      `addEventListener('securitypolicyviolation', (e) => console.error('violation: ' + e.violatedDirective));`,
    );
    const answer = await page.goto(serving.address + path, { waitUntil: 'load' });
    if (act !== undefined) await page.evaluate(act);
    else await use(page);
    await page.waitForTimeout(50);
    const styled = await page.evaluate(() => document.styleSheets[0]?.cssRules.length ?? 0);
    await page.close();
    return { said, loaded, styled, headers: answer!.headers() };
  }

  it('lets every kind of page have what it needs, and nothing is said in the console', async () => {
    expect(kinds.length).toBeGreaterThan(10);
    for (const path of kinds.filter((p) => p !== '404.html')) {
      const { said, loaded, styled, headers } = await visit(path);
      expect([path, said]).toEqual([path, []]);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect([path, styled > 0]).toEqual([path, true]);
      expect(loaded.filter((l) => !l.startsWith(`200 ${base}`))).toEqual([]);
    }
  });

  it('lets the page of what is not there suggest names', async () => {
    const { said } = await visit(`k/${dataset.kfuncs[0]!.name}_/`);
    // Chromium says that of the page itself.
    expect(said).toEqual([expect.stringContaining('the server responded with a status of 404')]);
  });

  it('stops what a page could be made to do', async () => {
    const attacks = [
      `document.body.append(Object.assign(document.createElement('script'), { textContent: 'document.title = 1' }))`,
      `document.body.setAttribute('style', 'color: red')`,
      `fetch('https://elsewhere.example/').catch(() => {})`,
      `document.body.append(Object.assign(new Image(), { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' }))`,
    ];
    for (const attack of attacks) {
      const { said } = await visit('', attack);
      expect([attack, said.some((s) => s.includes('violation: '))]).toEqual([attack, true]);
    }
  });
});
