/** What tests of a symbol mean once its type is known. */
import { FALSE, and, not, or } from '../../c/condition.ts';
import type { Cond } from '../../c/types.ts';
import type { BySymbol } from './kconfig.ts';
import type { KconfigType } from './kconfig-file.ts';

/**
 * Says tests of symbols in one way. A symbol that cannot be a module is enabled or not, however it was
 * asked for; `#ifdef` of a tristate asks for built in, since a module defines CONFIG_X_MODULE
 * (include/linux/kconfig.h). A symbol of unknown type stays as it is.
 *
 * @param types types by name, with the `CONFIG_` prefix
 */
export function normaliseTests(cond: Cond, types: BySymbol<KconfigType>): Cond {
  switch (cond.op) {
    case 'and':
      return and(...cond.terms.map((term) => normaliseTests(term, types)));
    case 'or':
      return or(...cond.terms.map((term) => normaliseTests(term, types)));
    case 'not':
      return not(normaliseTests(cond.term, types));
    case 'symbol': {
      const type = types.get(cond.name);
      if (type === undefined) return cond;
      if (type === 'tristate') return cond.test === 'defined' ? { ...cond, test: 'builtin' } : cond;
      return cond.test === 'module' ? FALSE : { ...cond, test: 'enabled' };
    }
    default:
      return cond;
  }
}
