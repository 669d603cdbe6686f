import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kernels } from '../kernels/atlas.ts';
import { invent } from '../repositories.ts';
import { temporaryFolder } from '../site/build.ts';
import { filesIn } from '../site/links.ts';
import { deploy } from './nginx.ts';

const root = resolve(deploy, '..');
const NOBODY = 65534;
const names = ['kfunc-atlas-build.timer', 'kfunc-atlas-build.service', 'kfunc-atlas-fetch.service'];

function works(command: string, ...args: string[]): boolean {
  return spawnSync(command, args).status === 0;
}
const hasSystemd = works('systemd-analyze', '--version');
if (!hasSystemd) console.warn('SKIPPED: systemd-analyze was not found, so no unit is verified.');
const nobody = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
const mayConfine =
  process.getuid?.() === 0 &&
  works('unshare', '-mn', 'true') &&
  works('setpriv', ...nobody, 'test', '-r', join(root, 'package.json'));
if (!mayConfine) {
  const why = 'no namespaces here, or a folder that only its owner reads';
  console.warn(`SKIPPED: ${why}, so the build is not run confined.`);
}

/** The units as they stand on a server, but for the folder of this project. */
function units(): string {
  const dir = temporaryFolder();
  cpSync(join(deploy, 'systemd'), dir, { recursive: true });
  for (const file of filesIn(dir)) {
    const text = readFileSync(join(dir, file), 'utf8');
    writeFileSync(join(dir, file), text.replaceAll('/opt/kfunc-atlas', root));
  }
  return dir;
}

describe.skipIf(!hasSystemd)('the systemd units', () => {
  const dir = units();

  it('are right in the eyes of systemd', () => {
    const paths = names.map((name) => join(dir, name));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...paths]);
    expect([stderr.toString(), status]).toEqual(['', 0]);
  });

  it.each([
    ['kfunc-atlas-build.service', 10],
    ['kfunc-atlas-fetch.service', 15],
  ])('give %s few rights: at most %i of 100', (name, threshold) => {
    const { status, stdout } = spawnSync('systemd-analyze', [
      'security',
      '--no-pager',
      '--offline=yes',
      `--threshold=${threshold}`,
      join(dir, name),
    ]);
    expect(status, stdout.toString().split('\n').slice(-2).join('\n')).toBe(0);
  });
});

describe.skipIf(!mayConfine)('deploy/update.sh build', () => {
  it('needs no network, and no place to write but its own and .astro/', () => {
    const dir = temporaryFolder();
    const state = join(dir, 'state');
    const types = join(dir, 'types');
    for (const folder of [state, types]) mkdirSync(folder);
    chmodSync(dir, 0o755);
    invent(join(state, 'linux.git'), kernels({ 'v6.1': {}, 'v6.2': {} }), { bare: true });
    mkdirSync(join(root, '.astro'), { recursive: true });
    for (const path of [dir, ...readdirSync(dir, { recursive: true, encoding: 'utf8' })]) {
      chownSync(resolve(dir, path), NOBODY, NOBODY);
    }
    // What the units' ProtectSystem=, ProcSubset=, PrivateNetwork= and User= come to.
    const confine = `
      mount --make-rprivate /
      mount --bind '${state}' '${state}'
      mount --bind '${types}' '${root}/.astro'
      mount -o remount,ro,bind /
      mount -t proc -o subset=pid,hidepid=invisible proc /proc
      exec setpriv ${nobody.join(' ')} --no-new-privs \\
        --inh-caps=-all --bounding-set=-all '${join(deploy, 'update.sh')}' build`;
    const { status, stderr } = spawnSync('unshare', ['-mn', 'sh', '-ec', confine], {
      env: { PATH: process.env.PATH, STATE: state },
      encoding: 'utf8',
    });
    expect(stderr).not.toMatch(/error|EROFS|EACCES/i);
    expect(status).toBe(0);
    expect(readFileSync(join(state, 'site/v6.2/index.html'), 'utf8')).toContain('v6.2');
  });
});
