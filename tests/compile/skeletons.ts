import type { Dataset } from '../../src/data/dataset.ts';
import { makeAtlas } from '../../src/views/atlas.ts';
import { partsOf } from '../../src/views/kfunc/declaration.ts';
import { type Skeleton, skeletonOf } from '../../src/views/kfunc/skeleton.ts';
import { parseSourceBrowser } from '../../src/views/source-browser.ts';
import { typesOf } from './declarations.ts';

export interface NamedSkeleton extends Skeleton {
  name: string;
}

/** The skeletons that the pages of a dataset give. */
export function skeletonsOf(dataset: Dataset): NamedSkeleton[] {
  const browser = parseSourceBrowser('cgit');
  const atlas = makeAtlas(dataset, { base: '/', browser, site: undefined });
  return dataset.kfuncs.flatMap((record) => {
    const skeleton = skeletonOf(atlas, record);
    return skeleton === null ? [] : [{ ...skeleton, name: record.name }];
  });
}

/**
 * Skeletons as programs, as few as will do: kfuncs of one family share one, and two that call their
 * function the same do not stand in one file. Their functions are compiled though nobody calls them; but for
 * those with too many parameters for a call of their own, which are only read. Structs that `header` does
 * not have, as those of modules that were not built, are empty ones; what uses another typedef than it has
 * is left out.
 */
export function programsOf(
  skeletons: readonly NamedSkeleton[],
  header: string,
): { together: string[]; missing: string[]; leftOut: number } {
  const { tags, typedefs } = typesOf(header);
  let leftOut = 0;
  const missing = new Set<string>();
  const files: Map<string, string>[] = [];
  for (const code of new Set(skeletons.map((skeleton) => skeleton.code))) {
    if ([...code.matchAll(/\b\w+_t\b(?= \w)/g)].some(([type]) => !typedefs.has(type))) {
      leftOut++;
      continue;
    }
    for (const [, kind, tag] of code.matchAll(/\b(struct|union|enum) (\w+)/g)) {
      if (!tags.has(tag!) && !tag!.includes('___')) missing.add(`${kind!} ${tag!}`);
    }
    const name = /\bcompat_\w+(?=\()/.exec(code)![0];
    const file = files.find((known) => !known.has(name)) ?? new Map<string, string>();
    if (file.size === 0) files.push(file);
    file.set(name, code);
  }
  const stubs = [...missing].map((type) =>
    type.startsWith('enum') ? `${type} { ${type.slice(5)}_stub };` : `${type} {};`,
  );
  const together = files.map((file) => {
    const types = new Set<string>();
    const bodies = [...file.values()].map((code) =>
      withoutWideCalls(code)
        .replace(/^#include .*\n/gm, '')
        .replace(/^(?:struct|union|enum) \w+___\w+ \{.*\};\n/gm, (line) => {
          types.add(line.trim());
          return '';
        }),
    );
    return [
      '#include "vmlinux.h"',
      '#include <bpf/bpf_helpers.h>',
      '#undef __always_inline',
      '#define __always_inline __attribute__((used, noinline))',
      ...stubs,
      ...types,
      ...bodies,
    ].join('\n');
  });
  return { together, missing: [...missing], leftOut };
}

/** A function that is not inlined has its arguments in five registers. */
function withoutWideCalls(code: string): string {
  const [signature = ''] = /^static __always_inline [^{]*/m.exec(code) ?? [];
  const isWide = (partsOf(signature)?.params.length ?? 0) > 5;
  return isWide
    ? code.replace('static __always_inline', 'static inline __attribute__((unused))')
    : code;
}
