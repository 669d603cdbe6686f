/** Types of Kconfig symbols, and what the tests of a symbol mean once its type is known. */
import { FALSE, and, not, or } from '../../c/condition.ts';
import type { Cond } from '../../c/types.ts';

export type KconfigType = 'bool' | 'tristate' | 'int' | 'hex' | 'string';

const TYPES: Partial<Record<string, KconfigType>> = {
  bool: 'bool',
  boolean: 'bool',
  def_bool: 'bool',
  tristate: 'tristate',
  def_tristate: 'tristate',
  int: 'int',
  hex: 'hex',
  string: 'string',
};

/** Words that open an entry other than `config`, after which a type is no symbol's. */
const OTHER_ENTRY =
  /^(?:choice|endchoice|comment|menu|endmenu|if|endif|source|[or]*source|mainmenu)\b/;

/**
 * Types of the symbols that one Kconfig file declares, with their `CONFIG_` prefix. A symbol that the
 * file only mentions, or declares without a type, is not among them. Help texts are passed over: they end
 * where a line is indented less than their first (scripts/kconfig/lexer.l).
 */
export function kconfigTypes(text: string): Map<string, KconfigType> {
  const types = new Map<string, KconfigType>();
  let symbol: string | null = null;
  //   help
  //     Text.          helpIndent: 0 before its first line, null outside
  let helpIndent: number | null = null;
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line === '') continue;
    if (helpIndent !== null) {
      const indent = indentOf(raw);
      if (helpIndent === 0 && indent > 0) helpIndent = indent;
      if (indent >= helpIndent && indent > 0) continue;
      helpIndent = null;
    }
    const word = /^\S+/.exec(line)![0];
    if (word === 'help' || line === '---help---') helpIndent = 0;
    else if (word === 'config' || word === 'menuconfig') {
      const name = /^\S+\s+(\w+)/.exec(line)?.[1];
      symbol = name === undefined ? null : `CONFIG_${name}`;
    } else if (OTHER_ENTRY.test(word)) symbol = null;
    else if (symbol !== null && Object.hasOwn(TYPES, word) && !types.has(symbol)) {
      types.set(symbol, TYPES[word]!);
    }
  }
  return types;
}

function indentOf(line: string): number {
  let column = 0;
  for (const char of line) {
    if (char === '\t') column = (column & ~7) + 8;
    else if (char === ' ') column++;
    else break;
  }
  return column;
}

/**
 * Says tests of symbols in one way. A symbol that cannot be a module is enabled or not, however it was
 * asked for; `#ifdef` of a tristate asks for built in, since a module defines CONFIG_X_MODULE
 * (include/linux/kconfig.h). A symbol of unknown type stays as it is.
 *
 * @param types types by name, with the `CONFIG_` prefix
 */
export function normaliseTests(cond: Cond, types: ReadonlyMap<string, KconfigType>): Cond {
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
