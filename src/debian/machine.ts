import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../user-error.ts';
import { parseDeb822Sources, parseOneLineSources, type AptSource } from './apt-sources.ts';
import { runApt } from './programs.ts';

/** What the machine's own apt says. Nothing of it is changed. */
export interface Machine {
  sources: AptSource[];
  /** `bookworm`; null when unknown. */
  codename: string | null;
  /** `apt-config dump` */
  configDump: string;
}

export async function askMachine(): Promise<Machine> {
  const { stdout: configDump } = await runApt('apt-config', ['dump']);
  const { stdout: places } = await runApt('apt-config', [
    'shell',
    'list',
    'Dir::Etc::sourcelist/f',
    'parts',
    'Dir::Etc::sourceparts/d',
  ]);
  const place = (name: string) => new RegExp(`^${name}='(.*)'$`, 'm').exec(places)?.[1] ?? '';
  const folder = place('parts');
  const names = await readdir(folder).catch(() => []);
  const parts = names.filter((name) => /\.(list|sources)$/.test(name)).sort();
  const sources: AptSource[] = [];
  for (const file of [place('list'), ...parts.map((name) => join(folder, name))]) {
    const text = await readFile(file, 'utf8').catch(() => '');
    sources.push(...(file.endsWith('.sources') ? parseDeb822Sources : parseOneLineSources)(text));
  }
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const codename = /^VERSION_CODENAME="?([a-z]+)"?$/m.exec(release)?.[1] ?? null;
  return { sources, codename, configDump };
}

const keyrings = ['pgp', 'gpg'].map((end) => `/usr/share/keyrings/debian-archive-keyring.${end}`);

/** Debian's keys on this machine. */
export async function findKeyring(given: string | undefined): Promise<string> {
  for (const file of given === undefined ? keyrings : [given]) {
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  throw new UserError(
    given === undefined
      ? "Debian's keys were not found, and without them signatures cannot be checked: install the package debian-archive-keyring."
      : `The keyring ${given} cannot be read.`,
  );
}
