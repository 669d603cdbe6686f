/** Which definitions of a macro can be in force at one place. */
import { condKey, conjuncts } from './condition.ts';
import type { CMacro } from './types.ts';

export type MacroTable = ReadonlyMap<string, readonly CMacro[]>;

const tables = new WeakMap<readonly CMacro[], MacroTable>();

/**
 * Definitions by name. A later one replaces those before it unless it stands under a condition of its own,
 * when both are kept; `#undef` takes away what it is sure to take away. One under `#if 0` is none, and one
 * under `#ifndef NAME` none where NAME is defined already.
 */
export function macroTable(macros: readonly CMacro[]): MacroTable {
  let table = tables.get(macros);
  if (table === undefined) {
    table = build(macros);
    tables.set(macros, table);
  }
  return table;
}

function build(macros: readonly CMacro[]): MacroTable {
  const table = new Map<string, CMacro[]>();
  for (const macro of macros) {
    if (macro.guard.op === 'false') continue;
    const before = table.get(macro.name) ?? [];
    if (before.length > 0 && isFallback(macro)) continue;
    //   #ifdef CONFIG_A
    //   #define F(x) g(x)
    //   #else
    //   #define F(x)          <- stays beside the other
    //   #endif
    const key = condKey(macro.guard);
    const kept =
      macro.guard.op === 'true' ? [] : before.filter((other) => condKey(other.guard) !== key);
    const isUndef = macro.params === null && macro.body === null;
    table.set(macro.name, isUndef ? kept : [...kept.slice(-7), macro]);
  }
  return table;
}

/** `#ifndef F`, `#define F …`: only where there is none yet. */
function isFallback(macro: CMacro): boolean {
  return conjuncts(macro.guard).some(
    (c) => c.op === 'not' && c.term.op === 'text' && c.term.text === `defined(${macro.name})`,
  );
}
