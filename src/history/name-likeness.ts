/** How telling each word of a kfunc's name is: `bpf` is in all of them, `rstat` in two. */
export type WordWeights = ReadonlyMap<string, number>;

function wordsOf(name: string): string[] {
  return name.split('_').filter((word) => word !== '');
}

/** Weighs the words of `names` by how few of them have each. */
export function weighWords(names: Iterable<string>): WordWeights {
  const all = [...new Set(names)];
  const counts = new Map<string, number>();
  for (const word of all.flatMap((name) => [...new Set(wordsOf(name))])) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return new Map([...counts].map(([word, count]) => [word, Math.log(1 + all.length / count)]));
}

/**
 * How much of two names is shared, by weight: 0 to 1.
 *
 *     cgroup_rstat_updated
 *     css    rstat updated    two of four words, and not the common ones
 */
export function nameLikeness(a: string, b: string, weights: WordWeights): number {
  const [wordsA, wordsB] = [new Set(wordsOf(a)), new Set(wordsOf(b))];
  const sum = (words: Iterable<string>): number =>
    [...words].sort().reduce((total, word) => total + (weights.get(word) ?? 1), 0);
  const shared = sum([...wordsA].filter((word) => wordsB.has(word)));
  const all = sum(wordsA) + sum(wordsB) - shared;
  return all === 0 ? 0 : shared / all;
}

/** Whether one name is the other with words put in: `bbr_cwnd_event`, `bbr_cwnd_event_tx_start`. */
export function isNameWithin(a: string, b: string): boolean {
  const [short, long] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.length - y.length);
  let found = 0;
  for (const word of long!) if (word === short![found]) found++;
  return found === short!.length && found >= 2;
}

/** What the generations of a kfunc share: `bpf_x` of `bpf_x_impl` and of `bpf_x___v2`. */
export function stemOf(name: string): string {
  return name.replace(/(?:_impl|___v\d+)$/, '');
}

/** `bpf_x_impl` and `bpf_x`, `bpf_x___v2` and `bpf_x`, `bpf_x___v3` and `bpf_x___v2`. */
export function isNamePair(a: string, b: string): boolean {
  return a !== b && stemOf(a) === stemOf(b);
}

/** Of a pair of names, whether `newer` is the later generation by its name: `___v2` after none. */
export function isLaterGeneration(older: string, newer: string): boolean {
  const generation = (name: string): number => Number(/___v(\d{1,4})$/.exec(name)?.[1] ?? 1);
  if (!isNamePair(older, newer)) return false;
  if (generation(older) !== generation(newer)) return generation(older) < generation(newer);
  return older.endsWith('_impl');
}

/**
 * The words that make one name into another, by what is put where; equal for two renames that follow
 * one pattern:
 *
 *     cgroup_rstat_updated → css_rstat_updated    `cgroup → css`
 *     cgroup_rstat_flush   → css_rstat_flush      `cgroup → css`
 */
export function renamingOf(a: string, b: string): string {
  const [from, to] = [wordsOf(a), wordsOf(b)];
  while (from.length > 0 && from[0] === to[0]) {
    from.shift();
    to.shift();
  }
  while (from.length > 0 && from.at(-1) === to.at(-1)) {
    from.pop();
    to.pop();
  }
  return `${from.join('_')} → ${to.join('_')}`;
}
