import { stringLiterals } from '../c/body.ts';
import type { CFile } from '../c/types.ts';

/**
 * The struct types whose pointers the build takes for implicit arguments: the string literals that
 * is_kf_implicit_arg() compares with (tools/bpf/resolve_btfids/main.c, 7.0 on). null when the file
 * does not define that function.
 */
export function readImplicitArgs(file: CFile): string[] | null {
  for (const item of file.items) {
    if (item.kind !== 'function' || item.name !== 'is_kf_implicit_arg' || !item.isDefinition)
      continue;
    return stringLiterals(item.body)
      .map((literal) => literal.text)
      .filter((name) => /^[A-Za-z_]\w*$/.test(name));
  }
  return null;
}

/** Whether `type` is a pointer, const or not, to one of `structs`. */
export function isImplicit(type: string, structs: readonly string[]): boolean {
  const match = /^(?:const )?struct (\w+) \*(?:const)?$/.exec(type);
  return match !== null && structs.includes(match[1]!);
}
