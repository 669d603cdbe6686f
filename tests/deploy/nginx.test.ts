import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headersOf, securityHeaders, types } from '../../src/publish/headers.ts';
import { sampleDataset } from '../sample-dataset.ts';
import { build } from '../site/build.ts';
import { headingOf } from '../site/links.ts';
import { filesIn } from '../site/links.ts';
import { deploy, nginx, startNginx } from './nginx.ts';

const dataset = sampleDataset({ releases: 6, kfuncs: 12 });
const name = 'bpf_lantern_release';

/** As `Headers` has them. */
function lower(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toLowerCase(), v]));
}

describe('the files for nginx', () => {
  const common = readFileSync(join(deploy, 'nginx/kfunc-atlas-common.conf'), 'utf8');

  it('say the same as the table of headers, and no more', () => {
    const said = [...common.matchAll(/^add_header (\S+) (?:"([^"]+)"|(\S+)) always;$/gm)];
    expect(Object.fromEntries(said.map(([, k, quoted, bare]) => [k, quoted ?? bare]))).toEqual(
      securityHeaders,
    );
  });

  it('know the same types, and a character set and compression for each', () => {
    const block = /^types \{([^}]+)\}/m.exec(common)![1]!;
    const said = [...block.matchAll(/(\S+)\s+(\S+);/g)].map(([, type, ending]) => [ending, type]);
    expect(Object.fromEntries(said)).toEqual(types);
    for (const directive of ['charset_types', 'gzip_types']) {
      const [, list] = new RegExp(`^${directive} ([^;]+);`, 'm').exec(common)!;
      // nginx does both for text/html by itself, and warns when it is named.
      const wanted = Object.values(types).filter((t) => t !== 'text/html');
      expect(list!.split(/\s+/).sort()).toEqual(wanted.sort());
    }
  });
});

describe.skipIf(nginx === undefined).each(['/', '/kfuncs/'] as const)('nginx, under %s', (base) => {
  let site: string;
  let server: Awaited<ReturnType<typeof startNginx>>;
  beforeAll(async () => {
    site = await build(dataset, '--base', base, '--site', 'https://kfuncs.example');
    server = await startNginx(site, base);
  }, 120_000);
  afterAll(async () => {
    expect(server.errors()).not.toMatch(/\[(warn|emerg|alert|crit)\]/);
    await server.stop();
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(server.origin + base + path, { redirect: 'manual', headers });

  it('sends each kind of file with its type, character set and headers', async () => {
    const kinds = Map.groupBy(
      filesIn(site).filter((f) => !f.startsWith('.')),
      (f) => `${f.startsWith('_astro/')} ${f.slice(f.lastIndexOf('.'))}`,
    );
    expect(kinds.size).toBeGreaterThan(4);
    for (const [file] of kinds.values()) {
      const answer = await get(file!.replace(/(^|\/)index\.html$/, '$1'));
      const want = lower(headersOf(file!));
      expect(want, file).toHaveProperty('content-type');
      expect([file, answer.status, Object.fromEntries(answer.headers)]).toEqual([
        file,
        200,
        expect.objectContaining(want),
      ]);
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(readFileSync(join(site, file!)));
    }
  });

  it('leads an address without its slash to the page, query and all', async () => {
    const bare = await get(`k/${name}?from=mail`);
    expect([bare.status, bare.headers.get('location')]).toEqual([
      301,
      `${base}k/${name}/?from=mail`,
    ]);
    const page = await fetch(new URL(bare.headers.get('location')!, server.origin));
    expect(headingOf(await page.text())).toBe(name);
    for (const [key, value] of Object.entries(securityHeaders)) {
      expect(bare.headers.get(key)).toBe(value);
    }
  });

  it('leads to the base when its own slash is missing', async () => {
    const bare = await fetch(server.origin + base.slice(0, -1), { redirect: 'manual' });
    const expected = base === '/' ? [200, null] : [301, base];
    expect([bare.status, bare.headers.get('location')]).toEqual(expected);
  });

  it('has the page of the site for what is not there, with the same headers', async () => {
    const page = readFileSync(join(site, '404.html'), 'utf8');
    const missing = [
      'k/nothing/',
      'k/nothing',
      'api/v1/',
      'nothing.json',
      '_astro/x.css',
      '404.html/x',
    ];
    for (const path of [...missing, '%0d%0aX:%20y']) {
      const none = await get(path);
      expect([path, none.status]).toEqual([path, 404]);
      expect([path, await none.text()]).toEqual([path, page]);
      expect(Object.fromEntries(none.headers)).toMatchObject(lower(headersOf('404.html')));
    }
  });

  it('compresses text', async () => {
    for (const path of ['', 'robots.txt', 'k/nothing/']) {
      const { headers } = await get(path, { 'accept-encoding': 'gzip' });
      expect([path, headers.get('vary')]).toEqual([path, 'Accept-Encoding']);
      if (path !== 'robots.txt') expect(headers.get('content-encoding')).toBe('gzip');
    }
  });

  it('says when a page is the one that the browser has', async () => {
    const tag = (await get('')).headers.get('etag')!;
    expect((await get('', { 'if-none-match': tag })).status).toBe(304);
  });
});
