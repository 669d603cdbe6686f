import { stringLiterals } from '../c/body.ts';
import type { CFile } from '../c/types.ts';

/** A name ending that the verifier acts on. */
export interface SuffixFacts {
  literal: string;
  kind: 'parameter' | 'type';
  line: number;
}

const SUFFIX = /^__[a-z][a-z0-9_]*$/;

/**
 * The parameter suffixes that a release knows: string literals of the functions that test a kfunc's
 * parameter (`is_kfunc_arg_…` in kernel/bpf/btf.c up to 6.1, in kernel/bpf/verifier.c after), and the
 * ending of a type's name that NOCAST_ALIAS_SUFFIX defines (kernel/bpf/btf.c).
 */
export function readSuffixes(file: CFile): SuffixFacts[] {
  const found = new Map<string, SuffixFacts>();
  for (const item of file.items) {
    if (item.kind !== 'function' || !/^_*is_kfunc_/.test(item.name)) continue;
    for (const { text, line } of stringLiterals(item.body)) {
      if (!SUFFIX.test(text) || found.has(text)) continue;
      found.set(text, { literal: text, kind: 'parameter', line });
    }
  }
  for (const macro of file.macros) {
    const [only] = macro.body ?? [];
    if (macro.name !== 'NOCAST_ALIAS_SUFFIX' || only?.kind !== 'string') continue;
    const literal = only.text.slice(1, -1);
    found.set(literal, { literal, kind: 'type', line: macro.line });
  }
  return [...found.values()];
}

/** The suffix at the end of a parameter's name; the longest that fits. */
export function suffixOf(
  name: string,
  suffixes: readonly { literal: string; kind: string }[],
): string | null {
  let longest: string | null = null;
  for (const { literal, kind } of suffixes) {
    if (kind !== 'parameter' || !name.endsWith(literal)) continue;
    if (longest === null || literal.length > longest.length) longest = literal;
  }
  return longest;
}
