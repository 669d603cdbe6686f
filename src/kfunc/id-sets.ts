import { fieldsOf } from '../c/initialiser.ts';
import type { CField, CFile, Cond, CVariable, Token } from '../c/types.ts';
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

/** The fields of each struct of an array: `{ { .set = &a }, { .set = &b } }`. */
function elementsOf(initialiser: readonly Token[]): CField[][] {
  const elements: CField[][] = [];
  let depth = 0;
  let from = 0;
  initialiser.forEach(({ text }, i) => {
    if (text === '{' && ++depth === 2) from = i;
    else if (text === '}' && --depth === 1) elements.push(fieldsOf(initialiser.slice(from, i + 1)));
  });
  return elements;
}

function structsOf(variable: CVariable): CField[][] {
  return variable.isArray ? elementsOf(variable.initialiser) : [variable.fields];
}

/**
 * The file's `struct btf_kfunc_id_set` variables (include/linux/btf.h), each struct of an array by the
 * array's name, and the ones of 5.16 and 5.17 that `DEFINE_KFUNC_BTF_ID_SET(&set, variable)` makes.
 */
export function readIdSets(file: CFile): IdSetFacts[] {
  const found: IdSetFacts[] = [];
  for (const item of file.items) {
    if (item.kind === 'variable' && item.type === 'struct btf_kfunc_id_set') {
      const { name, isStatic, line, guard } = item;
      for (const struct of structsOf(item)) {
        const fields: Record<string, string> = {};
        for (const field of struct) {
          const value = namedBy(field.value);
          if (value !== null && field.name !== 'owner') fields[field.name] = value;
        }
        if (Object.keys(fields).length > 0) found.push({ name, isStatic, line, guard, fields });
      }
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
