import type { Config, ConfigPart, State } from '../data/schema/index.ts';
import { evaluate } from '../kfunc/config/dot-config.ts';
import { parseExpr } from '../kfunc/config/expression.ts';
import type { Cond } from '../c/types.ts';

/** What a built kernel was configured with: `CONFIG_X` -> `y`, `m`, a number or a text (parseConfig()). */
export type KernelConfig = ReadonlyMap<string, string>;

/** Where the build puts a kfunc. */
export type Place = 'built-in' | 'module' | 'absent' | 'unknown';

/** One thing that a kfunc needs, and the file that asks for it; null for what no file does. */
export interface Need {
  expr: string;
  file: string | null;
}

/** What a configuration says of a kfunc. */
export interface Prediction {
  place: Place;
  /** Why it is absent, or cannot be told: the parts that are off, or all that it needs. */
  because: Need[];
}

/**
 * Where a kernel of this configuration has a kfunc, after its record: the expression decides whether
 * it is there, the Makefiles on the way to it whether in the kernel or in a module
 * (scripts/Makefile.build: `obj-m` of a directory, and of those that lead there).
 *
 * Not told by the configuration, and so `unknown`: a condition that is no symbol's, or
 * IS_REACHABLE() of a module.
 */
export function predict(state: State, config: KernelConfig): Prediction {
  if (isOfSelftests(state)) return absent({ expr: 'the module of the selftests', file: null });
  if (state.arch !== null && !state.arch.some((arch) => config.has(architectureSymbol(arch)))) {
    return absent({ expr: state.arch.map(architectureSymbol).join(' || '), file: null });
  }
  const { expr, parts } = state.config;
  const isThere = expr === null ? true : evaluate(parseExpr(expr).value, config);
  if (isThere === 'unknown') return { place: 'unknown', because: needsOf(state) };
  if (!isThere) return { place: 'absent', because: offIn(state.config, config) };
  return { place: isModule(parts, config) ? 'module' : 'built-in', because: [] };
}

function absent(need: Need): Prediction {
  return { place: 'absent', because: [need] };
}

/** All that a kfunc needs, each with its file. */
export function needsOf({ arch, config }: State): Need[] {
  const needs: Need[] = config.parts.map(({ expr, file }) => ({ expr, file }));
  if (arch !== null) needs.unshift({ expr: arch.map(architectureSymbol).join(' || '), file: null });
  const distinct = new Map(needs.map((need) => [`${need.expr}\0${need.file ?? ''}`, need]));
  return [...distinct.values()];
}

/** A module that is built with tools/testing/selftests is no part of a kernel that is installed. */
export function isOfSelftests({ definitions }: State): boolean {
  return definitions.length > 0 && definitions.every(({ file }) => file.startsWith('tools/'));
}

/** The parts that do not hold; where each holds on its own, the whole expression. */
function offIn({ expr, parts }: Config, config: KernelConfig): Need[] {
  const off = parts.filter((part) => evaluate(parseExpr(part.expr).value, config) === false);
  if (off.length === 0) return [{ expr: expr ?? '', file: null }];
  return off.map(({ expr: off, file }) => ({ expr: off, file }));
}

/** `arch/powerpc/` is built for CONFIG_PPC; other folders have the name of their symbol. */
const SYMBOLS: Partial<Record<string, string>> = { powerpc: 'PPC', sh: 'SUPERH', um: 'UML' };

function architectureSymbol(arch: string): string {
  return `CONFIG_${SYMBOLS[arch] ?? arch.toUpperCase()}`;
}

/** Whether a Makefile on the way makes a module of it; those of alternatives that are off do not count. */
function isModule(parts: readonly ConfigPart[], config: KernelConfig): boolean {
  return parts.some(
    ({ origin, expr }) => origin === 'makefile' && tristate(parseExpr(expr).value, config) === 'm',
  );
}

type Tristate = 'n' | 'm' | 'y';
const ORDER: readonly Tristate[] = ['n', 'm', 'y'];

/**
 * `obj-$(CONFIG_X)` is what the symbol is; a `!` or a test in C is yes or no. What asks for `CONFIG_X=m` is a
 * part of the module that X is: the records say so of a composite's objects, which differ with it.
 *
 *     nf_conntrack-$(CONFIG_DEBUG_INFO_BTF_MODULES) += nf_conntrack_bpf.o     under ifeq ($(CONFIG_NF_CONNTRACK),m)
 */
function tristate(cond: Cond, config: KernelConfig): Tristate {
  const ranks = (terms: readonly Cond[]) => terms.map((t) => ORDER.indexOf(tristate(t, config)));
  if (cond.op === 'and') return ORDER[Math.min(...ranks(cond.terms))]!;
  if (cond.op === 'or') return ORDER[Math.max(...ranks(cond.terms))]!;
  if (cond.op === 'symbol' && cond.test !== 'builtin' && config.get(cond.name) === 'm') return 'm';
  return evaluate(cond, config) === false ? 'n' : 'y';
}
