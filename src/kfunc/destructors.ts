import type { CFile, Token } from '../c/types.ts';

/** `.kfunc_btf_id = list[index]` of a `struct btf_id_dtor_kfunc`. */
export interface DestructorFacts {
  list: string;
  /** null where a variable counts the places: `list[idx++]`. Then it is any function of the list. */
  index: number | null;
}

/**
 * The destructors that the file gives to register_btf_id_dtor_kfuncs(), each as its place in a
 * BTF_ID_LIST:
 *
 *     .kfunc_btf_id = cpumask_dtor_ids[1]
 *      ^
 */
export function readDestructors(file: CFile): DestructorFacts[] {
  const found: DestructorFacts[] = [];
  const scan = (tokens: readonly Token[]): void => {
    tokens.forEach((token, i) => {
      if (token.text !== 'kfunc_btf_id' || tokens[i + 1]?.text !== '=') return;
      const [list, bracket, index] = tokens.slice(i + 2, i + 5);
      if (list?.kind !== 'identifier' || bracket?.text !== '[' || index === undefined) return;
      const at = index.kind === 'number' ? Number.parseInt(index.text, 0) : null;
      // The second of two that are counted says nothing new.
      if (!found.some((other) => other.list === list.text && other.index === at)) {
        found.push({ list: list.text, index: at });
      }
    });
  };
  for (const item of file.items) {
    if (item.kind === 'invocation' || !item.mayHold('kfunc_btf_id')) continue;
    scan(item.kind === 'function' ? item.body : item.initialiser);
  }
  return found;
}
