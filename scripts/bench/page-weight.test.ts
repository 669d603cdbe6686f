import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { weighKfuncPages } from './page-weight.ts';

const site = mkdtempSync(join(tmpdir(), 'kfunc-atlas-pages-'));
afterAll(() => {
  rmSync(site, { recursive: true });
});

function page(name: string, html: string): void {
  mkdirSync(join(site, 'k', name), { recursive: true });
  writeFileSync(join(site, 'k', name, 'index.html'), html);
}

test('a page weighs what it links, compressed, each once', () => {
  mkdirSync(join(site, '_astro'));
  // Random hexadecimal shrinks to half its size.
  const half = (bytes: number) => randomBytes(bytes).toString('hex');
  writeFileSync(join(site, '_astro/a.css'), half(4000));
  writeFileSync(join(site, '_astro/a.js'), half(2000));
  page('plain', '<p>Nothing.</p>');
  page(
    'styled',
    '<link rel="stylesheet" href="/_astro/a.css"><link href="/_astro/a.css" rel="stylesheet">' +
      '<link rel="icon" href="/_astro/a.js">',
  );
  page('scripted', '<script type="module" src="/_astro/a.js"></script><script>let a;</script>');
  writeFileSync(join(site, 'k', 'plain.txt'), 'a twin in plain text');
  const weights = weighKfuncPages(site);
  expect(weights.map(({ name }) => name)).toEqual(['plain', 'scripted', 'styled']);
  const [plain, scripted, styled] = weights;
  expect(plain!.page).toBeLessThan(60);
  expect(plain!.script).toBe(0);
  expect(styled!.page).toBeGreaterThan(4000);
  expect(styled!.page).toBeLessThan(5500);
  expect(styled!.script).toBe(0);
  expect(scripted!.script).toBeGreaterThan(2000);
  expect(scripted!.script).toBeLessThan(3000);
});

test('a folder without pages of kfuncs has no weights', () => {
  expect(weighKfuncPages(join(site, '_astro'))).toEqual([]);
});
