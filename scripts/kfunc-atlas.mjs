#!/usr/bin/env node
// The package's `bin`. Plain JavaScript of years ago, so that a Node that cannot read TypeScript gets
// as far as saying so.
if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import('./kfunc-atlas.ts');
} else {
  console.error(
    `error: Node ${process.versions.node} is too old for kfunc-atlas, which brings Node 24 with it: ` +
      'after `npm ci`, run `npx kfunc-atlas …` in its folder, or install Node 24.',
  );
  process.exitCode = 1;
}
