import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { serveSite } from '../../src/publish/serve-site.ts';
import { kernels } from '../kernels/atlas.ts';
import { kfuncFile } from '../kernels/c.ts';
import { invent } from '../repositories.ts';
import { temporaryFolder } from '../site/build.ts';
import { deploy, nginx, startNginx } from './nginx.ts';

const dir = temporaryFolder();
const state = join(dir, 'state');
const linux = join(dir, 'linux');

function kernel(...names: string[]): Record<string, string> {
  const kfuncs = names.map((name) => ({ name }));
  return { 'kernel/bpf/helpers.c': kfuncFile('common', ['XDP'], kfuncs) };
}
const before = kernels({ 'v6.1': kernel('bpf_a'), 'v6.2': kernel('bpf_a', 'bpf_b') });
const after = kernels({ 'v6.3': kernel('bpf_b', 'bpf_c') });

/** Runs deploy/update.sh with nothing of this process's environment but where programs are. */
async function update(...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, LINUX: linux, STATE: state, SITE: 'https://x.example' };
  const { stdout } = await promisify(execFile)(join(deploy, 'update.sh'), args, { env });
  return stdout;
}

/** Asks for the pages again and again until it is told to stop; everything that was not a page. */
function reader(origin: string, paths: readonly string[]) {
  const end = new AbortController();
  const wrong: string[] = [];
  let answers = 0;
  const asking = (async () => {
    while (!end.signal.aborted) {
      for (const path of paths) {
        const answer = await fetch(origin + path);
        await answer.arrayBuffer();
        answers++;
        if (answer.status !== 200) wrong.push(`${answer.status} ${path}`);
      }
    }
  })();
  return async () => {
    end.abort();
    await asking;
    return { wrong, answers };
  };
}

/** The site as nginx serves it; where there is no nginx, as the local server does. */
async function serve() {
  const site = join(state, 'site');
  if (nginx !== undefined) return startNginx(site, '/');
  const serving = await serveSite({ dir: site, base: '/', port: 0 });
  return { origin: serving.address.slice(0, -1), stop: serving.close };
}

describe('deploy/update.sh', () => {
  it('fetches, builds, and puts a new release in the place of the old site without a gap', async () => {
    invent(linux, before, { bare: true });
    await update('fetch');
    await update('build');
    const site = join(state, 'site');
    const first = readlinkSync(site);
    expect(readdirSync(join(site, 'k')).filter((n) => !n.includes('.'))).toEqual([
      'bpf_a',
      'bpf_b',
    ]);
    expect(readFileSync(join(site, 'robots.txt'), 'utf8')).toContain('https://x.example/sitemap');
    const [asset] = readdirSync(join(site, '_astro'));

    // Nothing new: nothing changes, and nothing is left lying about.
    expect(await update()).toContain('The site is the same as before.');
    expect(readlinkSync(site)).toBe(first);
    expect(readdirSync(join(state, 'sites'))).toHaveLength(1);

    const server = await serve();
    const stop = reader(server.origin, ['/', '/k/bpf_a/', '/v6.2/', `/_astro/${asset!}`]);
    invent(join(dir, 'newer'), [...before, ...after], { bare: true });
    await promisify(execFile)('git', [
      '-C',
      linux,
      'fetch',
      '-q',
      join(dir, 'newer'),
      'refs/tags/*:refs/tags/*',
    ]);
    await update();
    expect((await fetch(`${server.origin}/k/bpf_c/`)).status).toBe(200);
    expect((await fetch(`${server.origin}/v6.3/`)).status).toBe(200);
    const { wrong, answers } = await stop();
    await server.stop();
    expect(wrong).toEqual([]);
    expect(answers).toBeGreaterThan(20);

    expect(readlinkSync(site)).not.toBe(first);
    expect(existsSync(join(state, first))).toBe(true);
    expect(statSync(join(site, 'index.html')).mode & 0o044).toBe(0o044);
  }, 120_000);

  it('keeps the site when a fetch fails', async () => {
    const site = readlinkSync(join(state, 'site'));
    const env = { PATH: process.env.PATH, LINUX: join(dir, 'nothing'), STATE: state };
    const failed = promisify(execFile)(join(deploy, 'update.sh'), [], { env });
    await expect(failed).rejects.toThrow('nothing');
    expect(readlinkSync(join(state, 'site'))).toBe(site);
  });

  it('says what it can do when asked for something else', async () => {
    await expect(update('publish')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('update.sh fetch') as string,
    });
  });
});
