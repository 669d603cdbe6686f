/** Conditions held against the configuration of a built kernel. */
import type { Cond } from '../../c/types.ts';

/**
 * Reads a `.config`: `CONFIG_X=y`, `CONFIG_X="text"`, `# CONFIG_X is not set`. Names keep their prefix,
 * strings lose their quotes, and a symbol that is not set has no entry.
 */
export function parseConfig(text: string): Map<string, string> {
  const config = new Map<string, string>();
  for (const line of text.split('\n')) {
    const found = /^(CONFIG_\w+)=(?:"(.*)"|(.*?))\s*$/.exec(line);
    const value = found?.[2] ?? found?.[3];
    if (found?.[1] !== undefined && value !== undefined && value !== 'n')
      config.set(found[1], value);
  }
  return config;
}

/**
 * Whether a condition holds in a configuration (as parseConfig() gives it). What is no symbol is unknown,
 * and so is IS_REACHABLE() of a module, which depends on who asks.
 */
export function evaluate(cond: Cond, config: ReadonlyMap<string, string>): boolean | 'unknown' {
  switch (cond.op) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'text':
      return 'unknown';
    case 'not': {
      const value = evaluate(cond.term, config);
      return value === 'unknown' ? value : !value;
    }
    case 'and':
    case 'or': {
      const decisive = cond.op === 'or';
      const values = cond.terms.map((term) => evaluate(term, config));
      if (values.includes(decisive)) return decisive;
      return values.includes('unknown') ? 'unknown' : !decisive;
    }
    case 'symbol': {
      const value = config.get(cond.name);
      if (value === undefined || value === '') return false;
      if (cond.test === 'enabled') return true;
      if (cond.test === 'reachable' && value === 'm') return 'unknown';
      return (value === 'm') === (cond.test === 'module');
    }
  }
}
