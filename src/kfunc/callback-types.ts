import { and } from '../c/condition.ts';
import type { Cond } from '../c/types.ts';
import type { FileFacts } from './file-facts.ts';

type Files = ReadonlyMap<string, FileFacts>;

/** A program type, and the condition under which it is the one. */
interface GuardedType {
  programType: string;
  guard: Cond;
}

/**
 * Program types of a `check_kfunc_call` callback (5.13 to 5.17): those whose `struct bpf_verifier_ops`
 * names it, by the prefix that include/linux/bpf_types.h gives to each; and struct_ops where a
 * `struct bpf_struct_ops` has such operations.
 */
export function programTypesOfCallback(files: Files, callback: string): GuardedType[] {
  const found: GuardedType[] = [];
  for (const facts of files.values()) {
    for (const ops of facts.callbacks.verifierOps) {
      if (ops.callback !== callback) continue;
      for (const other of files.values()) {
        for (const { programType, prefix, guard } of other.callbacks.programTypes) {
          if (`${prefix}_verifier_ops` === ops.name) {
            found.push({ programType, guard: and(ops.guard, guard) });
          }
        }
      }
      const inStructOps = facts.callbacks.structOps.some((s) => s.verifierOps === ops.name);
      if (inStructOps) found.push({ programType: 'BPF_PROG_TYPE_STRUCT_OPS', guard: ops.guard });
    }
  }
  return found;
}

/** Program types of the callbacks that look through a list of modules' sets (5.16, 5.17). */
export function programTypesOfList(files: Files, list: string): GuardedType[] {
  return [...files.values()]
    .flatMap((facts) => facts.callbacks.callbacks)
    .filter((callback) => callback.lists.includes(list))
    .flatMap((callback) => programTypesOfCallback(files, callback.name));
}
