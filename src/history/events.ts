import type { KfuncFacts, ReleaseFile, TreeEvent } from '../data/schema/index.ts';
import { byCodeUnit } from '../kfunc/names.ts';
import { fannedOutOnly } from './event-marks.ts';
import { hookChanges } from './hook-changes.ts';

type Kind = TreeEvent['kind'];

/** What of a release the events are read from. */
export interface TreeFacts extends Pick<ReleaseFile, 'hooks'> {
  flags: readonly Pick<ReleaseFile['flags'][number], 'name'>[];
  suffixes: readonly Pick<ReleaseFile['suffixes'][number], 'literal'>[];
  jit: readonly Pick<ReleaseFile['jit'][number], 'arch' | 'condition'>[];
  /** By name. */
  kfuncs: ReadonlyMap<string, KfuncFacts>;
}

/** A kfunc in both of two releases. */
interface Pair {
  name: string;
  was: KfuncFacts;
  now: KfuncFacts;
}

function pairsOf(was: TreeFacts, now: TreeFacts): Pair[] {
  const pairs: Pair[] = [];
  for (const [name, facts] of now.kfuncs) {
    const before = was.kfuncs.get(name);
    if (before) pairs.push({ name, was: before, now: facts });
  }
  return pairs.sort((a, b) => byCodeUnit(a.name, b.name));
}

function namesOf(pairs: readonly Pair[], that: (pair: Pair) => boolean): string[] {
  return pairs.filter(that).map((pair) => pair.name);
}

function event(
  kind: Kind,
  subject: string,
  texts: Pick<TreeEvent, 'was' | 'now'>,
  touched: Partial<Pick<TreeEvent, 'changed' | 'stricter'>> = {},
): TreeEvent {
  return {
    id: `${kind}:${subject}`,
    kind,
    subject,
    ...texts,
    changed: [],
    stricter: [],
    ...touched,
  };
}

/** What of `all` is not in `rest`, sorted. */
function missing(all: Iterable<string>, rest: ReadonlySet<string>): string[] {
  return [...new Set(all)].filter((text) => !rest.has(text)).sort(byCodeUnit);
}

/**
 * The flags a release has: those it defines, and those its kfuncs have. In 5.18 and 5.19 a flag is
 * membership of a set and defined nowhere, and it does not begin when it gets a name.
 */
function flagsOf(tree: TreeFacts): ReadonlySet<string> {
  const known = knownFlags.get(tree);
  if (known !== undefined) return known;
  const flags = new Set([
    ...tree.flags.map((flag) => flag.name),
    ...[...tree.kfuncs.values()].flatMap((k) => [
      ...k.flags,
      ...k.sets.flatMap((set) => set.flags),
    ]),
  ]);
  knownFlags.set(tree, flags);
  return flags;
}

/** A release is compared with many others. */
const knownFlags = new WeakMap<TreeFacts, ReadonlySet<string>>();

/** The flag by which a kfunc asked for trusted arguments while that was not the default. */
const TRUSTED = 'KF_TRUSTED_ARGS';
/** Flags by which a kfunc's arguments were checked, or are still checked otherwise, without it. */
const CHECKED = [TRUSTED, 'KF_RCU', 'KF_RELEASE'];

/**
 * The end of KF_TRUSTED_ARGS (include/linux/btf.h): while it stands, the verifier wants trusted
 * arguments of kfuncs that have it or KF_RELEASE (kernel/bpf/verifier.c, is_kfunc_trusted_args), and
 * RCU-protected ones for KF_RCU; once it is gone it wants them of every kfunc, KF_RCU being the way
 * out (Documentation/bpf/kfuncs.rst). So a kfunc with none of the three became stricter with no word
 * of it changed.
 */
function trustedByDefault(pairs: readonly Pair[]): TreeEvent {
  const had = ({ was }: Pair, flags: readonly string[]): boolean =>
    was.flags.some((flag) => flags.includes(flag));
  return {
    ...event('trusted-by-default', TRUSTED, { was: [TRUSTED], now: [] }),
    id: 'trusted-by-default',
    changed: namesOf(pairs, (pair) => had(pair, [TRUSTED])),
    stricter: namesOf(
      pairs,
      (pair) =>
        !had(pair, CHECKED) && pair.was.roles.includes('kfunc') && pair.now.roles.includes('kfunc'),
    ),
  };
}

function flagEvents(was: TreeFacts, now: TreeFacts, pairs: readonly Pair[]): TreeEvent[] {
  const has = (facts: KfuncFacts, flag: string): boolean =>
    facts.flags.includes(flag) || facts.sets.some((set) => set.flags.includes(flag));
  const differing = (flag: string): string[] =>
    namesOf(pairs, (pair) => has(pair.was, flag) !== has(pair.now, flag));
  const defined = (tree: TreeFacts): string[] => tree.flags.map((flag) => flag.name);
  const added = missing(defined(now), flagsOf(was)).map((flag) =>
    event('flag-added', flag, { was: [], now: [flag] }, { changed: differing(flag) }),
  );
  const removed = missing(defined(was), flagsOf(now)).map((flag) =>
    flag === TRUSTED
      ? trustedByDefault(pairs)
      : event('flag-removed', flag, { was: [flag], now: [] }, { changed: differing(flag) }),
  );
  return [...added, ...removed];
}

/** The parameters that a suffix speaks of, by name. */
function paramsWith({ prototype }: KfuncFacts, suffix: string): string[] {
  return (prototype?.params ?? []).filter((p) => p.suffix === suffix).map((p) => p.name);
}

/**
 * Suffixes that the verifier learns or forgets. A parameter that was called so already, or is still
 * called so, changes its meaning with no word changed.
 */
function suffixEvents(was: TreeFacts, now: TreeFacts, pairs: readonly Pair[]): TreeEvent[] {
  const literals = (r: TreeFacts): Set<string> => new Set(r.suffixes.map((s) => s.literal));
  const touched = (literal: string): Pick<TreeEvent, 'changed' | 'stricter'> => {
    const named = (facts: KfuncFacts, name: string): boolean =>
      facts.prototype?.params.some((p) => p.name === name) ?? false;
    const differing = pairs.filter(
      (p) => paramsWith(p.was, literal).join() !== paramsWith(p.now, literal).join(),
    );
    const silent = (p: Pair): boolean =>
      [...paramsWith(p.was, literal), ...paramsWith(p.now, literal)].every(
        (name) => named(p.was, name) && named(p.now, name),
      );
    return {
      changed: namesOf(differing, (pair) => !silent(pair)),
      stricter: namesOf(differing, silent),
    };
  };
  return [
    ...missing(literals(now), literals(was)).map((literal) =>
      event('suffix-added', literal, { was: [], now: [literal] }, touched(literal)),
    ),
    ...missing(literals(was), literals(now)).map((literal) =>
      event('suffix-removed', literal, { was: [literal], now: [] }, touched(literal)),
    ),
  ];
}

function hookEvents(was: TreeFacts, now: TreeFacts, pairs: readonly Pair[]): TreeEvent[] {
  return hookChanges(was.hooks, now.hooks).map((change) => {
    const changed = namesOf(pairs, (pair) => fannedOutOnly(pair.was, pair.now, change));
    return event('hook-changed', change.hook, { was: change.was, now: change.now }, { changed });
  });
}

/** Architectures whose JIT learns to call kfuncs, or cannot any more: `powerpc (CONFIG_PPC64)`. */
function jitEvents(was: TreeFacts, now: TreeFacts): TreeEvent[] {
  const arches = (tree: TreeFacts): Set<string> => new Set(tree.jit.map((j) => j.arch));
  const texts = (tree: TreeFacts, arch: string): string[] =>
    tree.jit
      .filter((j) => j.arch === arch)
      .map((j) => (j.condition === null ? arch : `${arch} (${j.condition})`));
  return [
    ...missing(arches(now), arches(was)).map((arch) =>
      event('jit-added', arch, { was: [], now: texts(now, arch) }),
    ),
    ...missing(arches(was), arches(now)).map((arch) =>
      event('jit-removed', arch, { was: texts(was, arch), now: [] }),
    ),
  ];
}

/**
 * What changed in the tree as a whole between two releases, told once: flags,
 * suffixes, hooks, architectures. `changed` are kfuncs in both releases whose text changed with it,
 * `stricter` those whose meaning changed with no textual difference. The order is fixed, and an
 * event's id does not depend on the release (`trusted-by-default`, `flag-removed:KF_KPTR_GET`).
 */
export function eventsOf(was: TreeFacts, now: TreeFacts): TreeEvent[] {
  const pairs = pairsOf(was, now);
  return [
    ...flagEvents(was, now, pairs),
    ...suffixEvents(was, now, pairs),
    ...hookEvents(was, now, pairs),
    ...jitEvents(was, now),
  ];
}
