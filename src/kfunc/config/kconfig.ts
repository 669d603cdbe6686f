/** All Kconfig files of a release together. */
import type { KconfigFile, KconfigType, OneOf } from './kconfig-file.ts';

/** What a release's Kconfig files say of its symbols, which have their `CONFIG_` prefix. */
export interface Kconfig {
  types: ReadonlyMap<string, KconfigType>;
  /** What is on wherever a symbol is. */
  needs: ReadonlyMap<string, readonly OneOf[]>;
}

const ROOT = 'Kconfig';

/**
 * Joins the files of a tree, by path. A symbol needs what all of its entries need, and a file what is
 * needed wherever it is read from, so that what is told holds for every architecture. A symbol that
 * another one selects can be on without what it depends on; Kconfig warns of that, and nobody builds it
 * on purpose.
 */
export function joinKconfig(files: ReadonlyMap<string, KconfigFile>): Kconfig {
  const types = new Map<string, KconfigType>();
  const needs = new Map<string, Needs>();
  const around = whereRead(files);
  for (const [path, file] of files) {
    const inherited = around.get(path);
    for (const { symbol, type, needs: own } of file.entries) {
      if (type !== null && !types.has(symbol)) types.set(symbol, type);
      const all = new Map([...(inherited ?? []), ...own.map((one) => [one.join(), one] as const)]);
      const before = needs.get(symbol);
      needs.set(symbol, before === undefined ? all : inBoth(before, all));
    }
  }
  return { types, needs: new Map([...needs].map(([symbol, all]) => [symbol, [...all.values()]])) };
}

/** By a key that is the same for the same symbols. */
type Needs = Map<string, OneOf>;

function inBoth(a: Needs, b: ReadonlyMap<string, OneOf>): Needs {
  return new Map([...a].filter(([key]) => b.has(key)));
}

/** What is on wherever a file is read from, for files that can be reached from the root. */
function whereRead(files: ReadonlyMap<string, KconfigFile>): Map<string, Needs> {
  const archs = [...files.keys()].flatMap(
    (path) => /^arch\/([^/]+)\/Kconfig$/.exec(path)?.[1] ?? [],
  );
  const around = new Map<string, Needs>([[ROOT, new Map()]]);
  const queue = [ROOT];
  for (let from = queue.pop(); from !== undefined; from = queue.pop()) {
    const here = around.get(from)!;
    for (const source of files.get(from)?.sources ?? []) {
      const there = new Map([...here, ...source.needs.map((one) => [one.join(), one] as const)]);
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
