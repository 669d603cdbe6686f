import { switchCases } from '../c/body.ts';
import type { CFile } from '../c/types.ts';
import { byCodeUnit } from './names.ts';

/** A hook and the program types that share it. */
export interface HookFacts {
  hook: string;
  programTypes: string[];
}

/**
 * The fan-out from program types to hooks, from the switch in bpf_prog_type_to_kfunc_hook()
 * (kernel/bpf/btf.c, 5.18 on). null when the file does not define that function.
 */
export function readHooks(file: CFile): HookFacts[] | null {
  for (const item of file.items) {
    if (item.kind !== 'function' || item.name !== 'bpf_prog_type_to_kfunc_hook') continue;
    if (!item.isDefinition) continue;
    return switchCases(item.body)
      .filter((c) => c.returns !== null && c.returns !== 'BTF_KFUNC_HOOK_MAX')
      .map((c) => ({
        hook: c.returns!,
        programTypes: c.cases.filter((name) => name !== 'default'),
      }));
  }
  return null;
}

/**
 * The program types that may call what is registered for `registered`: all that share a hook. The
 * common hook (BPF_PROG_TYPE_UNSPEC, 6.2 on) is consulted for every type: `*`.
 * A type that this release maps to no hook stands for itself.
 */
export function fanOut(registered: Iterable<string>, hooks: readonly HookFacts[]): string[] {
  const types = new Set<string>();
  for (const type of registered) {
    const hook = hooks.find((h) => h.programTypes.includes(type));
    if (type === 'BPF_PROG_TYPE_UNSPEC') return ['*'];
    for (const sharing of hook?.programTypes ?? [type]) types.add(sharing);
  }
  return [...types].sort(byCodeUnit);
}
