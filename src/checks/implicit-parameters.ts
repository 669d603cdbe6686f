import type { DatasetCheck } from './check.ts';
import { listed } from './words.ts';

/**
 * tools/bpf/resolve_btfids/main.c, process_kfunc_with_implicit_args(): the BPF prototype is cut at the
 * first parameter that points to one of a few structs, and all after it go too.
 */
export const implicitParameters: DatasetCheck = {
  name: 'implicit-parameters',
  description:
    'Parameters are implicit only with KF_IMPLICIT_ARGS, from the first pointer to a struct that the release takes for it on to the end.',
  *check(view) {
    for (const { record, release, file, state } of view.moments()) {
      const params = state.prototype?.params ?? [];
      const at = { subject: record.name, release: release.id };
      const structs = file.implicitArgs;
      const cut = params.findIndex(({ type }) => {
        const struct = /^(?:const )?struct (\w+) \*(?:const)?$/.exec(type)?.[1];
        return struct !== undefined && structs.includes(struct);
      });
      const flagged = state.flags.includes('KF_IMPLICIT_ARGS');
      const expected = params.filter((_, i) => flagged && cut !== -1 && i >= cut);
      const told = params.filter((p) => p.implicit);
      if (listed(expected.map((p) => p.name)) !== listed(told.map((p) => p.name))) {
        yield {
          ...at,
          message: `has the implicit parameters ${listed(told.map((p) => p.name))}, expected ${listed(expected.map((p) => p.name))}`,
        };
      }
      if (flagged && state.prototype && cut === -1) {
        yield { ...at, message: 'has KF_IMPLICIT_ARGS and no parameter that is one' };
      }
    }
  },
};
