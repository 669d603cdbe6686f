import type { CFile, Token } from '../c/types.ts';
import { collapseSpace, commentText } from '../kdoc/comment.ts';

/** A KF_ flag as include/linux/btf.h defines it. */
export interface FlagFacts {
  name: string;
  /** null in 5.18 and 5.19, where a flag is membership of a set. */
  bit: number | null;
  /** The kernel's one line about it. */
  meaning: string | null;
  line: number;
}

/** `(1 << 7)`, `BIT(7)`: the bit; null for anything else, such as a mask of several flags. */
function bitOf(body: readonly Token[]): number | null {
  const match = /^\(?(?:1U?L*<<|BIT\()(\d+)\)?\)?$/.exec(body.map((t) => t.text).join(''));
  return match ? Number(match[1]) : null;
}

/** The `#define KF_*` lines of include/linux/btf.h (6.0 on). */
export function readFlags(file: CFile): FlagFacts[] {
  const flags: FlagFacts[] = [];
  for (const macro of file.macros) {
    if (!/^KF_[A-Z0-9_]+$/.test(macro.name) || macro.params !== null || !macro.body) continue;
    const bit = bitOf(macro.body);
    if (bit === null) continue;
    // Long explanations stand above a flag (KF_TRUSTED_ARGS); the meaning is what is on its line.
    const beside = macro.comment?.line === macro.line ? macro.comment : null;
    const meaning = beside ? collapseSpace(commentText(beside.text)) : null;
    flags.push({
      name: macro.name,
      bit,
      meaning: meaning === '' ? null : meaning,
      line: macro.line,
    });
  }
  return flags;
}

/**
 * The sets of `struct btf_kfunc_id_set` in 5.18 and 5.19 (include/linux/btf.h) and the flag that
 * membership amounts to; `check_set` is being a kfunc at all.
 */
export const FLAG_OF_SET: ReadonlyMap<string, string> = new Map([
  ['acquire_set', 'KF_ACQUIRE'],
  ['release_set', 'KF_RELEASE'],
  ['ret_null_set', 'KF_RET_NULL'],
  ['kptr_acquire_set', 'KF_KPTR_GET'],
]);

/**
 * The flags of 5.18 and 5.19: the sets that the struct has room for.
 *
 *     struct btf_id_set *acquire_set;
 *                        ^
 */
export function readSetFlags(text: string): FlagFacts[] {
  const start = text.indexOf('struct btf_kfunc_id_set {');
  if (start === -1) return [];
  const end = text.indexOf('\n};', start);
  const flags: FlagFacts[] = [];
  const body = text.slice(start, end === -1 ? text.length : end);
  for (const match of body.matchAll(/struct btf_id_set \*(\w+);/g)) {
    const name = FLAG_OF_SET.get(match[1]!);
    if (!name) continue;
    const line = text.slice(0, start + match.index).split('\n').length;
    flags.push({ name, bit: null, meaning: null, line });
  }
  return flags;
}
