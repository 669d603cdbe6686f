import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { HtmlValidate } from 'html-validate';
import { parse } from 'parse5';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleDataset } from '../sample-dataset.ts';
import { build } from './build.ts';
import { attack, makeHostile } from './hostile.ts';
import { attribute, checkSite, elements, filesIn } from './links.ts';

const options = { releases: 34, kfuncs: 120, tree: true, preview: true };

function digest(dir: string): string {
  const hash = createHash('sha256');
  for (const file of filesIn(dir)) hash.update(`${file}\0`).update(readFileSync(join(dir, file)));
  return hash.digest('hex');
}

/** Pages of kfuncs, without their twins in plain text. */
function kfuncPages(dir: string): string[] {
  return filesIn(join(dir, 'k')).filter((f) => f.endsWith('.html'));
}

/** Pages, one of each kind, with a kfunc that has a long history. */
function pageKinds(dir: string): string[] {
  const largest = kfuncPages(dir)
    .map((f) => ({ f, size: readFileSync(join(dir, 'k', f)).length }))
    .sort((a, b) => b.size - a.size)[0]!.f;
  return [
    'index.html',
    '404.html',
    'about/index.html',
    'releases/index.html',
    'changes/index.html',
    'diff/v6.11..v6.12/index.html',
    'diff/v5.12..v7.4/index.html',
    `k/${largest}`,
    'v6.12/index.html',
    'v6.12/all/index.html',
    'v5.12/index.html',
    't/debian-13/index.html',
    'flags/index.html',
    'flags/KF_ACQUIRE/index.html',
    'suffixes/__sz/index.html',
    'programs/XDP/index.html',
    'programs/all/index.html',
    'k/index.html',
    'search/index.html',
    'subsystems/index.html',
    'files/index.html',
    'status/removed/index.html',
  ];
}

describe('the site of an invented dataset', () => {
  const dataset = sampleDataset(options);
  let site: string;
  beforeAll(async () => {
    site = await build(dataset);
  }, 120_000);

  it('has no broken link or anchor, and no id twice on a page', () => {
    const { broken, doubled, links } = checkSite(site);
    expect([broken, doubled]).toEqual([[], []]);
    expect(links).toBeGreaterThan(1000);
  });

  it('has an anchor for each release that has the kfunc, changed or not', () => {
    for (const file of dataset.releaseFiles) {
      for (const name of Object.keys(file.entries)) {
        const page = readFileSync(join(site, 'k', name, 'index.html'), 'utf8');
        expect(page, `${name} at ${file.id}`).toContain(` id="${file.id}"`);
      }
    }
  });

  it('shows the code of the kernel’s documents, each piece once and in colour', () => {
    const newest = dataset.releaseFiles.filter((f) => /^v\d+\.\d+$/.test(f.id)).at(-1)!;
    const shown = Object.keys(newest.examples);
    expect(shown.length).toBeGreaterThan(10);
    for (const name of shown) {
      const page = readFileSync(join(site, 'k', name, 'index.html'), 'utf8');
      expect(page.split('<span class="c-comment">/* Any lamp will do. */</span>').length).toBe(2);
      expect(page).toContain(`https://www.kernel.org/doc/html/${newest.id}/bpf/kfuncs.html#lamps`);
    }
  });

  it('keeps a page for each kfunc that went', () => {
    const removed = dataset.kfuncs.filter((k) => k.status === 'removed');
    expect(removed.length).toBeGreaterThan(5);
    for (const { name } of removed) {
      expect(readFileSync(join(site, 'k', name, 'index.html'), 'utf8')).toContain('Removed');
    }
  });

  it('has pages of each kind that html-validate finds nothing in', async () => {
    const validator = new HtmlValidate({
      extends: ['html-validate:recommended'],
      rules: {
        // Of taste: titles are as long as the names in them.
        'long-title': 'off',
        'no-trailing-whitespace': 'off',
        // Releases have dots in their anchors, as HTML allows.
        'valid-id': ['error', { relaxed: true }],
      },
    });
    for (const page of pageKinds(site)) {
      const report = await validator.validateString(readFileSync(join(site, page), 'utf8'));
      const found = report.results.flatMap((r) =>
        r.messages.map((m) => `${m.ruleId}: ${m.message}`),
      );
      expect(found, page).toEqual([]);
    }
  });

  it('has one h1 on each page, and no level of headings left out', () => {
    for (const page of pageKinds(site)) {
      const levels = [...elements(parse(readFileSync(join(site, page), 'utf8')))]
        .filter((e) => /^h[1-6]$/.test(e.tagName))
        .map((e) => Number(e.tagName[1]));
      expect(levels.filter((l) => l === 1).length, page).toBe(1);
      levels.forEach((level, i) => {
        expect(level, `${page}, heading ${i}`).toBeLessThanOrEqual((levels[i - 1] ?? 0) + 1);
      });
    }
  });

  it('has scripts and styles as files alone', () => {
    const isFile = (e: Parameters<typeof attribute>[0]) =>
      e.childNodes.length === 0 && /^\/_astro\/[\w.-]+\.js$/.test(attribute(e, 'src') ?? '');
    for (const page of filesIn(site).filter((f) => f.endsWith('.html'))) {
      const inline = [...elements(parse(readFileSync(join(site, page), 'utf8')))].filter(
        (e) =>
          e.tagName === 'style' ||
          (e.tagName === 'script' && !isFile(e)) ||
          e.attrs.some(({ name }) => name === 'style' || name.startsWith('on')),
      );
      expect(inline, page).toEqual([]);
    }
  });

  it('has small scripts, and on a page of a kfunc no more than 10 KB of them', () => {
    const size = (file: string) => readFileSync(join(site, file)).length;
    const loaded = (page: string) =>
      [...elements(parse(readFileSync(join(site, page), 'utf8')))]
        .filter((e) => e.tagName === 'script')
        .map((e) => attribute(e, 'src')!.slice(1));
    for (const page of filesIn(site).filter((f) => f.endsWith('.html'))) {
      const total = loaded(page).reduce((sum, file) => sum + size(file), 0);
      expect(total, page).toBeGreaterThan(0);
      expect(total, page).toBeLessThanOrEqual(page.startsWith('k/') ? 10_000 : 8192);
    }
    // What searches is loaded once one searches.
    const all = filesIn(site).filter((f) => f.endsWith('.js'));
    expect(all.reduce((sum, file) => sum + size(file), 0)).toBeLessThan(50_000);
  });

  it('has an index of words that is no larger than a picture', () => {
    const zipped = ['entries.json', 'words.json'].map(
      (file) => gzipSync(readFileSync(join(site, 'search', file))).length,
    );
    expect(zipped[0]! + zipped[1]!).toBeLessThan(60_000);
  });

  it('keeps the table of all kfuncs under 60 KB compressed', () => {
    expect(gzipSync(readFileSync(join(site, 'k/index.html'))).length).toBeLessThan(60_000);
  });

  it('has a page for every two mainline releases, the older first, and no other', () => {
    const ids = dataset.releases.filter((r) => r.line === 'mainline').map((r) => r.id);
    const pairs = ids.flatMap((to, i) =>
      ids.slice(0, i).map((from) => `${from}..${to}/index.html`),
    );
    const built = filesIn(join(site, 'diff')).filter((f) => f.endsWith('/index.html'));
    expect(built).toEqual(pairs.sort());
  });

  it('keeps a page of two releases under 60 KB compressed, however far they lie apart', () => {
    const sizes = filesIn(join(site, 'diff')).map(
      (f) => gzipSync(readFileSync(join(site, 'diff', f))).length,
    );
    expect(Math.max(...sizes)).toBeLessThan(60_000);
  });

  it('keeps a kfunc page under 25 KB compressed, style sheet included', () => {
    const zipped = (file: string) => gzipSync(readFileSync(join(site, file))).length;
    const css = filesIn(site).filter((f) => f.endsWith('.css'));
    expect(css.length).toBe(1);
    expect(zipped(css[0]!)).toBeLessThan(8_000);
    const heaviest = Math.max(...kfuncPages(site).map((f) => zipped(`k/${f}`)));
    expect(heaviest + zipped(css[0]!)).toBeLessThan(25_000);
  });

  it('loads no more than 10 KB of scripts into a kfunc page', () => {
    for (const page of kfuncPages(site)) {
      const scripts = [...elements(parse(readFileSync(join(site, 'k', page), 'utf8')))].flatMap(
        (e) => (e.tagName === 'script' ? [attribute(e, 'src') ?? ''] : []),
      );
      const size = scripts.reduce((sum, src) => sum + readFileSync(join(site, src)).length, 0);
      expect(scripts.length).toBeGreaterThan(0);
      expect(size, page).toBeLessThan(10_000);
    }
  });

  it('is the same to the byte when it is built again', async () => {
    expect(digest(await build(dataset))).toBe(digest(site));
  }, 120_000);
});

describe('a site under a sub-path, of facts only, with another source browser', () => {
  const dataset = { ...sampleDataset({ releases: 16, kfuncs: 40 }), prose: null };
  let site: string;
  beforeAll(async () => {
    const template = 'https://git.example.org/linux/{tag}/{path}?line={line}';
    const place = ['--base', 'deep/er', '--site', 'https://kfuncs.example'];
    site = await build(dataset, ...place, '--source-browser', template);
  }, 120_000);

  it('has no broken link or anchor, and none that leaves the sub-path', () => {
    expect(checkSite(site, '/deep/er/').broken).toEqual([]);
  });

  it('names its canonical address', () => {
    const page = readFileSync(join(site, 'v6.1/index.html'), 'utf8');
    expect(page).toContain('<link rel="canonical" href="https://kfuncs.example/deep/er/v6.1/">');
  });

  it('looks source lines up where it was told to, at the tag that was read', () => {
    const links = kfuncPages(site).flatMap((f) =>
      [...elements(parse(readFileSync(join(site, 'k', f), 'utf8')))].map((e) =>
        attribute(e, 'href'),
      ),
    );
    const lines = links.filter((l) => l?.startsWith('https://git.example.org/linux/v6.1.176/'));
    expect(lines.length).toBeGreaterThan(10);
    expect(links.join(' ')).not.toContain('git.kernel.org');
  });

  it('links to the kernel’s documents without their words', () => {
    const shown = Object.entries(dataset.releaseFiles.at(-1)!.examples);
    expect(shown.length).toBeGreaterThan(3);
    for (const [name, [example]] of shown) {
      const page = readFileSync(join(site, 'k', name, 'index.html'), 'utf8');
      expect(page).toContain(`/bpf/kfuncs.html#${example!.anchor!}"`);
      expect(page).toContain(`Documentation/bpf/kfuncs.rst?line=${example!.line}"`);
      expect(page).not.toContain('Any lamp will do.');
    }
  });

  it('says in one line how to get the kernel’s own words', () => {
    const [page] = kfuncPages(site);
    const text = readFileSync(join(site, 'k', page!), 'utf8');
    expect(text).toContain('npx kfunc-atlas extract --linux DIR');
  });
});

describe('a site of a dataset that means harm', () => {
  const dataset = sampleDataset({ releases: 16, kfuncs: 60 });
  const name = makeHostile(dataset);
  let site: string;
  let victim: string;
  beforeAll(async () => {
    site = await build(dataset);
    victim = readFileSync(join(site, 'k', name, 'index.html'), 'utf8');
  }, 120_000);

  it('prints the words, and lets none of them become markup', () => {
    expect(victim).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    for (const page of filesIn(site).filter((f) => f.endsWith('.html'))) {
      const tags = [...elements(parse(readFileSync(join(site, page), 'utf8')))];
      const marks = tags.filter((e) => ['script', 'img'].includes(e.tagName));
      expect(marks.filter((e) => attribute(e, 'src')?.startsWith('/_astro/') !== true)).toEqual([]);
      expect(tags.flatMap((e) => e.attrs).filter((a) => a.name.startsWith('on'))).toEqual([]);
    }
  });

  it('has no link but to pages and to the source browser', () => {
    const links = filesIn(site)
      .filter((f) => f.endsWith('.html'))
      .flatMap((f) => [...elements(parse(readFileSync(join(site, f), 'utf8')))])
      .map((e) => attribute(e, 'href') ?? '/');
    const strange = links.filter(
      (l) =>
        !/^(\/(?!\/)|#|data:,$|https:\/\/(git\.kernel\.org|elixir\.bootlin\.com\/linux|www\.kernel\.org\/doc\/html|lore\.example)\/)/.test(
          l,
        ),
    );
    expect(strange).toEqual([]);
    expect(links).toContain('https://lore.example/x');
  });

  it('shows characters that cannot be seen, and turns no direction', () => {
    expect(attack).toContain('\u202e');
    expect(victim).toContain('‹U+202E›');
    for (const page of filesIn(site).filter((f) => f.endsWith('.html'))) {
      expect(readFileSync(join(site, page), 'utf8')).not.toMatch(
        /(?!\n|\t)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u,
      );
    }
  });

  it('stays within its folder and has no broken link', () => {
    expect(checkSite(site).broken).toEqual([]);
    expect(existsSync(join(site, 'k', 'constructor', 'index.html'))).toBe(true);
    expect(existsSync(join(site, 'k', 'index', 'index.html'))).toBe(true);
  });
});
