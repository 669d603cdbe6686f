#!/usr/bin/env node
// The package's `bin`. Plain JavaScript of years ago, so that a Node that cannot read TypeScript gets
// as far as saying so.
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

if (Number(process.versions.node.split('.')[0]) >= 24) {
  // Compiled code is kept in the user's own cache: reading it anew is half of what `--help` takes.
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  module.enableCompileCache(join(caches, 'kfunc-atlas', 'compiled'));
  await import('./kfunc-atlas.ts');
} else {
  console.error(
    `error: Node ${process.versions.node} is too old for kfunc-atlas, which brings Node 24 with it: ` +
      'after `npm ci`, run `npx kfunc-atlas …` in its folder, or install Node 24.',
  );
  process.exitCode = 1;
}
