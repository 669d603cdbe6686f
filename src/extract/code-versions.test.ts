import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { codeVersions } from './code-versions.ts';

const sources = mkdtempSync(join(tmpdir(), 'kfunc-atlas-sources-'));
for (const folder of ['c', 'data', 'extract', 'git', 'history', 'kdoc', 'kfunc']) {
  const from = fileURLToPath(new URL(`../${folder}`, import.meta.url));
  cpSync(from, join(sources, folder), { recursive: true });
}
afterAll(() => {
  rmSync(sources, { recursive: true });
});

/** Which of the two versions change with a file of this path. */
function changedBy(path: string): string[] {
  const before = codeVersions(sources);
  writeFileSync(join(sources, path), `// ${path}\n`);
  const after = codeVersions(sources);
  return (['parser', 'extractor'] as const).filter((name) => before[name] !== after[name]);
}

test('is the same for the same code, wherever it lies', () => {
  expect(codeVersions(sources)).toEqual(codeVersions());
});

test('changes with all that a reading comes from', () => {
  const paths = ['c/new.ts', 'kfunc/config/new.ts', 'extract/scan.ts', 'data/prose.ts'];
  for (const path of [...paths, 'git/tree-listing.ts', 'git/tree-changes.ts']) {
    expect(changedBy(path)).toEqual(['parser', 'extractor']);
  }
});

test('of the whole changes with the folding and the writing too, which leave readings as they are', () => {
  for (const path of ['history/fold.ts', 'data/write.ts', 'git/releases.ts']) {
    expect(changedBy(path)).toEqual(['extractor']);
  }
});

test('does not change with a test or a note', () => {
  for (const path of ['kfunc/new.test.ts', 'history/README.md']) {
    expect(changedBy(path)).toEqual([]);
  }
});

test('does not change with how kernel-doc is parsed, of which facts hold only the words', () => {
  expect(changedBy('kdoc/parse.ts')).toEqual([]);
  expect(changedBy('kdoc/comment.ts')).toEqual(['parser', 'extractor']);
  const readers = ['c', 'kfunc', 'extract', 'data/schema'].flatMap((folder) =>
    readdirSync(join(sources, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(sources, folder, name), 'utf8')),
  );
  const imported = readers.flatMap((text) => [...text.matchAll(/from '[./]+\/(kdoc\/[^']+)'/g)]);
  expect(new Set(imported.map(([, path]) => path))).toEqual(new Set(['kdoc/comment.ts']));
});
