import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Every file below `dir` with its text, sorted by path; what was left of a run is in it too. */
export function snapshot(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(files.map((f) => [f.slice(dir.length + 1), readFileSync(f, 'utf8')]));
}

/** A new directory for one test. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'kfunc-atlas-test-'));
}
