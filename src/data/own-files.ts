import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { unless } from './file-errors.ts';
import { isOwnPath, ownFolders } from './files.ts';

/** The dataset's files that are in `dir` now. Files that no dataset has are not seen, and stay. */
export async function ownFiles(dir: string): Promise<Set<string>> {
  const found = new Set<string>();
  for (const folder of ['', ...ownFolders]) {
    const entries = await unless(['ENOENT'], [], () =>
      readdir(join(dir, folder), { withFileTypes: true }),
    );
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (isOwnPath(path) && !entry.isDirectory()) found.add(path);
    }
  }
  return found;
}
