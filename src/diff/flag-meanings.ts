import type { Change, ReleaseFile, State } from '../data/schema/index.ts';
import { callableSets } from '../history/facts-text.ts';
import type { Sides } from './meanings.ts';
import {
  FLAGS,
  MAYBE_SLEEPABLE_TYPES,
  meaning,
  RULES,
  SLEEPABLE_TYPES,
  type RuleName,
} from './severity.ts';
import type { Meaning } from './types.ts';
import { programList } from './words.ts';

const TRUSTED = 'KF_TRUSTED_ARGS';
const RCU = 'KF_RCU';

/** What the flags of a change mean that came, that went, or that other programs meet. */
export function flagMeanings(change: Change, sides: Sides): Meaning[] {
  const [was, now] = [audiences(change.was), audiences(change.now)];
  const meanings = [...new Set([...was.keys(), ...now.keys()])]
    .filter((flag) => flag !== TRUSTED && flag !== RCU)
    .flatMap((flag) => {
      const [before, after] = [was.get(flag), now.get(flag)];
      const gained = more(before, after, callersOf(sides.now));
      const lost = more(after, before, callersOf(sides.was));
      return [
        ...(gained === null ? [] : [gainedMeaning(flag, gained, sides)]),
        ...(lost === null ? [] : [lostMeaning(flag, lost)]),
      ];
    });
  if ([TRUSTED, RCU].every((flag) => was.has(flag) === now.has(flag))) return meanings;
  const { older, newer } = sides;
  const asked = (flags: Map<string, string[]>, release: ReleaseFile): Demand =>
    demand([...flags.keys()], release);
  return [...meanings, pointerMeaning(asked(was, older), asked(now, newer))];
}

function gainedMeaning(flag: string, who: readonly string[], { now }: Sides): Meaning {
  const rules = FLAGS[flag];
  if (rules === undefined) return unknown(flag, 'has', who);
  if (rules.gained === 'flag-without-effect') return meaning(rules.gained, `has ${flag}`);
  const callers = who.length > 0 ? who : callersOf(now);
  const rule = gentler(rules.gained, callers) ?? rules.gained;
  return meaning(rule, RULES[rule].text + among(who));
}

/** What a rule comes down to for callers that meet what it demands already. */
function gentler(rule: RuleName, callers: readonly string[]): RuleName | null {
  if (callers.length === 0) return null;
  if (rule === 'sleepable-demanded' && callers.every((type) => SLEEPABLE_TYPES.includes(type))) {
    return 'sleepable-within';
  }
  if (
    rule === 'rcu-section-demanded' &&
    !callers.some((type) => MAYBE_SLEEPABLE_TYPES.includes(type))
  ) {
    return 'rcu-section-there';
  }
  return null;
}

function lostMeaning(flag: string, who: readonly string[]): Meaning {
  const rules = FLAGS[flag];
  if (rules === undefined) return unknown(flag, 'no longer has', who);
  if (rules.lost === 'flag-without-effect') return meaning(rules.lost, `no longer has ${flag}`);
  return meaning(rules.lost, RULES[rules.lost].text + among(who));
}

function unknown(flag: string, says: string, who: readonly string[]): Meaning {
  const text = `${says} ${flag}, of which nothing is known here${among(who)}`;
  return meaning('flag-unknown', text);
}

function among(who: readonly string[]): string {
  return who.length === 0 ? '' : ` (${programList(who)})`;
}

/** The program types that a kfunc is registered for. */
function callersOf(state: State | null): string[] {
  if (state === null) return [];
  const registrations = callableSets(state).flatMap((set) => set.registrations);
  return [...new Set(registrations.map(({ programType }) => programType))].sort();
}

/** Flag -> the program types that meet it; [] for all that may call. See flagTexts() in src/history. */
function audiences(texts: readonly string[]): Map<string, string[]> {
  return new Map(
    texts.map((text) => {
      const [, flag = text, types] = /^(\S+) \((.*)\)$/.exec(text) ?? [];
      return [flag, types?.split(', ') ?? []];
    }),
  );
}

/** Who meets a flag on the one side and not on the other; [] for all, null for nobody. `all` are all of `than`. */
function more(
  less: string[] | undefined,
  than: string[] | undefined,
  all: readonly string[],
): string[] | null {
  if (than === undefined) return null;
  if (less === undefined) return than;
  if (less.length === 0) return null;
  const found = (than.length === 0 ? all : than).filter((type) => !less.includes(type));
  return found.length === 0 ? null : found;
}

const DEMANDS = ['any', 'rcu', 'trusted'] as const;
type Demand = (typeof DEMANDS)[number];

/**
 * What the verifier asks of pointers to kernel objects (kernel/bpf/verifier.c: is_kfunc_trusted_args() up
 * to 6.19, check_kfunc_args() in 7.0 and later).
 */
function demand(flags: readonly string[], release: ReleaseFile): Demand {
  if (flags.includes(RCU)) return 'rcu';
  if (flags.includes(TRUSTED) || flags.includes('KF_RELEASE')) return 'trusted';
  return isTrustedByDefault(release) ? 'trusted' : 'any';
}

/** From 7.0 on: KF_RCU (6.2) is the way out, and KF_TRUSTED_ARGS (6.0) is gone. */
export function isTrustedByDefault({ flags }: Pick<ReleaseFile, 'flags'>): boolean {
  const has = (flag: string): boolean => flags.some(({ name }) => name === flag);
  return has(RCU) && !has(TRUSTED);
}

function pointerMeaning(was: Demand, now: Demand): Meaning {
  if (was === now) return meaning('pointers-same');
  if (DEMANDS.indexOf(now) < DEMANDS.indexOf(was)) {
    const text =
      now === 'rcu' ? 'takes RCU-protected pointers, too' : 'takes any pointer of the type';
    return meaning('pointers-relaxed', text);
  }
  return meaning(now === 'rcu' ? 'rcu-pointers-demanded' : 'trusted-pointers-demanded');
}
