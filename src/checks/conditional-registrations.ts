import type { DatasetCheck } from './check.ts';
import { configSymbols } from './symbols.ts';
import { callable } from './words.ts';

/**
 * A call of register_btf_kfunc_id_set() can stand under a condition. When all calls of a kfunc do, it
 * is compiled without being callable, unless what compiles it asks for the same.
 */
export const conditionalRegistrations: DatasetCheck = {
  name: 'conditional-registrations',
  description:
    'A kfunc whose every registration hangs on a condition needs the configuration that the condition asks for.',
  *check(view) {
    for (const { record, state } of view.states()) {
      const registrations = callable(state.sets).flatMap((set) => set.registrations);
      const conditions = registrations.map((r) => r.condition);
      if (conditions.length === 0 || conditions.includes(null)) continue;
      // A symbol that another one brings along stands in the parts alone.
      const needed = configSymbols(state.config.parts.map(({ expr }) => expr).join(' '));
      const wanted = conditions.flatMap((text) => [...configSymbols(text!)]);
      const missing = [...new Set(wanted)].filter((symbol) => !needed.has(symbol));
      if (missing.length === 0) continue;
      yield {
        subject: record.name,
        release: state.from,
        message: `is registered only under ${missing.join(', ')}, which its configuration (${state.config.expr ?? 'none'}) does not ask for`,
      };
    }
  },
};
