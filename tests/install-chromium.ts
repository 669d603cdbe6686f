import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Before the tests: installs Debian's Chromium where none is found and apt and root allow it. Where they
 * do not, says so; the tests that need it are then skipped.
 */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const found = [process.env.CHROMIUM ?? '', ...places].some((path) => path && existsSync(path));

function apt(...args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', ['-qq', ...args], { env, stdio: 'ignore' }).status === 0;
}

if (!found && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
  console.log('Installing Chromium with apt, for the tests in a browser …');
  const done = apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium');
  if (!done) console.warn('Chromium could not be installed: tests in a browser will be skipped.');
} else if (!found) {
  console.warn('No Chromium was found: tests in a browser will be skipped.');
}
