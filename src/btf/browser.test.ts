import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** All files that a file imports, itself included, and all that is imported by another name. */
function importsOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, name] of readFileSync(file, 'utf8').matchAll(/from '(.+?)'/g))
    if (name!.startsWith('.')) importsOf(resolve(dirname(file), name!), seen);
    else seen.add(name!);
  return seen;
}

test.each(['elf-btf.ts', 'kfuncs.ts', 'vmlinux-header.ts', 'embedded.ts'])(
  '%s and what it imports need nothing that a browser lacks',
  (name) => {
    const folder = import.meta.dirname;
    for (const imported of importsOf(resolve(folder, name)))
      expect(dirname(imported), imported).toBe(folder);
  },
);
