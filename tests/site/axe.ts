import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const script = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds fault with on a page as it is now; by `rules` alone where some are named. */
export async function violations(page: Page, ...rules: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(script);
  return page.evaluate(async (only) => {
    const { axe } = window as unknown as {
      axe: { run: (context: Document, options: object) => Promise<AxeResults> };
    };
    const options = only.length > 0 ? { runOnly: { type: 'rule', values: only } } : {};
    const found = await axe.run(document, options);
    return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`);
  }, rules);
}
