import type { DatasetCheck } from './check.ts';
import { callable, listed, sameItems } from './words.ts';

/**
 * At run time the flags are those of the caller's hook, in BTF those of one set: a kfunc whose sets
 * differ is a mistake in the kernel, which 7.3 refuses to build (tools/bpf/resolve_btfids/main.c).
 */
export const setsAgreeOnFlags: DatasetCheck = {
  name: 'sets-agree-on-flags',
  description: 'All sets through which programs call a kfunc give it the same flags.',
  *check(view) {
    for (const { record, release, state } of view.moments()) {
      const [first, ...others] = callable(state.sets);
      const other = others.find((set) => !sameItems(set.flags, first!.flags));
      if (!other) continue;
      yield {
        subject: record.name,
        release: release.id,
        message: `has ${listed(first!.flags)} in ${first!.name} and ${listed(other.flags)} in ${other.name}`,
      };
    }
  },
};
