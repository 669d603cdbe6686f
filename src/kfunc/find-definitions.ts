import type { CFile } from '../c/types.ts';
import { readDefinitions, type DefinitionFacts } from './definitions.ts';
import type { FileFacts } from './file-facts.ts';
import type { Membership } from './membership.ts';
import { byCodeUnit } from './names.ts';
import type { SourceTree } from './tree.ts';

/** A definition and the file it stands in. */
export interface FoundDefinition extends DefinitionFacts {
  file: string;
}

type Parse = (path: string) => Promise<CFile | undefined>;

function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/**
 * Places to look for a definition that no file with kfunc tokens holds, nearest first: the set's own
 * directory, its top-level directory, the whole tree; `.c` before `.h`. A kfunc such as tcp_slow_start
 * (net/ipv4/tcp_cong.c) stands near its set; only an odd one costs a look through everything.
 */
function* rings(tree: SourceTree, setFile: string): Generator<string[]> {
  const directory = directoryOf(setFile);
  const top = setFile.split('/')[0]!;
  const below = (dir: string, ending: string): string[] =>
    [...tree.list(dir)].filter((path) => path.endsWith(ending));
  for (const ending of ['.c', '.h']) {
    yield below(directory, ending).filter((path) => directoryOf(path) === directory);
    yield below(top, ending);
  }
  yield below('', '.c').filter((path) => !path.startsWith('tools/') && !path.startsWith(`${top}/`));
  yield below('include', '.h');
}

/** Looks for definitions of `names`, all of which are in sets of `setFile`. */
async function search(
  tree: SourceTree,
  setFile: string,
  names: ReadonlySet<string>,
  parse: Parse,
): Promise<FoundDefinition[]> {
  const found: FoundDefinition[] = [];
  const missing = new Set(names);
  const looked = new Set<string>();
  for (const ring of rings(tree, setFile)) {
    if (missing.size === 0) break;
    const candidates = ring.filter((path) => !looked.has(path));
    candidates.forEach((path) => looked.add(path));
    const holding = await tree.search(candidates, [...missing]);
    const here: FoundDefinition[] = [];
    for (const file of [...holding.keys()].sort(byCodeUnit)) {
      const parsed = await parse(file);
      for (const definition of parsed ? readDefinitions(parsed, missing) : []) {
        if (missing.has(definition.name)) here.push({ ...definition, file });
      }
    }
    found.push(...here);
    for (const definition of here) missing.delete(definition.name);
  }
  return found;
}

/** A stub is what a header or an `#else` gives when the real thing is not built. */
function preference(definition: FoundDefinition, setFiles: ReadonlySet<string>): number {
  if (definition.file.endsWith('.h')) return 3;
  if (!setFiles.has(definition.file)) return 2;
  return 1;
}

/**
 * The definitions of every member, preferred one first: in a file of its sets, then elsewhere in a
 * `.c` file, then in a header; among several in one file the longest, since the others are stubs.
 * Definitions under `tools/` are another program's unless the set is there too.
 */
export async function findDefinitions(
  tree: SourceTree,
  files: ReadonlyMap<string, FileFacts>,
  members: readonly Membership[],
  parse: Parse,
): Promise<Map<string, FoundDefinition[]>> {
  const setFiles = new Map<string, Set<string>>();
  for (const { name, file } of members) {
    setFiles.set(name, (setFiles.get(name) ?? new Set()).add(file));
  }
  const found = new Map<string, FoundDefinition[]>();
  const add = (definition: FoundDefinition): void => {
    const homes = setFiles.get(definition.name);
    if (!homes) return;
    const inTools = (path: string): boolean => path.startsWith('tools/');
    if (inTools(definition.file) && ![...homes].some((home) => home === definition.file)) return;
    if ([...homes].every(inTools) && !homes.has(definition.file)) return;
    found.set(definition.name, [...(found.get(definition.name) ?? []), definition]);
  };
  for (const [file, facts] of files) {
    for (const definition of facts.definitions) add({ ...definition, file });
  }

  const missing = new Map<string, Set<string>>();
  for (const [name, homes] of setFiles) {
    if (found.has(name)) continue;
    const home = [...homes].sort(byCodeUnit)[0]!;
    missing.set(home, (missing.get(home) ?? new Set()).add(name));
  }
  const searches = [...missing]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([home, names]) => search(tree, home, names, parse));
  for (const definitions of await Promise.all(searches)) {
    for (const definition of definitions) {
      found.set(definition.name, [...(found.get(definition.name) ?? []), definition]);
    }
  }

  for (const [name, definitions] of found) {
    const homes = setFiles.get(name)!;
    definitions.sort(
      (a, b) =>
        preference(a, homes) - preference(b, homes) ||
        Number(b.marked) - Number(a.marked) ||
        byCodeUnit(a.file, b.file) ||
        b.size - a.size ||
        a.line - b.line,
    );
    // A definition in a header or another file is the real one only where no better one was found.
    const best = preference(definitions[0]!, homes);
    found.set(
      name,
      definitions.filter((d) => preference(d, homes) === best),
    );
  }
  return found;
}
