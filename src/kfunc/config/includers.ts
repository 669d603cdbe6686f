/** Files of C that other files of C include: `#include "ext/ext.c"`. */
import { parseC } from '../../c/parse.ts';
import type { Cond } from '../../c/types.ts';
import type { SourceTree } from '../tree.ts';
import { parentOf, upwards, within } from './directories.ts';

export interface Includer {
  file: string;
  /** In force at the `#include`. */
  guard: Cond;
}

/** `a/b` and `../c/d.c` -> `a/c/d.c`; what leaves the tree is an empty text. */
function resolve(dir: string, path: string): string {
  const parts = dir === '' ? [] : dir.split('/');
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return '';
    } else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/**
 * Who includes a `.c` file. Looked at are the files of C in its own directory, then in each directory above
 * it, then those below the topmost directory but one; the first place with an answer has them all.
 */
export async function includersOf(tree: SourceTree, file: string): Promise<Includer[]> {
  const dir = parentOf(file);
  const name = file.slice(file.lastIndexOf('/') + 1);
  const isC = (path: string): boolean => path.endsWith('.c') && path !== file;
  const wide = dir.split('/').slice(0, 2).join('/');
  const above = upwards(dir).filter((d) => d !== '');
  function* places(): Generator<string[]> {
    for (const d of above) yield [...tree.list(d)].filter((p) => isC(p) && parentOf(p) === d);
    if (wide !== '') yield [...tree.list(wide)].filter(isC);
  }
  for (const place of places()) {
    const found: Includer[] = [];
    // Asked for any such file, since the answer is the same for all files of a place.
    for (const path of (await tree.search(place, ['.c"'])).keys()) {
      const text = await tree.read(path);
      if (text?.includes(`${name}"`) !== true) continue;
      for (const include of parseC(text, path).value.includes) {
        if (include.system || !include.path.endsWith(name)) continue;
        const fits =
          resolve(parentOf(path), include.path) === file ||
          above.some(
            (d) =>
              within(d, include.path) === file && !tree.has(resolve(parentOf(path), include.path)),
          );
        if (fits && include.guard.op !== 'false') found.push({ file: path, guard: include.guard });
      }
    }
    if (found.length > 0) return found;
  }
  return [];
}
