/** All Kconfig files of a release together. */
import { entryOf, type KconfigFile, type KconfigType, type OneOf } from './kconfig-file.ts';

/** Something of each symbol, by its name with the `CONFIG_` prefix. */
export type BySymbol<T> = Pick<ReadonlyMap<string, T>, 'get'>;

/** What a release's Kconfig files say of its symbols, which have their `CONFIG_` prefix. */
export interface Kconfig {
  types: BySymbol<KconfigType>;
  /** What is on wherever a symbol is; prefixed too. */
  needs: BySymbol<readonly OneOf[]>;
}

const ROOT = 'Kconfig';

/**
 * Joins the files of a tree, by path. A symbol needs what all of its entries need, and a file what is
 * needed wherever it is read from, so that what is told holds for every architecture. A symbol that
 * another one selects can be on without what it depends on; Kconfig warns of that, and nobody builds it
 * on purpose.
 */
export function joinKconfig(files: ReadonlyMap<string, KconfigFile>): Kconfig {
  const declared = Map.groupBy(linesOf(files), ({ line }) => line.slice(0, line.indexOf(' ')));
  const around = whereRead(files);
  // Twenty thousand symbols are declared, and few are asked for.
  const known = new Map<string, Declared>();
  const about = (symbol: string): Declared | undefined => {
    const lines = declared.get(symbol.replace(/^CONFIG_/, ''));
    let found = known.get(symbol);
    if (lines === undefined || found !== undefined) return found;
    const entries = lines.map(({ path, line }) => ({ path, ...entryOf(line) }));
    const type = entries.find((entry) => entry.type !== null)?.type ?? undefined;
    const needs = entries.map(
      (entry) => new Set([...(around.get(entry.path) ?? []), ...entry.needs]),
    );
    known.set(symbol, (found = { type, needs: [...needs.reduce(inBoth)].map(prefixed) }));
    return found;
  };
  return {
    types: { get: (symbol) => about(symbol)?.type },
    needs: { get: (symbol) => about(symbol)?.needs },
  };
}

function prefixed(one: OneOf): OneOf {
  return `CONFIG_${one.replaceAll('|', '|CONFIG_')}`;
}

interface Declared {
  type: KconfigType | undefined;
  needs: readonly OneOf[];
}

function* linesOf(
  files: ReadonlyMap<string, KconfigFile>,
): Generator<{ path: string; line: string }> {
  for (const [path, file] of files) {
    for (const line of file.entries) yield { path, line };
  }
}

function inBoth(a: Set<OneOf>, b: Set<OneOf>): Set<OneOf> {
  return new Set([...a].filter((one) => b.has(one)));
}

/** What is on wherever a file is read from, for files that can be reached from the root. */
function whereRead(files: ReadonlyMap<string, KconfigFile>): Map<string, Set<OneOf>> {
  const archs = [...files.keys()].flatMap(
    (path) => /^arch\/([^/]+)\/Kconfig$/.exec(path)?.[1] ?? [],
  );
  const around = new Map([[ROOT, new Set<OneOf>()]]);
  const queue = [ROOT];
  for (let from = queue.pop(); from !== undefined; from = queue.pop()) {
    const here = around.get(from)!;
    for (const source of files.get(from)?.sources ?? []) {
      const there = new Set([...here, ...source.needs]);
      for (const path of pathsOf(source, from, archs)) {
        if (!files.has(path)) continue;
        const before = around.get(path);
        const now = before === undefined ? there : inBoth(before, there);
        // Needs only get fewer, so this ends.
        if (now.size === before?.size) continue;
        around.set(path, now);
        queue.push(path);
      }
    }
  }
  return around;
}

/** `arch/$(SRCARCH)/Kconfig` is a file of each architecture; other variables are not known here. */
function pathsOf(
  { path, isRelative }: KconfigFile['sources'][number],
  from: string,
  archs: readonly string[],
): string[] {
  const plain = path.replace(/^\$[({]?srctree[)}]?\//, '');
  const whole = isRelative ? `${from.slice(0, from.lastIndexOf('/') + 1)}${plain}` : plain;
  const arch = /\$[({]?(?:SRCARCH|ARCH)[)}]?/;
  return arch.test(whole) ? archs.map((name) => whole.replace(arch, name)) : [whole];
}
