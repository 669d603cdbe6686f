import type { Change, ReleaseFile } from '../data/schema/index.ts';
import type { Sides } from './meanings.ts';
import { FLAGS, meaning, RULES } from './severity.ts';
import type { Meaning } from './types.ts';
import { programList } from './words.ts';

const TRUSTED = 'KF_TRUSTED_ARGS';
const RCU = 'KF_RCU';

/** What the flags of a change mean that came, that went, or that other programs meet. */
export function flagMeanings(
  change: Change,
  { older, newer }: Pick<Sides, 'older' | 'newer'>,
): Meaning[] {
  const [was, now] = [audiences(change.was), audiences(change.now)];
  const meanings: Meaning[] = [];
  const tell = (found: Meaning): void => {
    if (!meanings.some((m) => m.rule === found.rule && m.text === found.text)) meanings.push(found);
  };
  for (const flag of new Set([...was.keys(), ...now.keys()])) {
    if (flag === TRUSTED || flag === RCU) continue;
    const [before, after] = [was.get(flag), now.get(flag)];
    const gained = more(before, after);
    const lost = more(after, before);
    for (const [isGained, who] of [
      [true, gained],
      [false, lost],
    ] as const) {
      if (who === null) continue;
      const rules = FLAGS[flag];
      const rule = rules === undefined ? 'flag-unknown' : isGained ? rules.gained : rules.lost;
      const where = who.length === 0 ? '' : ` (${programList(who)})`;
      const about = rule.startsWith('flag-')
        ? `${isGained ? 'has' : 'no longer has'} ${flag}`
        : null;
      const own = rule === 'flag-unknown' ? `${about!}, of which nothing is known here` : about;
      tell(meaning(rule, `${own ?? RULES[rule].text}${where}`));
    }
  }
  if ([TRUSTED, RCU].some((flag) => was.has(flag) !== now.has(flag))) {
    tell(pointerMeaning(demand([...was.keys()], older), demand([...now.keys()], newer)));
  }
  return meanings;
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

/** Who meets a flag on the one side and not on the other; [] for all, null for nobody. */
function more(less: string[] | undefined, than: string[] | undefined): string[] | null {
  if (than === undefined) return null;
  if (less === undefined) return than;
  if (less.length === 0) return null;
  if (than.length === 0) return [];
  const found = than.filter((type) => !less.includes(type));
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
