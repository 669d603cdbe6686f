import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folders whose code decides what a blob's facts and a release's reading are. */
const FOLDERS = ['c', 'kdoc', 'kfunc', 'data/schema'];

/**
 * A name for the parser as it stands: a hash of its source, so that no change of it can be forgotten
 * and facts kept by another parser are never taken for this one's.
 */
export function parserVersion(): string {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const hash = createHash('sha256');
  for (const folder of FOLDERS) {
    const names = readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((n) => n.endsWith('.ts') && !n.endsWith('.test.ts')).sort()) {
      hash.update(`${name}\0`).update(readFileSync(`${root}${folder}/${name}`));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
