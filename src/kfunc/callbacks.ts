import { calls } from '../c/body.ts';
import type { CFile, Cond } from '../c/types.ts';
import { namedBy } from './names.ts';

/** How 5.13 to 5.17 say which programs may call a kfunc: a callback that looks in sets. */
export interface CallbackFacts {
  /** Functions that look in sets or in lists of modules' sets. */
  callbacks: { name: string; sets: string[]; lists: string[] }[];
  /** `struct bpf_verifier_ops` variables with a `.check_kfunc_call`. */
  verifierOps: { name: string; callback: string; guard: Cond }[];
  /** `struct bpf_struct_ops` variables: their programs are BPF_PROG_TYPE_STRUCT_OPS. */
  structOps: { name: string; verifierOps: string }[];
  /** `BPF_PROG_TYPE(type, prefix, …)` of include/linux/bpf_types.h. */
  programTypes: { programType: string; prefix: string; guard: Cond }[];
}

const LOOK_UPS: ReadonlySet<string> = new Set(['btf_id_set_contains', 'bpf_check_mod_kfunc_call']);

/** Reads what 5.13 to 5.17 say of callers (include/linux/bpf.h, struct bpf_verifier_ops). */
export function readCallbacks(file: CFile): CallbackFacts {
  const facts: CallbackFacts = { callbacks: [], verifierOps: [], structOps: [], programTypes: [] };
  for (const item of file.items) {
    if (item.kind === 'function') {
      if (![...LOOK_UPS].some(item.mayHold)) continue;
      const sets: string[] = [];
      const lists: string[] = [];
      for (const call of calls(item.body, LOOK_UPS)) {
        const name = namedBy(call.args[0] ?? []);
        if (name !== null) (call.name === 'btf_id_set_contains' ? sets : lists).push(name);
      }
      if (sets.length + lists.length > 0) facts.callbacks.push({ name: item.name, sets, lists });
    } else if (item.kind === 'variable') {
      const field = (name: string): string | null =>
        namedBy(item.fields.find((f) => f.name === name)?.value ?? []);
      if (item.type === 'struct bpf_verifier_ops') {
        const callback = field('check_kfunc_call');
        if (callback !== null) {
          facts.verifierOps.push({ name: item.name, callback, guard: item.guard });
        }
      } else if (item.type === 'struct bpf_struct_ops') {
        const verifierOps = field('verifier_ops');
        if (verifierOps !== null) facts.structOps.push({ name: item.name, verifierOps });
      }
    } else if (item.name === 'BPF_PROG_TYPE') {
      const programType = namedBy(item.args?.[0] ?? []);
      const prefix = namedBy(item.args?.[1] ?? []);
      if (programType !== null && prefix !== null) {
        facts.programTypes.push({ programType, prefix, guard: item.guard });
      }
    }
  }
  return facts;
}
