import type { CFile, CMacro } from '../c/types.ts';
import { readDefinitions } from './definitions.ts';
import type { FileFacts } from './file-facts.ts';
import { byCodeUnit } from './names.ts';
import { readSets } from './sets.ts';
import type { SourceTree } from './tree.ts';

type Parse = (path: string) => Promise<CFile | undefined>;

/** Headers looked through for one macro before it is given up; a deep include tree has thousands. */
const MOST_HEADERS = 400;

/**
 * Headers are many and long: to go on to what they include they are not parsed. One that is named in a
 * comment is a place more to look in.
 */
const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*["<]([^">\n]+)[">]/gm;

/** Where an `#include` can lead, in the order in which the build looks. */
function candidatesOf(path: string, from: string): string[] {
  const directory = from.slice(0, from.lastIndexOf('/') + 1);
  return [`${directory}${path}`, `include/${path}`, `include/uapi/${path}`];
}

/** The macros of the header, among those a file includes, nearest first, that defines `name`. */
async function findHeader(
  tree: SourceTree,
  file: CFile,
  path: string,
  name: string,
  parse: Parse,
): Promise<CMacro[]> {
  const queue = file.includes.map((include) => ({ include: include.path, from: path }));
  const seen = new Set<string>();
  for (let i = 0; i < queue.length && seen.size < MOST_HEADERS; i++) {
    const { include, from } = queue[i]!;
    const header = candidatesOf(include, from).find((candidate) => tree.has(candidate));
    if (header === undefined || seen.has(header)) continue;
    seen.add(header);
    const text = await tree.read(header);
    if (text === undefined) continue;
    const parsed = text.includes(name) ? await parse(header) : undefined;
    if (parsed?.macros.some((macro) => macro.name === name && macro.body)) return parsed.macros;
    for (const [, inner = ''] of text.matchAll(INCLUDE)) {
      queue.push({ include: inner, from: header });
    }
  }
  // Through headers of headers that are found in no such place (asm/): whichever defines it will do.
  const holding = await tree.search(
    [...tree.list('include')].filter((candidate) => candidate.endsWith('.h')),
    [`#define ${name}`],
  );
  const [nearest] = [...holding.keys()].sort(byCodeUnit);
  return nearest === undefined ? [] : ((await parse(nearest))?.macros ?? []);
}

/**
 * Reads the sets anew that hold a macro from a header, such as net/core/xdp.c's
 * `XDP_METADATA_KFUNC_xxx`, whose body is in include/net/xdp.h. Other files' facts stay as they are.
 * A macro that no header defines stays in `unresolved` and is reported.
 */
export async function expandFromHeaders(
  tree: SourceTree,
  files: ReadonlyMap<string, FileFacts>,
  parse: Parse,
): Promise<Map<string, FileFacts>> {
  const result = new Map(files);
  for (const [path, facts] of files) {
    const unresolved = new Set(facts.sets.flatMap((set) => set.unresolved));
    const file = unresolved.size > 0 ? await parse(path) : undefined;
    if (!file) continue;
    const macros: CMacro[] = [];
    for (const name of unresolved) {
      macros.push(...(await findHeader(tree, file, path, name, parse)));
    }
    const sets = readSets(file, path, macros);
    const names = new Set(sets.value.flatMap((set) => set.entries.map((entry) => entry.name)));
    for (const { name } of facts.definitions) names.add(name);
    result.set(path, {
      ...facts,
      sets: sets.value,
      definitions: readDefinitions(file, names),
      diagnostics: [...facts.diagnostics, ...sets.diagnostics, ...unexpanded(sets.value, path)],
    });
  }
  return result;
}

function unexpanded(sets: FileFacts['sets'], path: string): FileFacts['diagnostics'] {
  return sets.flatMap((set) =>
    set.unresolved.map((name) => ({
      code: 'unknown-macro',
      severity: 'warning' as const,
      release: null,
      path,
      line: set.line,
      message: `${name} in the set ${set.name} is no macro that this file or its headers define.`,
    })),
  );
}
