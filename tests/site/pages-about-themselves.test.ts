import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'parse5';
import { beforeAll, describe, expect, it } from 'vitest';
import { policyInPage } from '../../src/views/policy.ts';
import { sampleDataset } from '../sample-dataset.ts';
import { build } from './build.ts';
import { attribute, elements, filesIn } from './links.ts';

const dataset = sampleDataset({ releases: 16, kfuncs: 40, tree: true });
const origin = 'https://kfuncs.example';
const base = '/deep/er/';

interface Head {
  title: string;
  description: string;
  policy: string;
  canonical: string | undefined;
}

function headOf(html: string): Head {
  const all = [...elements(parse(html))];
  const meta = (name: string, value: string) =>
    all.find((e) => e.tagName === 'meta' && attribute(e, name) === value);
  const content = (name: string, value: string) => {
    const found = meta(name, value);
    return (found && attribute(found, 'content')) ?? '';
  };
  const title = all.find((e) => e.tagName === 'title')?.childNodes[0];
  const canonical = all.find((e) => e.tagName === 'link' && attribute(e, 'rel') === 'canonical');
  return {
    title: title && 'value' in title ? title.value : '',
    description: content('name', 'description'),
    policy: content('http-equiv', 'Content-Security-Policy'),
    canonical: canonical && attribute(canonical, 'href'),
  };
}

describe('the pages of a site that knows its address', () => {
  let site: string;
  let heads: Map<string, Head>;
  beforeAll(async () => {
    site = await build(dataset, '--base', base, '--site', origin);
    const pages = filesIn(site).filter((f) => f.endsWith('.html'));
    heads = new Map(pages.map((f) => [f, headOf(readFileSync(join(site, f), 'utf8'))]));
  }, 120_000);

  it('have a title each that no other page has', () => {
    const of = Map.groupBy(heads, ([, { title }]) => title);
    const shared = [...of].filter(([, pages]) => pages.length > 1);
    expect(shared.map(([title, pages]) => [title, pages.map(([f]) => f)])).toEqual([]);
    expect(of.has('')).toBe(false);
  });

  it('have a description each, of a length that is shown whole', () => {
    for (const [file, { description }] of heads) {
      expect(description.length, `${file}: ${description}`).toBeGreaterThan(20);
      expect(description.length, `${file}: ${description}`).toBeLessThan(320);
    }
  });

  it('carry the policy that the server sends too', () => {
    for (const [file, { policy }] of heads) expect([file, policy]).toEqual([file, policyInPage]);
  });

  it('name the address that they are found at, but for the page of what is not there', () => {
    for (const [file, { canonical }] of heads) {
      const own = `${origin}${base}${encodeURI(file.replace(/index\.html$/, ''))}`;
      expect(canonical).toBe(file === '404.html' ? undefined : own);
    }
  });

  it('are all in the site map, once each, with dates of the dataset', () => {
    const map = readFileSync(join(site, 'sitemap-0.xml'), 'utf8');
    const entries = [...map.matchAll(/<url><loc>([^<]+)<\/loc>(?:<lastmod>([^<]+)<\/lastmod>)?/g)];
    const pages = [...heads.values()].flatMap((h) => h.canonical ?? []);
    expect(entries.map(([, loc]) => loc).sort()).toEqual(pages.sort());
    const known = new Set(dataset.releases.map((r) => r.date));
    const dates = entries.flatMap(([, , date]) => date?.slice(0, 10) ?? []);
    expect(dates.length).toBeGreaterThan(40);
    expect(dates.filter((d) => !known.has(d))).toEqual([]);
  });

  it('are led to by robots.txt', () => {
    const index = `${origin}${base}sitemap-index.xml`;
    expect(readFileSync(join(site, 'robots.txt'), 'utf8')).toContain(`Sitemap: ${index}\n`);
    const text = readFileSync(join(site, 'sitemap-index.xml'), 'utf8');
    expect(text).toContain(`<loc>${origin}${base}sitemap-0.xml</loc>`);
  });

  it('tell GitHub Pages to leave them as they are', () => {
    expect(readFileSync(join(site, '.nojekyll'), 'utf8')).toBe('');
  });
});

describe('the pages of a site that does not know its address', () => {
  it('name none, and have no site map', async () => {
    const site = await build(sampleDataset({ releases: 3, kfuncs: 4 }));
    const { canonical } = headOf(readFileSync(join(site, 'index.html'), 'utf8'));
    expect(canonical).toBeUndefined();
    expect(existsSync(join(site, 'sitemap-index.xml'))).toBe(false);
    expect(readFileSync(join(site, 'robots.txt'), 'utf8')).not.toContain('Sitemap');
  });
});
