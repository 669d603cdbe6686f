import type { ReleaseFile, State } from '../data/schema/index.ts';
import type { DatasetCheck } from './check.ts';
import { byCodeUnit, listed, sameList } from './words.ts';

const COMMON = 'BPF_PROG_TYPE_UNSPEC';

/** Types that share a hook share what is registered for one of them; the common hook is for all. */
function fannedOut(state: State, hooks: ReleaseFile['hooks']): string[] {
  const types = new Set<string>();
  for (const { programType } of state.sets.flatMap((set) => set.registrations)) {
    if (programType === COMMON) return ['*'];
    const hook = hooks.find((h) => h.programTypes.includes(programType));
    for (const type of hook?.programTypes ?? [programType]) types.add(type);
  }
  return [...types].sort(byCodeUnit);
}

/** The rule: kernel/bpf/btf.c, bpf_prog_type_to_kfunc_hook() and btf_kfunc_id_set_contains(). */
export const programTypes: DatasetCheck = {
  name: 'program-types',
  description:
    'The program types of a state are those of its registrations after the fan-out of the release, "*" alone for the common hook.',
  *check(view) {
    for (const { record, release, file, state } of view.moments()) {
      const at = { subject: record.name, release: release.id };
      const expected = fannedOut(state, file.hooks);
      if (!sameList(state.programTypes, expected)) {
        yield {
          ...at,
          message: `has the program types ${listed(state.programTypes)}, its registrations give ${listed(expected)}`,
        };
      }
      const registered = state.sets.flatMap((set) => set.registrations.map((r) => r.programType));
      for (const type of new Set(registered)) {
        if (!/^BPF_PROG_TYPE_[A-Z0-9_]+$/.test(type)) {
          yield { ...at, message: `is registered for ${type}, which is no program type` };
        } else if (
          file.hooks.length > 0 &&
          !file.hooks.some((h) => h.programTypes.includes(type))
        ) {
          yield { ...at, message: `is registered for ${type}, which has no hook` };
        }
      }
    }
  },
};
