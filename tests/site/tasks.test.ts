import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveSite, type Serving } from '../../src/publish/serve-site.ts';
import { sampleDataset } from '../sample-dataset.ts';
import { build, run, temporaryFolder } from './build.ts';
import { executablePath, launch } from './chromium.ts';

/**
 * What the three kinds of reader come for, from the front page to the answer, on the site of the committed
 * dataset: once in Chromium, on a desk and a phone in both themes, and once in w3m.
 */
let site: string;
beforeAll(() => {
  site = join(temporaryFolder(), 'site');
  const { code, stderr } = run('build', '--out', site, '--quiet');
  expect(stderr).toBe('');
  expect(code).toBe(0);
}, 120_000);

const machines = [
  { on: 'a desk, light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { on: 'a desk, dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { on: 'a phone, light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { on: 'a phone, dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const;

describe.skipIf(executablePath === undefined)('in Chromium', () => {
  let browser: Browser;
  let serving: Serving;
  beforeAll(async () => {
    serving = await serveSite({ dir: site, base: '/', port: 0 });
    browser = await launch();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await serving.close();
  });

  it.each([960, 1103, 1104, 1200, 1280, 1600])(
    'shows all of a prototype in a window of %i pixels',
    async (width) => {
      const page = await browser.newPage({ viewport: { width, height: 800 } });
      // Broken for the columns that there are, its first line is as long as lines get.
      await page.goto(`${serving.address}k/scx_bpf_dsq_insert/`);
      const hidden = await page
        .locator('.kf-answers .code')
        .evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth));
      expect(hidden).toEqual([0]);
      await page.close();
    },
  );

  describe.each(machines)('on $on', ({ on, ...machine }) => {
    async function begin(): Promise<{ page: Page; complaints: string[] }> {
      const page = await browser.newPage(machine);
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => complaints.push(message.text()));
      await page.goto(serving.address);
      return { page, complaints };
    }

    async function end({ page, complaints }: { page: Page; complaints: string[] }) {
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([on, overflow, complaints]).toEqual([on, 0, []]);
      await page.close();
    }

    const main = (page: Page) => page.getByRole('main');

    it('a writer of programs finds what became of a kfunc, and how to do without it', async () => {
      const visit = await begin();
      const { page } = visit;
      await page.keyboard.press('/');
      await page.keyboard.type('scx_bpf_dispatch');
      await page.getByRole('option').first().waitFor();
      expect(await page.getByRole('option').first().textContent()).toContain('scx_bpf_dsq_insert');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/k/scx_bpf_dispatch/');
      const life = await main(page).locator('.kf-life').innerText();
      expect(life).toMatch(/Removed.*Gone in v7\.2.*Use scx_bpf_dsq_insert/s);
      await main(page)
        .locator('.kf-life')
        .getByRole('link', { name: 'scx_bpf_dsq_insert' })
        .click();
      await page.waitForURL('**/k/scx_bpf_dsq_insert/');
      expect(await main(page).innerText()).toContain('bpf_ksym_exists(');
      await end(visit);
    });

    it('a writer of programs sees on one screen whether a kfunc may be called from XDP on v6.12', async () => {
      const visit = await begin();
      const { page } = visit;
      await page.keyboard.press('/');
      await page.keyboard.type('xdp metadata rx hash');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/k/bpf_xdp_metadata_rx_hash/');
      expect(await main(page).locator('.kf-life').innerText()).toMatch(
        /Since v6\.12 or earlier.*Still there in v7\.3/,
      );
      const callers = main(page).getByRole('region', { name: 'Who may call it' });
      const xdp = callers.getByRole('link', { name: 'XDP', exact: true });
      const bottom = await xdp.evaluate((link) => link.getBoundingClientRect().bottom);
      expect(bottom).toBeLessThan(machine.viewport.height);
      expect(await xdp.count()).toBe(1);
      await end(visit);
    });

    it('a writer of programs narrows all kfuncs to those of XDP that acquire, and goes back', async () => {
      const visit = await begin();
      const { page } = visit;
      await page
        .getByRole('navigation', { name: 'Site' })
        .getByRole('link', { name: 'Kfuncs' })
        .click();
      const rows = main(page)
        .locator('tbody tr:visible')
        .filter({ has: page.locator('a[href^="/k/"]') });
      await page.waitForURL('**/k/');
      await page.getByLabel('Callable from').waitFor({ state: 'attached' });
      const all = await rows.count();
      const filters = main(page).locator('details', { has: page.getByLabel('Callable from') });
      if (!(await filters.evaluate((details: HTMLDetailsElement) => details.open))) {
        await filters.getByText('Filters').click();
      }
      await page.getByLabel('Callable from').selectOption('XDP');
      await page.getByLabel('Flag').selectOption('KF_ACQUIRE');
      await page.waitForURL(/flag=KF_ACQUIRE/);
      await expect.poll(() => rows.count()).toBeLessThan(all / 10);
      const some = await rows.count();
      expect(some).toBeGreaterThan(0);
      await rows.first().getByRole('link').first().click();
      await page.waitForURL('**/k/*/');
      expect(await main(page).innerText()).toContain('KF_ACQUIRE');
      await page.goBack();
      await expect.poll(() => rows.count()).toBe(some);
      await end(visit);
    });

    it('a kernel developer finds when a kfunc got a flag, and has a text to paste', async () => {
      const visit = await begin();
      const { page } = visit;
      await page
        .getByRole('navigation', { name: 'Site' })
        .getByRole('link', { name: 'Flags' })
        .click();
      await main(page).getByRole('link', { name: 'KF_PERFMON', exact: true }).first().click();
      await page.waitForURL('**/flags/KF_PERFMON/');
      await main(page).getByRole('link', { name: 'bpf_strlen', exact: true }).first().click();
      await page.waitForURL('**/k/bpf_strlen/');
      const row = main(page).getByRole('row').filter({ hasText: 'gained KF_PERFMON' });
      expect(await row.innerText()).toMatch(/^v7\.3\s/);
      const cited = await page.locator('#cite-text').innerText();
      expect(cited).toMatch(/^bpf_strlen\(\) \[1\], a BPF kfunc\./);
      expect(cited).toContain('KF_PERFMON');
      expect(Math.max(...cited.split('\n').map((line) => line.length))).toBeLessThanOrEqual(75);
      await end(visit);
    });

    it('a kernel developer reads what breaks between two releases, and takes the plain text', async () => {
      const visit = await begin();
      const { page } = visit;
      await main(page).getByRole('link', { name: 'v7.2..v7.3' }).click();
      await page.waitForURL('**/diff/v7.2..v7.3/');
      const first = main(page).getByRole('region', { name: /^Breaks programs/ });
      expect(await first.innerText()).toMatch(
        /scx_bpf_cpu_rq\s+is gone; instead: scx_bpf_locked_rq/,
      );
      const text = await page.request.get(`${serving.address}diff/v7.2..v7.3.txt`);
      expect(await text.text()).toMatch(
        /Breaks programs that load on v7\.2:\n\n {2}scx_bpf_cpu_rq \[1\]\n/,
      );
      await first.getByRole('link', { name: 'scx_bpf_cpu_rq' }).click();
      await page.waitForURL(/\/k\/scx_bpf_cpu_rq\/#v7\.\d$/);
      await end(visit);
    });
  });

  it('a maintainer of a distribution finds what its tree has that the release had not', async () => {
    const dataset = sampleDataset({ releases: 34, kfuncs: 60, tree: true });
    for (const line of dataset.kfuncs.flatMap(({ lines }) => lines)) {
      if (line.id === 'debian-13') line.base = 'v7.2';
    }
    const dir = await build(dataset);
    const tree = await serveSite({ dir, base: '/', port: 0 });
    const page = await browser.newPage();
    await page.goto(tree.address);
    await page
      .getByRole('navigation', { name: 'Site' })
      .getByRole('link', { name: 'Releases' })
      .click();
    await page
      .getByRole('main')
      .getByRole('link', { name: 'debian-13', exact: true })
      .first()
      .click();
    await page.waitForURL('**/t/debian-13/');
    const compare = page.getByRole('main').getByRole('link', { name: /\.\.debian-13$/ });
    await compare.first().click();
    await page.waitForURL('**/diff/v7.2..debian-13/');
    expect(await page.getByRole('main').innerText()).toMatch(/\b(?:added|changed|removed)\b/);
    await page.close();
    await tree.close();
  });
});

const hasW3m = spawnSync('w3m', ['-version']).status === 0;

describe.skipIf(!hasW3m)('in w3m', () => {
  /** A page as w3m prints it into a terminal of 80 columns. */
  const read = (path: string) =>
    spawnSync('w3m', ['-dump', '-cols', '80', '-T', 'text/html', join(site, path, 'index.html')], {
      encoding: 'utf8',
    }).stdout;

  it('a writer of programs reads what became of a kfunc before anything else of it', () => {
    const [, answer = ''] = read('k/scx_bpf_dispatch').split(/^scx_bpf_dispatch$/m);
    const lines = answer.trim().split('\n').slice(0, 6).join('\n');
    expect(lines).toMatch(/Removed Gone in v7\.2 or earlier, after v6\.12\./);
    expect(lines).toMatch(/Use scx_bpf_dsq_insert\./);
  });

  it('a writer of programs reads who may call a kfunc', () => {
    expect(read('k/bpf_xdp_metadata_rx_hash')).toMatch(
      /^Who may call it\n\nCallable from\n {4}XDP$/m,
    );
  });

  it('a kernel developer reads in which release a kfunc got a flag', () => {
    expect(read('k/bpf_strlen')).toMatch(/^ *v7\.3 +• Flags gained KF_PERFMON$/m);
  });

  it('a kernel developer reads what breaks between two releases', () => {
    expect(read('diff/v7.2..v7.3')).toMatch(
      /^Breaks programs \(\d+\)\n(?:.*\n)*?.*scx_bpf_cpu_rq.*\n?.*is gone; instead: scx_bpf_locked_rq/m,
    );
  });

  it('whoever searches without a script is led to the lists', () => {
    expect(read('search')).toMatch(/script/);
    expect(read('search')).toMatch(/Kfuncs/);
  });
});
