import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAtomFeed } from 'feedsmith';
import { parse } from 'parse5';
import { beforeAll, describe, expect, it } from 'vitest';
import { validateFeeds } from '../feeds/validate.ts';
import { sampleDataset } from '../sample-dataset.ts';
import { build } from './build.ts';
import { makeHostile } from './hostile.ts';
import { attribute, elements, filesIn } from './links.ts';

/** Every feed of a site, by its path. */
function feedsIn(site: string): Map<string, string> {
  const paths = filesIn(site).filter((file) => file.endsWith('.atom'));
  return new Map(paths.map((path) => [path, readFileSync(join(site, path), 'utf8')]));
}

/** Paths of a site that links in a text lead to, without fragments. */
function pathsIn(text: string, root: string): string[] {
  const links = [...text.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
  const own = links.filter((href) => href.startsWith(root));
  return [...new Set(own.map((href) => href.slice(root.length).replace(/#.*/, '')))];
}

const options = { releases: 20, kfuncs: 60, tree: true, preview: true };

describe('the feeds of an invented dataset', () => {
  const dataset = sampleDataset(options);
  const root = 'https://kfuncs.example/deep/er/';
  let site: string;
  let feeds: Map<string, string>;
  beforeAll(async () => {
    site = await build(dataset, '--base', 'deep/er', '--site', 'https://kfuncs.example');
    feeds = feedsIn(site);
  }, 120_000);

  it('are there for everything, each kfunc, flag, program type and subsystem', () => {
    const kinds = Map.groupBy(feeds.keys(), (path) => path.replace(/\/?[^/]*$/, ''));
    expect([...kinds.keys()].sort()).toEqual(['', 'flags', 'k', 'programs', 'subsystems']);
    expect(kinds.get('k')).toEqual(dataset.kfuncs.map(({ name }) => `k/${name}.atom`).sort());
    expect(kinds.get('flags')).toContain('flags/KF_ACQUIRE.atom');
    expect(kinds.get('programs')).toEqual(
      expect.arrayContaining(['programs/XDP.atom', 'programs/all.atom']),
    );
    const subsystems = new Set(dataset.kfuncs.flatMap(({ subsystem }) => subsystem ?? []));
    expect(kinds.get('subsystems')!.length).toBe(subsystems.size);
    expect(kinds.get('')).toEqual(['changes.atom']);
  });

  it('are valid', async () => {
    expect(await validateFeeds(feeds)).toEqual([]);
  });

  it('are found invalid where they are', async () => {
    const feed = feeds.get('changes.atom')!;
    const damaged = new Map(
      [
        feed.replace(/<id>.*?<\/id>/, ''),
        feed.replace(/<updated>.*?<\/updated>/, '<updated>today</updated>'),
        feed.replace('</summary>', '<script xmlns="http://www.w3.org/1999/xhtml"/></summary>'),
        feed.replace('<p>', '<script>alert(1)</script><p>'),
        feed.replace('</feed>', ''),
      ].map((text, i) => [`${i}.atom`, text]),
    );
    const complaints = (await validateFeeds(damaged)).join('\n');
    for (const name of damaged.keys()) expect(complaints).toContain(name);
  });

  it('have ids that no other feed has, and that an entry keeps from feed to feed', () => {
    const ids = new Set<string>();
    const entries = new Map<string, string>();
    for (const [path, text] of feeds) {
      const feed = parseAtomFeed(text);
      expect(ids.has(feed.id!), path).toBe(false);
      ids.add(feed.id!);
      const own = (feed.entries ?? []).map(({ id }) => id!);
      expect(new Set(own).size, path).toBe(own.length);
      for (const entry of feed.entries ?? []) {
        const same = JSON.stringify([entry.title, entry.links, entry.updated, entry.summary]);
        expect(entries.get(entry.id!) ?? same, `${path}: ${entry.id ?? ''}`).toBe(same);
        entries.set(entry.id!, same);
      }
    }
    expect(entries.size).toBeGreaterThan(200);
  });

  it('are named by themselves, and have the days of releases alone', () => {
    const days = new Set(dataset.releases.map(({ date }) => `${date.slice(0, 10)}T00:00:00Z`));
    for (const [path, text] of feeds) {
      const feed = parseAtomFeed(text);
      const self = feed.links?.filter(({ rel }) => rel === 'self').map(({ href }) => href);
      expect(self).toEqual([`${root}${path}`]);
      const told = [feed.updated!, ...(feed.entries ?? []).map(({ updated }) => updated!)];
      expect(told.filter((day) => !days.has(day))).toEqual([]);
      expect(told.slice(1).toSorted().reverse(), path).toEqual(told.slice(1));
    }
  });

  it('lead to pages that are there', () => {
    const files = new Set(filesIn(site));
    const gone = [...feeds].flatMap(([path, text]) =>
      pathsIn(text, root)
        .map((link) => (link === '' || link.endsWith('/') ? `${link}index.html` : link))
        .filter((file) => !files.has(file))
        .map((file) => `${path}: ${file}`),
    );
    expect(gone).toEqual([]);
  });

  it('are named in the heads of their pages', () => {
    const named = filesIn(site)
      .filter((file) => file.endsWith('.html'))
      .flatMap((file) => [...elements(parse(readFileSync(join(site, file), 'utf8')))])
      .filter((e) => attribute(e, 'type') === 'application/atom+xml')
      .map((e) => attribute(e, 'href')!.slice('/deep/er/'.length));
    const ofSubsystems = [...feeds.keys()].filter((path) => path.startsWith('subsystems/'));
    expect(new Set([...named, ...ofSubsystems])).toEqual(new Set(feeds.keys()));
  });

  it('tell what a program has to fear', () => {
    const removed = dataset.kfuncs.find(({ status }) => status === 'removed')!;
    const [newest] = parseAtomFeed(feeds.get(`k/${removed.name}.atom`)!).entries!;
    expect(newest!.title!.value).toMatch(/: (gone|renamed to \w+) in v/);
    expect(newest!.categories!.map(({ term }) => term)).toContain('breaks-load');
    expect(newest!.summary!.value).toMatch(/^Breaks programs/);
  });
});

describe('the feeds of a dataset that means harm', () => {
  const dataset = sampleDataset({ releases: 16, kfuncs: 60 });
  const name = makeHostile(dataset);
  let feeds: Map<string, string>;
  beforeAll(async () => {
    feeds = feedsIn(await build(dataset));
  }, 120_000);

  it('are valid, so that nothing in them is markup that should be words', async () => {
    expect(feeds.get(`k/${name}.atom`)).toContain('&#x3C;script>');
    expect(await validateFeeds(feeds)).toEqual([]);
  });

  it('show what cannot be seen', () => {
    for (const [path, text] of feeds) {
      expect(text, path).not.toMatch(/(?!\n|\t)[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u);
    }
  });

  it('lead nowhere but to pages and to what a commit links to', () => {
    const links = [...feeds.values()].flatMap((text) =>
      [...text.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!),
    );
    expect(links.filter((href) => !/^(\/(?!\/)|https:\/\/lore\.example\/)/.test(href))).toEqual([]);
    expect(links).toContain('https://lore.example/x');
  });
});
