import { and, condKey, condToText, or } from '../c/condition.ts';
import type { Cond } from '../c/types.ts';
import type { Config, ConfigPart } from '../data/schema/index.ts';
import { withoutImplied } from './config/implied.ts';
import type { Kconfig } from './config/kconfig.ts';
import { normaliseTests } from './config/normalise.ts';
import { simplify } from './config/simplify.ts';
import type { FoundDefinition } from './find-definitions.ts';
import type { Membership } from './membership.ts';

/** What the build asks for before it compiles a file. */
export interface FileCondition {
  cond: Cond;
  parts: { cond: Cond; file: string; origin: 'makefile' | 'include' }[];
  /** Architectures under whose directory the file stands; null for a file of all. */
  arch: string[] | null;
}

export type ConditionOf = (file: string) => FileCondition;

/**
 * A condition as the dataset writes it; null for one that always holds. `whole` is what a kfunc needs in
 * all: what its terms bring along is left out of it.
 */
export type ConditionText = (cond: Cond, whole?: 'whole') => string | null;

/**
 * Writes conditions of one release, simplified with what its Kconfig files say of the symbols, which
 * stand by name: what is asked for in another order is no change. Kfuncs of one file share their
 * conditions, so each is worked out once.
 */
export function conditionTexts({ types, needs }: Kconfig): ConditionText {
  const known = new Map<string, string | null>();
  return (cond, whole) => {
    const key = `${whole ?? ''} ${condKey(cond)}`;
    let text = known.get(key);
    if (text === undefined) {
      const all = simplify(normaliseTests(cond, types), 'name');
      const simple = whole ? withoutImplied(all, needs) : all;
      text = simple.op === 'true' ? null : condToText(simple);
      known.set(key, text);
    }
    return text;
  };
}

/**
 * The configuration under which a kfunc exists: some entry of it and some definition of it must be
 * compiled. The parts say which file asks for what.
 */
export function configOf(
  entries: readonly Membership[],
  definitions: readonly FoundDefinition[],
  conditionOf: ConditionOf,
  conditionText: ConditionText,
): Config {
  const parts = new Map<string, ConfigPart>();
  const addPart = (origin: ConfigPart['origin'], cond: Cond, file: string): void => {
    const expr = conditionText(cond);
    if (expr !== null) parts.set([origin, expr, file].join('\0'), { origin, expr, file });
  };
  const places = [
    ...entries.map((entry) => ({ ...entry, origin: 'entry' as const })),
    ...definitions.map((definition) => ({ ...definition, origin: 'definition' as const })),
  ];
  for (const { origin, guard, file } of places) addPart(origin, guard, file);
  for (const { file } of places) {
    for (const part of conditionOf(file).parts) addPart(part.origin, part.cond, part.file);
  }
  const compiled = (list: readonly { file: string; guard: Cond }[]): Cond =>
    list.length === 0
      ? { op: 'true' }
      : or(...list.map(({ file, guard }) => and(conditionOf(file).cond, guard)));
  const cond = and(compiled(entries), compiled(definitions));
  return { expr: conditionText(cond, 'whole'), parts: [...parts.values()] };
}

/** Architectures that alone have the kfunc; null when it is defined for all. */
export function architecturesOf(
  definitions: readonly FoundDefinition[],
  conditionOf: ConditionOf,
): string[] | null {
  const archs = new Set<string>();
  for (const { file } of definitions) {
    const arch = conditionOf(file).arch;
    if (arch === null) return null;
    for (const name of arch) archs.add(name);
  }
  return archs.size === 0 ? null : [...archs].sort();
}
