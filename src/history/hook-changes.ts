import type { ReleaseFile } from '../data/schema/index.ts';
import { byCodeUnit } from '../kfunc/names.ts';

type Hooks = ReleaseFile['hooks'];

/** A hook whose program types are not what they were. */
export interface HookChange {
  hook: string;
  was: string[];
  now: string[];
}

function sameTypes(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((type) => b.includes(type));
}

/** A new hook can be an old one under another name: it takes over a type of a hook that is gone. */
function formerHook(hook: Hooks[number], was: Hooks, now: Hooks): Hooks[number] | undefined {
  const sameName = was.find((h) => h.hook === hook.hook);
  if (sameName) return sameName;
  return was.find(
    (h) =>
      !now.some((n) => n.hook === h.hook) &&
      h.programTypes.some((t) => hook.programTypes.includes(t)),
  );
}

/**
 * How the fan-out from program types to hooks changed between two releases
 * (kernel/bpf/btf.c, bpf_prog_type_to_kfunc_hook). A hook that only got another name is no change.
 * Nothing is said when one release has no hooks at all: before 5.18 there were none.
 */
export function hookChanges(was: Hooks, now: Hooks): HookChange[] {
  if (was.length === 0 || now.length === 0) return [];
  const changes: HookChange[] = [];
  const followed = new Set<string>();
  for (const hook of now) {
    const former = formerHook(hook, was, now);
    if (former) followed.add(former.hook);
    const before = former?.programTypes ?? [];
    if (!sameTypes(before, hook.programTypes)) {
      changes.push({ hook: hook.hook, was: before, now: hook.programTypes });
    }
  }
  for (const { hook, programTypes } of was) {
    if (!followed.has(hook)) changes.push({ hook, was: programTypes, now: [] });
  }
  return changes.sort((a, b) => byCodeUnit(a.hook, b.hook));
}
