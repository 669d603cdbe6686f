import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { writeDataset } from '../../src/data/write.ts';
import { securityHeaders } from '../../src/publish/headers.ts';
import { kernels } from '../kernels/atlas.ts';
import { kfuncFile } from '../kernels/c.ts';
import { invent } from '../repositories.ts';
import { sampleDataset } from '../sample-dataset.ts';
import { run, start, temporaryFolder } from './build.ts';
import { headingOf } from './links.ts';

const dir = temporaryFolder();
const data = join(dir, 'data');
const name = 'bpf_lantern_release';

beforeAll(async () => {
  await writeDataset(data, sampleDataset({ releases: 6, kfuncs: 12 }), { prose: true });
});

describe('kfunc-atlas build', () => {
  it('says how many pages it built, where, and how long that took', () => {
    const { code, stdout } = run('build', '--data', data, '--out', join(dir, 'said'));
    expect(stdout).toMatch(/^\d+ pages in \S+said, built in [\d.]+ s\.\n$/);
    expect(code).toBe(0);
  });

  it('prints nothing with --quiet, and leaves nothing beside the site', () => {
    const out = join(dir, 'quiet', 'site');
    mkdirSync(join(dir, 'quiet'));
    expect(run('build', '--data', data, '--out', out, '--quiet')).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect(readdirSync(join(dir, 'quiet'))).toEqual(['site']);
  });

  it('says which command makes a dataset where there is none', () => {
    const { code, stderr } = run('build', '--data', join(dir, 'none'), '--out', join(dir, 'x'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: There is no dataset in .*kfunc-atlas extract --linux DIR/);
    expect(existsSync(join(dir, 'x'))).toBe(false);
  });

  it('leaves the old site when the dataset cannot be read', async () => {
    const broken = join(dir, 'broken');
    const out = join(dir, 'kept');
    await writeDataset(broken, sampleDataset({ releases: 4, kfuncs: 5 }), { prose: false });
    run('build', '--data', broken, '--out', out);
    const before = readFileSync(join(out, 'index.html'), 'utf8');
    writeFileSync(join(broken, 'releases.json'), '[{}]');
    const { code, stderr } = run('build', '--data', broken, '--out', out);
    expect([code, stderr]).toEqual([1, expect.stringContaining('releases.json')]);
    expect(readFileSync(join(out, 'index.html'), 'utf8')).toBe(before);
  });

  it('replaces a site it built, by way of a symbolic link too', () => {
    const [real, link] = [join(dir, 'real'), join(dir, 'link')];
    run('build', '--data', data, '--out', real);
    writeFileSync(join(real, 'stale.html'), 'old');
    symlinkSync(real, link);
    expect(run('build', '--data', data, '--out', link).code).toBe(0);
    expect(existsSync(join(real, 'stale.html'))).toBe(false);
    expect(existsSync(join(real, 'index.html'))).toBe(true);
  });

  it('does not replace a folder that holds something else', () => {
    const home = join(dir, 'home');
    mkdirSync(home);
    writeFileSync(join(home, 'thesis.txt'), 'precious');
    const { code, stderr } = run('build', '--data', data, '--out', home);
    expect([code, stderr]).toEqual([1, expect.stringContaining('holds something else')]);
    expect(readFileSync(join(home, 'thesis.txt'), 'utf8')).toBe('precious');
  });

  it.each([
    [['--source-browser', 'javascript:alert({path})'], 'http:// or https://'],
    [['--source-browser', 'https://x.example/{file}'], '{file} is not one of'],
    [['--identifiers', 'https://x.example/'], 'needs {name}'],
    [['--base', 'a b'], '--base takes a path'],
    [['--base', '/../x/'], '--base takes a path'],
    [['--site', 'ftp://x.example'], '--site takes an address'],
    [['--out', '/proc/none/site'], 'Cannot build into'],
  ])('refuses %j in one sentence', (args, message) => {
    const { code, stderr } = run('build', '--data', data, '--out', join(dir, 'never'), ...args);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

/** Starts `site` and waits for the address that it prints. */
async function serve(...args: string[]) {
  const out = join(temporaryFolder(), 'site');
  const child = start('site', '--data', data, '--out', out, ...args);
  let text = '';
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = /Serving on (\S+)/.exec(text);
      if (found) resolve(found[1]!);
    });
    child.once('exit', () => {
      reject(new Error(`It ended before it served.\n${errors}`));
    });
  });
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  };
  return { address, stop, errors: () => errors };
}

describe('kfunc-atlas site', () => {
  it('serves pages, redirects to the slash at the end, and has a page for what is not there', async () => {
    const { address, stop } = await serve('--port', '0', '--base', '/sub/');
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sub\/$/);
    const get = (path: string) => fetch(new URL(path, address), { redirect: 'manual' });

    const page = await get(`k/${name}/`);
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(headingOf(await page.text())).toBe(name);

    const robots = await get('robots.txt');
    expect(robots.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const [, style] = /href="\/sub\/(_astro\/[^"]+\.css)"/.exec(await (await get('')).text())!;
    expect((await get(style!)).headers.get('cache-control')).toContain('immutable');
    for (const path of ['', 'robots.txt', 'k/nothing/', `k/${name}`]) {
      const { headers } = await get(path);
      expect({ path, ...Object.fromEntries(headers) }).toMatchObject(
        Object.fromEntries(Object.entries(securityHeaders).map(([k, v]) => [k.toLowerCase(), v])),
      );
    }

    const bare = await get(`k/${name}?x=1`);
    expect([bare.status, bare.headers.get('location')]).toEqual([301, `/sub/k/${name}/?x=1`]);
    expect((await get('/')).headers.get('location')).toBe('/sub/');
    expect((await get('/sub')).headers.get('location')).toBe('/sub/');

    for (const path of ['k/nothing/', 'k/nothing', '/k/', '%00', '..%2f..%2fetc/passwd', '%']) {
      const none = await get(path);
      expect([path, none.status]).toEqual([path, 404]);
      expect(await none.text()).toContain('No such page');
    }
    expect((await fetch(address, { method: 'POST' })).status).toBe(405);
    expect(await stop('SIGINT')).toBe(0);
  });

  it('reads a checkout first when it is given one, and tells what it found odd in it', async () => {
    vi.stubEnv('XDG_CACHE_HOME', temporaryFolder());
    const linux = join(temporaryFolder(), 'linux');
    const good = kfuncFile('good', ['XDP'], [{ name: 'bpf_good' }]);
    invent(linux, kernels({ 'v6.1': { 'kernel/bpf/helpers.c': `${good}\n/* this has no end` } }));
    const { address, stop, errors } = await serve('--port', '0', '--linux', linux);
    const page = await fetch(new URL('k/bpf_good/', address));
    expect(headingOf(await page.text())).toBe('bpf_good');
    expect(errors()).toMatch(/kernel\/bpf\/helpers\.c:\d+/);
    await stop('SIGINT');
  });

  it('takes the next free port when the one asked for is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { address, stop } = await serve('--port', String(port));
    expect(Number(new URL(address).port)).toBeGreaterThan(port);
    await stop('SIGTERM');
    other.close();
  });

  it('refuses a port that is none', () => {
    const { code, stderr } = run('site', '--port', '70000');
    expect([code, stderr]).toEqual([2, expect.stringContaining('from 0 to 65535')]);
  });
});
