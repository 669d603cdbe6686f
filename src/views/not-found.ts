import type { KfuncRecord } from '../data/schema/index.ts';
import { type Atlas } from './atlas.ts';
import { allFlags, allPrograms, allSuffixes } from './topics/catalogue.ts';
import { programSlug } from './programs.ts';
import { type Piece, code, say } from './text.ts';

/** Names that share a beginning, or are of one kind; each with what took its place, where it is gone. */
export interface NameGroup {
  title: Piece;
  names: { name: Piece; now: Piece | null }[];
}

/** What the page prints that stands for all pages that are not there. */
export interface NotFoundPage {
  home: string;
  groups: NameGroup[];
}

/**
 * The names that pages are found by, in groups small enough to look through; the script of the page finds
 * the nearest ones in them.
 */
export function notFoundPage(atlas: Atlas): NotFoundPage {
  const { to, dataset } = atlas;
  const plain = (title: string, names: Piece[]): NameGroup => ({
    title: say(title),
    names: names.map((name) => ({ name, now: null })),
  });
  const groups = [
    ...byBeginning(dataset.kfuncs).map(([title, records]) => ({
      title,
      names: records.map((record) => ({
        name: code(record.name, to.kfunc(record.name)),
        now: successor(atlas, record),
      })),
    })),
    plain(
      'Flags',
      allFlags(atlas).map((f) => code(f, to.flag(f))),
    ),
    plain(
      'Suffixes',
      allSuffixes(atlas).map((s) => code(s, to.suffix(s))),
    ),
    plain(
      'Program types',
      allPrograms(atlas).map((p) => code(programSlug(p), to.program(p))),
    ),
    plain(
      'Releases',
      dataset.releases.map((r) => say(r.id, to.release(r.id))),
    ),
  ];
  return { home: to.kfuncs, groups: groups.filter((g) => g.names.length > 0) };
}

/** Fewer names than these are no group of their own. */
const smallGroup = 3;

/** `bpf_cpumask_`, then `bpf_` for what is alone there, then the rest. */
function byBeginning(records: readonly KfuncRecord[]): [Piece, KfuncRecord[]][] {
  const [pairs, alone] = grouped(records, 2);
  const [singles, rest] = grouped(alone, 1);
  const named = [...pairs, ...singles]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([beginning, group]): [Piece, KfuncRecord[]] => [code(`${beginning}…`), byName(group)]);
  return rest.length === 0 ? named : [...named, [say('Other names'), byName(rest)]];
}

function byName(records: readonly KfuncRecord[]): KfuncRecord[] {
  return records.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Groups by the first words of the names, and the records that are in none. */
function grouped(
  records: readonly KfuncRecord[],
  words: 1 | 2,
): [[string, KfuncRecord[]][], KfuncRecord[]] {
  const beginning = words === 2 ? /^[^_]+_[^_]+_/ : /^[^_]+_/;
  const of = [...Map.groupBy(records, ({ name }) => beginning.exec(name)?.[0] ?? '')];
  const isGroup = ([key, group]: [string, KfuncRecord[]]) =>
    key !== '' && group.length >= smallGroup;
  return [of.filter(isGroup), of.filter((g) => !isGroup(g)).flatMap(([, group]) => group)];
}

/** What a removed kfunc was replaced by in the end; null for one that is there or has no successor. */
function successor(atlas: Atlas, record: KfuncRecord): Piece | null {
  const seen = new Set([record.name]);
  let last = record;
  while (last.status === 'removed') {
    const next = atlas.kfunc(last.replacedBy[0]?.name ?? '');
    if (next === undefined || seen.has(next.name)) break;
    seen.add(next.name);
    last = next;
  }
  return last === record ? null : code(last.name, atlas.to.kfunc(last.name));
}
