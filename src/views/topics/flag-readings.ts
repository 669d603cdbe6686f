import type { KfuncSet, ReleaseFile, State } from '../../data/schema/index.ts';
import { everyProgram } from '../programs.ts';

/** The flags by which a call from some program types is checked. */
export interface FlagReading {
  /** `["*"]` for all. */
  programTypes: string[];
  /** One list; several where sets of one hook differ, and which of them counts is not said. */
  flags: string[][];
}

const common = 'BPF_PROG_TYPE_UNSPEC';

/**
 * What the verifier reads of a kfunc's flags, by program type: those of the common hook for every
 * program, or else those of the program's own hook (kernel/bpf/btf.c, btf_kfunc_flags(); up to 6.18 and
 * thereabouts btf_kfunc_id_set_contains()). Sets of one hook become one list in which a name that stands
 * twice is found by bisection, so that either entry can be the one.
 *
 * `hooks` are those of the release. Program types that read the same stand together. Empty when no
 * registration was found.
 */
export function flagReadings(
  state: Pick<State, 'sets' | 'programTypes'>,
  hooks: ReleaseFile['hooks'],
): FlagReading[] {
  const callable = callableSets(state);
  const of = (types: readonly string[]) =>
    distinct(
      callable.filter((set) => set.registrations.some((r) => types.includes(r.programType))),
    );
  const forAll = of([common]);
  if (forAll.length > 0) return [{ programTypes: [everyProgram], flags: forAll }];
  const readings = new Map<string, FlagReading>();
  for (const type of state.programTypes) {
    const hook = hooks.find((h) => h.programTypes.includes(type));
    const flags = of(hook?.programTypes ?? [type]);
    if (flags.length === 0) continue;
    const key = JSON.stringify(flags);
    const reading = readings.get(key) ?? { programTypes: [], flags };
    reading.programTypes.push(type);
    readings.set(key, reading);
  }
  return [...readings.values()];
}

/** Sets through which programs call it, the one that `state.flags` is taken from first. */
export function callableSets(state: Pick<State, 'sets'>): KfuncSet[] {
  const callable = state.sets.filter((set) => set.role === 'kfunc' || set.role === 'test');
  const isCommon = (set: KfuncSet) => set.registrations.some((r) => r.programType === common);
  return [...callable.filter(isCommon), ...callable.filter((set) => !isCommon(set))];
}

/** Whether sets give it different flags. */
export function setsDiffer(state: Pick<State, 'sets'>): boolean {
  return distinct(callableSets(state)).length > 1;
}

function distinct(sets: readonly KfuncSet[]): string[][] {
  return [...new Map(sets.map((set) => [set.flags.join(), set.flags])).values()];
}
