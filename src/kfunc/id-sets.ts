import type { CFile, Cond } from '../c/types.ts';
import { namedBy } from './names.ts';

/** A `struct btf_kfunc_id_set` variable: what a registration points to. */
export interface IdSetFacts {
  name: string;
  isStatic: boolean;
  line: number;
  guard: Cond;
  /** Field -> name: `set`, `filter`; in 5.18 and 5.19 `check_set`, `acquire_set`, … */
  fields: Record<string, string>;
}

/** The set that `name` is another name of, by `#define name set`; the name itself otherwise. */
export function resolveAlias(name: string, aliases: Readonly<Record<string, string>>): string {
  const seen = new Set<string>();
  let current = name;
  while (Object.hasOwn(aliases, current) && !seen.has(current)) {
    seen.add(current);
    current = aliases[current]!;
  }
  return current;
}

/** `#define a b`: object-like macros whose body is one identifier. A set can be another's alias so. */
export function readAliases(file: CFile): Record<string, string> {
  const aliases: Record<string, string> = {};
  for (const macro of file.macros) {
    const [only, ...rest] = macro.body ?? [];
    if (macro.params === null && only?.kind === 'identifier' && rest.length === 0) {
      aliases[macro.name] = only.text;
    }
  }
  return aliases;
}

/**
 * The file's `struct btf_kfunc_id_set` variables (include/linux/btf.h), and the ones of 5.16 and 5.17
 * that `DEFINE_KFUNC_BTF_ID_SET(&set, variable)` makes.
 */
export function readIdSets(file: CFile): IdSetFacts[] {
  const found: IdSetFacts[] = [];
  for (const item of file.items) {
    if (item.kind === 'variable' && item.type === 'struct btf_kfunc_id_set') {
      const fields: Record<string, string> = {};
      for (const field of item.fields) {
        const name = namedBy(field.value);
        if (name !== null && field.name !== 'owner') fields[field.name] = name;
      }
      const { name, isStatic, line, guard } = item;
      if (Object.keys(fields).length > 0) found.push({ name, isStatic, line, guard, fields });
    } else if (item.kind === 'invocation' && item.name === 'DEFINE_KFUNC_BTF_ID_SET') {
      const set = namedBy(item.args?.[0] ?? []);
      const name = namedBy(item.args?.[1] ?? []);
      if (set !== null && name !== null) {
        found.push({ name, isStatic: true, line: item.line, guard: item.guard, fields: { set } });
      }
    }
  }
  return found;
}
