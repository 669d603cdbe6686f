/** What the table of kfuncs shows, out of its address: `/k/?flag=KF_RCU&since=v6.8&sort=since`. */
import { type Entries, type KfuncEntry, statuses } from './entry.ts';
import {
  type FacetKey,
  facetKeys,
  facets,
  type Filter,
  passes,
  readFilter,
  type Values,
} from './facets.ts';
import { readQuery } from './query.ts';

export const sortKeys = ['name', 'since', 'status'] as const;
export type SortKey = (typeof sortKeys)[number];

/** What was asked of the table. */
export interface View {
  /** As in the box of the search: words of names, and filters. */
  text: string;
  /** One value a facet. */
  chosen: Partial<Record<FacetKey, string>>;
  /** null leaves kfuncs in their groups. */
  sort: { key: SortKey; isDown: boolean } | null;
}

/** Reads what stands behind the `?`; what it does not know is passed over. */
export function readView(address: string): View {
  const asked = new URLSearchParams(address);
  const chosen = facetKeys.flatMap((key) => {
    const value = asked.get(key) ?? '';
    return value === '' ? [] : [[key, value] as const];
  });
  const sort = /^(-?)(name|since|status)$/.exec(asked.get('sort') ?? '');
  return {
    text: asked.get('q') ?? '',
    chosen: Object.fromEntries(chosen),
    sort: sort === null ? null : { key: sort[2] as SortKey, isDown: sort[1] === '-' },
  };
}

/** The address of a view, as short as it can be: `?flag=KF_RCU`, or nothing. */
export function addressOf({ text, chosen, sort }: View): string {
  const asked = new URLSearchParams();
  if (text !== '') asked.set('q', text);
  for (const key of facetKeys) {
    const value = chosen[key] ?? '';
    if (value !== '') asked.set(key, value);
  }
  if (sort !== null) asked.set('sort', `${sort.isDown ? '-' : ''}${sort.key}`);
  return asked.size === 0 ? '' : `?${asked.toString()}`;
}

/** What a view shows. */
export interface Shown {
  names: Set<string>;
  /** What was not understood, or taken for something near, in sentences. */
  problems: string[];
  /** The value that each facet was understood as, where it is one. */
  chosen: Partial<Record<FacetKey, string>>;
}

export function shownIn(
  { text, chosen }: View,
  kfuncs: readonly KfuncEntry[],
  values: Values,
): Shown {
  const query = readQuery(text, values);
  const filters: Filter[] = [...query.filters];
  const problems = [...query.problems];
  const understood: Shown['chosen'] = {};
  for (const key of facetKeys) {
    const value = chosen[key];
    if (value === undefined) continue;
    const read = readFilter(facets[key], value, values);
    if (read.problem !== undefined) problems.push(read.problem);
    if (read.filter === undefined) continue;
    filters.push(read.filter);
    if (read.filter.values.size === 1) understood[key] = [...read.filter.values][0]!;
  }
  const names = kfuncs
    .filter((k) => query.words.every((word) => k.name.toLowerCase().includes(word)))
    .filter((k) => passes(k, filters))
    .map(({ name }) => name);
  return { names: new Set(names), problems, chosen: understood };
}

/** Names in the order of a column. */
export function sorted(
  { kfuncs, releases }: Entries,
  { key, isDown }: { key: SortKey; isDown: boolean },
): string[] {
  const age = new Map(releases.map((id, i) => [id, i]));
  const ranks: Record<SortKey, (k: KfuncEntry) => number> = {
    name: () => 0,
    since: (k) => age.get(k.since) ?? -1,
    status: (k) => statuses.indexOf(k.status),
  };
  const rank = ranks[key];
  const turn = isDown ? -1 : 1;
  const byName = (a: KfuncEntry, b: KfuncEntry) => (a.name < b.name ? -1 : 1);
  return kfuncs
    .toSorted((a, b) =>
      key === 'name' ? turn * byName(a, b) : turn * (rank(a) - rank(b)) || byName(a, b),
    )
    .map(({ name }) => name);
}

/** How many kfuncs have each value of a facet, those that none has left out. */
export function counted(
  key: FacetKey,
  kfuncs: readonly KfuncEntry[],
  values: Values,
): [string, number][] {
  return values[key].flatMap((value): [string, number][] => {
    const filter = { key, values: new Set([value]) };
    const count = kfuncs.filter((k) => passes(k, [filter])).length;
    return count === 0 ? [] : [[value, count]];
  });
}
