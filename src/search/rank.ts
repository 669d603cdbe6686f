import type { Index } from './engine.ts';
import type { Entries, Entry } from './entry.ts';
import { passes, valuesOf } from './facets.ts';
import { readQuery } from './query.ts';
import { partsOf, tailsOf } from './words.ts';

/** One thing found. */
export interface Result {
  entry: Entry;
  /** The old name by which it was found; null when it was not by one. */
  formerly: string | null;
}

/** What a search gave, the best first. */
export interface Answer {
  results: Result[];
  /** What of the query was not understood, in sentences. */
  problems: string[];
  /** Whether nothing was found as typed, and these are only alike. */
  isNear: boolean;
}

/** So many that are only alike are worth a look, and those that are at least so alike as the best. */
const mostNear = 8;
const besideTheBest = 0.6;

/** Gives what answers a query. A filter leaves kfuncs alone: other pages have no flags and so on. */
export function makeSearch(entries: Entries, index: Index): (text: string) => Answer {
  const values = valuesOf(entries);
  const candidates = [...entries.kfuncs, ...entries.topics].map(candidateOf);
  return (text) => {
    const { words, filters, problems } = readQuery(text, values);
    const isPassing = ({ entry }: Candidate) =>
      filters.length === 0 || (entry.kind === 'kfunc' && passes(entry, filters));
    if (words.length === 0) {
      const all = filters.length === 0 ? [] : candidates.filter(isPassing);
      return { results: ordered(all.map((c) => place(c, [], 0))), problems, isNear: false };
    }
    const scores = new Map(index.exact(words).map(({ id, score }) => [id, score]));
    const found = candidates.flatMap((candidate, id) => {
      const score = scores.get(id) ?? (within(candidate.name, words) ? 0 : undefined);
      return score === undefined || !isPassing(candidate) ? [] : [place(candidate, words, score)];
    });
    if (found.length > 0) return { results: ordered(found), problems, isNear: false };
    const near = index.near(words).filter(({ id }) => isPassing(candidates[id]!));
    const least = (near[0]?.score ?? 0) * besideTheBest;
    const results = near
      .filter(({ score }) => score >= least)
      .slice(0, mostNear)
      .map(({ id }) => ({ entry: candidates[id]!.entry, formerly: null }));
    return { results, problems, isNear: true };
  };
}

/** An entry with what its name is compared by. */
interface Candidate {
  entry: Entry;
  name: string;
  /** A flag is called `rcu` too, a release `7.2`. */
  names: string[];
  tails: string[];
  beginnings: string[];
  standing: number;
}

function candidateOf(entry: Entry): Candidate {
  const name = entry.name.toLowerCase();
  const short = entry.kind === 'kfunc' ? name : name.replace(/^(kf_|v(?=\d)|_+)/, '');
  const tails = tailsOf(name);
  return {
    entry,
    name,
    names: [name, short],
    tails,
    beginnings: [...tails, ...partsOf(name)],
    standing: standing(entry),
  };
}

/** What is there comes before what is not, and what programs may call before tests. */
function standing(entry: Entry): number {
  if (entry.kind !== 'kfunc') return 1;
  if (entry.role === 'test') return 4;
  if (entry.role !== 'kfunc') return 3;
  return { there: 0, deprecated: 1, removed: 2 }[entry.status];
}

/** Fewer letters are in too many names. */
const leastWithin = 3;

function within(name: string, words: readonly string[]): boolean {
  return words.every((word) => word.length >= leastWithin && name.includes(word));
}

interface Placed extends Candidate {
  formerly: string | null;
  tier: number;
  score: number;
}

/** How a name can fit, the best first. */
const tiers = { same: 0, took: 1, end: 2, start: 3, tail: 4, parts: 5, within: 6, other: 7 };

function place(candidate: Candidate, words: readonly string[], score: number): Placed {
  const { entry } = candidate;
  const asked = words.join('_');
  const own = words.length === 0 ? tiers.same : tierOf(candidate, words, asked);
  const isOld = entry.kind === 'kfunc' && entry.old.some((old) => old.toLowerCase() === asked);
  return isOld && own > tiers.took
    ? { ...candidate, tier: tiers.took, formerly: asked, score }
    : { ...candidate, tier: own, formerly: null, score };
}

function tierOf(
  { name, names, tails, beginnings }: Candidate,
  words: readonly string[],
  asked: string,
): number {
  if (names.includes(asked)) return tiers.same;
  if (tails.includes(asked)) return tiers.end;
  if (name.startsWith(asked)) return tiers.start;
  if (tails.some((tail) => tail.startsWith(asked))) return tiers.tail;
  if (words.every((word) => beginnings.some((start) => start.startsWith(word)))) {
    return tiers.parts;
  }
  return within(name, words) ? tiers.within : tiers.other;
}

function ordered(placed: Placed[]): Result[] {
  return placed
    .sort(
      (a, b) =>
        a.tier - b.tier ||
        a.standing - b.standing ||
        b.score - a.score ||
        (a.name < b.name ? -1 : 1),
    )
    .map(({ entry, formerly }) => ({ entry, formerly }));
}
