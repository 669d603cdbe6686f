import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const { CHROMIUM = '' } = process.env;
const candidates = [
  CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser that tests use; undefined where there is none. */
export const executablePath = candidates.find((path) => path !== '' && existsSync(path));
if (executablePath === undefined) {
  console.warn('SKIPPED: no Chromium was found, so the site is not tested in a browser.');
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
