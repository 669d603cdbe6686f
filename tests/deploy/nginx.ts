import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../site/build.ts';
import { freePort } from '../site/free-port.ts';

export const deploy = fileURLToPath(new URL('../../deploy/', import.meta.url));

/** nginx, where it is installed; Debian has it outside of a user's PATH. */
export const nginx = ['/usr/sbin/nginx', 'nginx'].find(
  (path) => spawnSync(path, ['-v']).status === 0,
);
if (nginx === undefined) {
  console.warn('SKIPPED: nginx was not found, so its configuration is not tested.');
}

/** Where the example is put on a server, and what takes its place in a test. */
const examplePlace = '/srv/kfunc-atlas';

/** What a Debian server has around a site's own file, with everything in one folder and one process. */
function mainFile(dir: string, server: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
master_process off;
pid ${dir}/nginx.pid;
error_log stderr;
events {}
http {
  include /etc/nginx/mime.types;
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${dir}/${name};`).join('\n  ')}
  ${server}
}
`;
}

/**
 * Starts nginx with the files of deploy/nginx on `site`, which stands under `base` (`/` or `/kfuncs/`), and
 * waits until it answers. Nothing in them is changed but the port and the folder.
 */
export async function startNginx(site: string, base: '/' | '/kfuncs/') {
  const dir = temporaryFolder();
  const port = await freePort();
  cpSync(join(deploy, 'nginx'), join(dir, 'conf', 'snippets'), { recursive: true });
  mkdirSync(join(dir, 'srv'));
  const link = join(dir, 'srv', base === '/' ? 'site' : 'kfuncs');
  symlinkSync(site, link);
  const adapt = (name: string) => {
    const path = join(dir, 'conf', 'snippets', name);
    const text = readFileSync(path, 'utf8');
    const here = text
      .replaceAll(examplePlace, join(dir, 'srv'))
      .replace('listen 80;', `listen 127.0.0.1:${port};`)
      .replace('listen [::]:80;', '');
    writeFileSync(path, here);
  };
  adapt('kfunc-atlas.conf');
  adapt('kfunc-atlas-under-a-path.conf');
  const server =
    base === '/'
      ? 'include snippets/kfunc-atlas.conf;'
      : `server { listen 127.0.0.1:${port}; include snippets/kfunc-atlas-under-a-path.conf; }`;
  const main = join(dir, 'conf', 'nginx.conf');
  writeFileSync(main, mainFile(dir, server));

  const child = spawn(nginx!, ['-p', dir, '-c', main], { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const origin = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100 && child.exitCode === null; tries++) {
    if (await fetch(origin).catch(() => null)) break;
    await sleep(50);
  }
  if (child.exitCode !== null) throw new Error(`nginx ended:\n${errors}`);
  return {
    origin,
    /** The link that the configuration points to, as an update changes it. */
    link,
    errors: () => errors,
    stop: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}
