import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseOpml } from 'feedsmith';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDataset } from '../../src/data/write.ts';
import { serveSite, type Serving } from '../../src/publish/serve-site.ts';
import { sampleDataset } from '../sample-dataset.ts';
import { build, run, temporaryFolder } from './build.ts';
import { executablePath, launch } from './chromium.ts';

const dataset = sampleDataset({ releases: 16, kfuncs: 40, tree: true });
const base = '/deep/er/';
const root = `https://kfuncs.example${base}`;
const { name } = dataset.kfuncs.find(
  ({ status, lines }) => status === 'active' && lines[0]!.changes.length > 3,
)!;

let site: string;
let serving: Serving;
beforeAll(async () => {
  site = await build(dataset, '--base', base, '--site', 'https://kfuncs.example');
  serving = await serveSite({ dir: site, base, port: 0 });
}, 120_000);
afterAll(() => serving.close());

const read = (path: string) => readFileSync(join(site, path), 'utf8');

describe('plain-text twins, feeds and files of feeds', () => {
  it.each([
    [`k/${name}.txt`, 'text/plain; charset=utf-8'],
    ['v6.1.txt', 'text/plain; charset=utf-8'],
    ['v6.1/all.txt', 'text/plain; charset=utf-8'],
    ['t/debian-13.txt', 'text/plain; charset=utf-8'],
    ['t/debian-13/all.txt', 'text/plain; charset=utf-8'],
    ['diff/v5.15..v6.1.txt', 'text/plain; charset=utf-8'],
    [`k/${name}.atom`, 'application/atom+xml; charset=utf-8'],
    ['opml/programs/XDP.opml', 'text/x-opml; charset=utf-8'],
  ])('serves /%s as %s', async (path, type) => {
    const { status, headers } = await fetch(serving.address + path);
    expect([status, headers.get('content-type')]).toEqual([200, type]);
  });

  it('is told of in the head of each page that has one', () => {
    for (const path of [`k/${name}`, 'v6.1', 'v6.1/all', 't/debian-13', 'diff/v5.15..v6.1']) {
      expect(read(`${path}/index.html`), path).toContain(
        `<link rel="alternate" type="text/plain" href="${base}${path}.txt"`,
      );
    }
  });

  it('ends the text of a kfunc with its citation, which the page has too', () => {
    const text = read(`k/${name}.txt`);
    const [, cite] = text.split('\nCite\n----\n\n');
    expect(cite).toMatch(new RegExp(`^${name}\\(\\) \\[1\\]`));
    expect(cite!.trimEnd().split('\n').at(-1)).toBe(`[1] ${root}k/${name}/`);
    const page = read(`k/${name}/index.html`);
    const block = /<pre[^>]* id="cite-text"[^>]*>([^<]*)<\/pre>/.exec(page)![1]!;
    expect(block.replaceAll('&amp;', '&').replaceAll('&quot;', '"')).toBe(cite);
  });
});

describe('kfunc-atlas opml', () => {
  const data = join(temporaryFolder(), 'data');
  beforeAll(() => writeDataset(data, dataset, { prose: false }));
  const opml = (...args: string[]) => run('opml', ...args, '--data', data, '--base', base);

  it('prints the feeds of kfuncs by name and by glob, as addresses that are there', () => {
    const glob = `${name.slice(0, 8)}*`;
    const { code, stdout } = opml(glob, '--site', 'https://kfuncs.example');
    const feeds = parseOpml(stdout).body!.outlines!;
    const fitting = dataset.kfuncs.filter((kfunc) => kfunc.name.startsWith(name.slice(0, 8)));
    expect([code, feeds.map(({ text }) => text)]).toEqual([0, fitting.map((k) => k.name)]);
    for (const { xmlUrl } of feeds) expect(read(xmlUrl!.slice(root.length))).toContain('<feed');
  });

  it('says which name fits no kfunc, and that it wants the address of a site', () => {
    const none = opml(name, 'bpf_nothing', '--site', 'https://kfuncs.example');
    expect([none.code, none.stdout, none.stderr]).toEqual([
      1,
      '',
      'error: No kfunc of the dataset is called "bpf_nothing".\n',
    ]);
    const without = opml(name);
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('--site')]);
    expect(opml(name, '--site', 'nowhere')).toMatchObject({ code: 1 });
  });
});

const textBrowsers = [
  { browser: 'w3m', args: ['-dump', '-cols', '80', '-T', 'text/html'] },
  { browser: 'lynx', args: ['-dump', '-nolist', '-width=80', '-display_charset=utf-8'] },
];

describe.each(textBrowsers)('pages in $browser', ({ browser, args }) => {
  const isThere = spawnSync(browser, ['-version']).status === 0;
  if (!isThere) console.warn(`SKIPPED: ${browser} was not found, so no page is read in it.`);
  const dump = (path: string) =>
    spawnSync(browser, [...args, join(site, path, 'index.html')], { encoding: 'utf8' }).stdout;

  /** Asserts that all of `parts` stand in `text`, one after the other. */
  function expectInOrder(text: string, parts: readonly (string | RegExp)[]) {
    let rest = text;
    for (const part of parts) {
      const at = typeof part === 'string' ? rest.indexOf(part) : rest.search(part);
      expect(at, `${String(part)} after:\n${text.slice(0, text.length - rest.length)}`).not.toBe(
        -1,
      );
      rest = rest.slice(at + 1);
    }
  }

  it.skipIf(!isThere)('read from the name of a kfunc to what to paste', () => {
    const cite = read(`k/${name}.txt`).split('\nCite\n----\n\n')[1]!;
    expectInOrder(dump(`k/${name}`), [
      new RegExp(`^ *${name}$`, 'm'),
      /[Ss]ince v/,
      /^ *Flags/m,
      /^Availability$/m,
      /^History$/m,
      `Changes of ${name}, newest first`,
      /Release +What changed/,
      /^ *v\d/m,
      /^Declare and probe$/m,
      /^Cite$/m,
      `${root}k/${name}/`,
      cite.trimEnd(),
      'This page as plain text',
    ]);
  });

  it.skipIf(!isThere)('read from the number of a release to what to paste', () => {
    expectInOrder(dump('v6.1'), [
      /^ *v6\.1$/m,
      /^ *v6\.1 has \d+ kfuncs/m,
      /^Added \(/m,
      /^What this release knows$/m,
      /Flag +(Meaning|What)/,
      /KF_ACQUIRE +\S/,
      /^Cite$/m,
      'Linux v6.1 [1]',
      `[1] ${root}v6.1/`,
      `[2] ${root}diff/v6.0..v6.1/`,
    ]);
  });

  it.skipIf(!isThere)('read from two releases to what to paste', () => {
    expectInOrder(dump('diff/v5.15..v6.1'), [
      /^ *From v5\.15 to v6\.1$/m,
      /^Cite$/m,
      'BPF kfuncs from v5.15 to v6.1 [1]:',
      `[1] ${root}diff/v5.15..v6.1/`,
    ]);
  });

  it.skipIf(!isThere)('lead from /follow/ to feeds, in tables', () => {
    expectInOrder(dump('follow'), [
      /^ *Follow$/m,
      /^Subsystems$/m,
      /Name +kfuncs +Follow/,
      /\S +\d+ +feed, feeds of each \(OPML\)/,
      /^Program types$/m,
      /^Flags$/m,
      /KF_ACQUIRE +\d+ +feed/,
    ]);
  });
});

describe.skipIf(executablePath === undefined)('taking things away, in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  async function open(path: string, permissions: string[] = []): Promise<Page> {
    const context = await browser.newContext({ permissions, acceptDownloads: true });
    const page = await context.newPage();
    await page.goto(serving.address + path);
    return page;
  }
  const cited = (page: Page) => page.locator('#cite-text').textContent();

  it('copies the citation', async () => {
    const page = await open(`k/${name}/`, ['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await cited(page));
    await page.context().close();
  });

  it('selects it where the clipboard is closed to pages', async () => {
    const page = await open('v6.1/');
    await page.evaluate(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Selected' }).waitFor();
    expect(await page.evaluate(() => String(getSelection()))).toBe((await cited(page))!.trimEnd());
    await page.context().close();
  });

  it('has no button that does nothing without script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    for (const path of [`k/${name}/`, 'follow/']) {
      await page.goto(serving.address + path);
      expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
    }
    await context.close();
  });

  it('saves the feeds of the kfuncs that are ticked', async () => {
    const page = await open('follow/');
    await page.getByText('All of them (').click();
    const save = page.getByRole('main').getByRole('button');
    expect(await save.isDisabled()).toBe(true);
    const chosen = [dataset.kfuncs.at(-1)!.name, name].sort();
    for (const one of chosen) await page.getByLabel(`Follow ${one}`, { exact: true }).check();
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    expect(download.suggestedFilename()).toBe('kfuncs.opml');
    const { body } = parseOpml(readFileSync(await download.path(), 'utf8'));
    expect(body!.outlines!.map(({ text, xmlUrl }) => [text, xmlUrl])).toEqual(
      chosen.map((one) => [one, `${root}k/${one}.atom`]),
    );
    await page.context().close();
  });
});
