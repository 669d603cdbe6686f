import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Whose code decides what a blob's facts and a release's reading are, and which files it has. */
const PARSER = [
  'c',
  'data/prose.ts',
  'data/schema',
  'extract',
  'git/tree-changes.ts',
  'git/tree-listing.ts',
  'kdoc/comment.ts',
  'kfunc',
];
/** Whose code decides, besides, what a dataset is made of them. */
const REST = ['data', 'git', 'history'];

const SOURCES = fileURLToPath(new URL('..', import.meta.url));

/** Names for code as it stands: hashes of its source, so that no change of it can be forgotten. */
export interface CodeVersions {
  /** Of the parser: facts kept by another are never taken for this one's. */
  parser: string;
  /** Of all code between a checkout and a dataset: the same input and this give the same bytes. */
  extractor: string;
}

/** @param sources the folder `src/` */
export function codeVersions(sources: string = SOURCES): CodeVersions {
  const parser = hashOf(sources, PARSER);
  return { parser, extractor: hashOf(sources, REST, parser) };
}

function hashOf(sources: string, parts: readonly string[], before = ''): string {
  const hash = createHash('sha256').update(before);
  for (const part of parts) {
    for (const path of filesOf(sources, part)) {
      hash.update(`${path}\0`).update(readFileSync(`${sources}/${path}`));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** A file, or the files below a folder that are code and no test, by path below `sources`. */
function filesOf(sources: string, part: string): string[] {
  if (statSync(`${sources}/${part}`).isFile()) return [part];
  return readdirSync(`${sources}/${part}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => `${part}/${name}`);
}
