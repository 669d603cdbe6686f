import type { DatasetCheck } from './check.ts';
import { callable, listed, sameList } from './words.ts';

const COMMON = 'BPF_PROG_TYPE_UNSPEC';

/**
 * btf_kfunc_flags() looks in the common hook first, then in the caller's own (kernel/bpf/btf.c), and
 * the build takes the first set of a kfunc (tools/bpf/resolve_btfids/main.c).
 */
export const decidingSet: DatasetCheck = {
  name: 'deciding-set',
  description:
    'The flags of a state are those of the set that the kernel asks: of the common hook if it is there, else the first that programs call through.',
  *check(view) {
    for (const { record, state } of view.states()) {
      const sets = callable(state.sets);
      const common = sets.find((set) => set.registrations.some((r) => r.programType === COMMON));
      const expected = (common ?? sets[0] ?? state.sets[0])?.flags ?? [];
      if (sameList(state.flags, expected)) continue;
      yield {
        subject: record.name,
        release: state.from,
        message: `has the flags ${listed(state.flags)}, its set gives ${listed(expected)}`,
      };
    }
  },
};
