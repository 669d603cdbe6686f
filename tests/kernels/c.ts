/** Pieces of C in the kernel's manner, with invented content. */

/** Lines of an invented source file, with a newline at the end. */
export function source(...lines: string[]): string {
  return `${lines.join('\n')}\n`;
}

export interface Kfunc {
  name: string;
  returns?: string;
  /** As C: `struct thing *t, u32 t__sz`. */
  params?: string;
  /** As written in the entry: `KF_ACQUIRE | KF_RET_NULL`. */
  flags?: string;
  body?: string[];
  /** Lines of the comment above it, delimiters included. */
  comment?: string[];
  /** What stands before the return type; `__bpf_kfunc` unless told otherwise. */
  mark?: string;
}

/** A definition, with an empty line after it. */
export function definition(kfunc: Kfunc): string[] {
  const { name, returns = 'int', params = 'int a', body = ['return a;'] } = kfunc;
  const { comment = [], mark = '__bpf_kfunc' } = kfunc;
  const space = returns.endsWith('*') ? '' : ' ';
  return [
    ...comment,
    `${mark === '' ? '' : `${mark} `}${returns}${space}${name}(${params})`,
    '{',
    ...body.map((line) => `\t${line}`),
    '}',
    '',
  ];
}

/** `BTF_ID_FLAGS(func, name, flags)`. */
export function entry({ name, flags }: Pick<Kfunc, 'name' | 'flags'>): string {
  return `BTF_ID_FLAGS(func, ${name}${flags === undefined ? '' : `, ${flags}`})`;
}

/** A set between its macros: `KFUNCS` from 6.9 on, `SET8` before. */
export function idSet(ids: string, lines: string[], style: 'KFUNCS' | 'SET8' = 'KFUNCS'): string[] {
  return [`BTF_${style}_START(${ids})`, ...lines, `BTF_${style}_END(${ids})`, ''];
}

/** A `struct btf_kfunc_id_set` for the set `<set>_ids`, and an init function that registers it. */
export function registration(set: string, programTypes: string[], fields: string[] = []): string[] {
  return [
    `static const struct btf_kfunc_id_set ${set} = {`,
    '\t.owner = THIS_MODULE,',
    `\t.set   = &${set}_ids,`,
    ...fields.map((field) => `\t${field},`),
    '};',
    '',
    `static int __init register_${set}(void)`,
    '{',
    '\tint ret = 0;',
    '',
    ...programTypes.map(
      (type) => `\tret = ret ?: register_btf_kfunc_id_set(BPF_PROG_TYPE_${type}, &${set});`,
    ),
    '\treturn ret;',
    '}',
    `late_initcall(register_${set});`,
  ];
}

export const INCLUDES = ['#include <linux/btf.h>', '#include <linux/btf_ids.h>', ''];

/** A file that defines kfuncs, holds them in one set `<set>_ids` and registers it. */
export function kfuncFile(
  set: string,
  programTypes: string[],
  kfuncs: Kfunc[],
  style: 'KFUNCS' | 'SET8' = 'KFUNCS',
): string {
  return source(
    ...INCLUDES,
    ...kfuncs.flatMap(definition),
    ...idSet(`${set}_ids`, kfuncs.map(entry), style),
    ...registration(set, programTypes),
  );
}
