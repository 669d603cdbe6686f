import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { readDataset } from '../../src/data/read.ts';

/** Which programs of the trees call kfuncs, held against what `git grep` finds in the same trees. */
const { linux, data } = inject('kernels');
const run = promisify(execFile);
const PLACES = ['tools/*.[ch]', 'samples/*.[ch]', '*/progs/*.[ch]', '*.bpf.[ch]'];

async function git(...args: string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', linux, ...args], { maxBuffer: 1 << 28 });
  return stdout;
}

/** Lines that call, as far as a line on its own can tell: no comment, directive, declaration, string. */
function callsOn(line: string, names: ReadonlySet<string>): string[] {
  // At the margin stands the second line of a definition.
  if (/^\S|^\s*(\*|\/\*|\/\/|#|extern\b|__weak\b)|__ksym|"/.test(line)) return [];
  return [...line.matchAll(/(?<![\w.>])(\w+)\(/g)]
    .filter(
      ({ 1: name, index }) =>
        names.has(name!) && /(^|[=(,!&|;:?{}]|return)\s*$/.test(line.slice(0, index)),
    )
    .map(({ 1: name }) => name!);
}

test('every program that is told to call a kfunc names it, and every plain call is told', async () => {
  const { releases, releaseFiles } = await readDataset(data);
  const work = await mkdtemp(join(tmpdir(), 'kfunc-atlas-users-'));
  for (const { id, commit } of releases) {
    const { users, entries } = releaseFiles.find((file) => file.id === id)!;
    const names = new Set(Object.keys(entries));
    if (names.size === 0) continue;
    const list = join(work, 'names');
    await writeFile(list, [...names].join('\n'));
    const lines = await git('grep', '-n', '-w', '-F', '-f', list, commit, '--', ...PLACES);
    const programs = new Set(
      (await git('grep', '-l', '-F', '-e', 'SEC("', '-e', 'vmlinux.h', commit, '--', ...PLACES))
        .split('\n')
        .map((path) => path.slice(path.indexOf(':') + 1)),
    );
    const named = new Set<string>();
    const called = new Set<string>();
    for (const hit of lines.split('\n')) {
      const [, path, text] = /^[^:]*:([^:]*):\d+:(.*)$/.exec(hit) ?? [];
      if (path === undefined) continue;
      for (const word of text!.split(/\W+/)) if (names.has(word)) named.add(`${path} ${word}`);
      if (!programs.has(path)) continue;
      for (const name of callsOn(text!, names)) called.add(`${path} ${name}`);
    }
    const told = new Set(
      Object.entries(users).flatMap(([name, files]) => files.map((file) => `${file} ${name}`)),
    );
    console.log(
      `${id}: ${told.size} uses told of ${Object.keys(users).length} kfuncs; plain calls that git grep finds: ${called.size}`,
    );
    expect([...told].filter((use) => !named.has(use))).toEqual([]);
    expect([...called].filter((use) => !told.has(use))).toEqual([]);
    if (id !== releases[0]!.id) expect(called.size).toBeGreaterThan(0.5 * told.size);
  }
  await rm(work, { recursive: true });
});
