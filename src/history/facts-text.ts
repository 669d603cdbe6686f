import type { KfuncFacts, KfuncSet, ReleaseFile } from '../data/schema/index.ts';

type Hooks = ReleaseFile['hooks'];

const COMMON = 'BPF_PROG_TYPE_UNSPEC';

/** The sets through which programs may call: attach points and destructors give no flags to a call. */
export function callableSets(facts: KfuncFacts): KfuncSet[] {
  return facts.sets.filter((set) => set.role === 'kfunc' || set.role === 'test');
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text) => b.includes(text));
}

/** Who calls through a set: its registered program types, or its name when it has none. */
function audience(sets: readonly KfuncSet[]): string {
  const types = sets.flatMap((set) =>
    set.registrations.length === 0 ? [set.name] : set.registrations.map((r) => r.programType),
  );
  return [...new Set(types)].sort().join(', ');
}

/**
 * Flags as a caller meets them. Where sets differ, a flag of some of them names whose calls it is for,
 * since at run time the flags are those of the caller's hook (kernel/bpf/btf.c, btf_kfunc_flags):
 *
 *     KF_RCU
 *     KF_SLEEPABLE (BPF_PROG_TYPE_SYSCALL)
 *
 * Sets are told by program types, not by name: a renamed set changes nothing. A set of the common
 * hook, which is looked at first, settles it for all.
 */
export function flagTexts(facts: KfuncFacts): string[] {
  const sets = callableSets(facts);
  const settled =
    sets.every((set) => same(set.flags, sets[0]!.flags)) ||
    sets.some((set) => set.registrations.some((r) => r.programType === COMMON));
  if (settled) return facts.flags;
  const flags = new Set([...facts.flags, ...sets.flatMap((set) => set.flags)]);
  return [...flags].map((flag) => {
    const having = sets.filter((set) => set.flags.includes(flag));
    return having.length === sets.length ? flag : `${flag} (${audience(having)})`;
  });
}

/**
 * Program types after the hook's fan-out, each with the filters that its registrations bring:
 * `BPF_PROG_TYPE_LSM (filtered by bpf_fs_kfuncs_filter)`. `hooks` are those of the release: a filter
 * runs for its whole hook (kernel/bpf/btf.c, __btf_kfunc_id_set_contains).
 */
export function programTypeTexts(facts: KfuncFacts, hooks: Hooks): string[] {
  const registrations = callableSets(facts).flatMap((set) => set.registrations);
  return facts.programTypes.map((type) => {
    const hook = hooks.find((h) => h.programTypes.includes(type));
    const filters = registrations
      .filter(
        ({ programType }) =>
          type === '*' || programType === type || hook?.programTypes.includes(programType),
      )
      .flatMap(({ filter }) => filter ?? []);
    if (filters.length === 0) return type;
    return `${type} (filtered by ${[...new Set(filters)].sort().join(', ')})`;
  });
}

/** The condition, and the architectures when only some have it (`only on s390`). */
export function configTexts(facts: KfuncFacts): string[] {
  return [
    ...(facts.config.expr === null ? [] : [facts.config.expr]),
    ...(facts.arch === null ? [] : [`only on ${[...facts.arch].sort().join(', ')}`]),
  ];
}

/** The prototype that a BPF program declares; the bare name when no definition was found. */
export function declarationText(name: string, facts: KfuncFacts): string {
  return facts.prototype?.bpf ?? name;
}
