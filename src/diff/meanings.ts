import type { Change, ReleaseFile, State, TreeEvent } from '../data/schema/index.ts';
import { newlyNeeded } from './conditions.ts';
import { flagMeanings } from './flag-meanings.ts';
import { prototypeMeanings } from './prototype-meanings.ts';
import { FLAGS, meaning, RULES, SUFFIXES } from './severity.ts';
import type { EventDifference, Meaning } from './types.ts';
import { programList, words } from './words.ts';

/** What a rule may look at besides the change itself. */
export interface Sides {
  /** null where the kfunc is absent. */
  was: State | null;
  now: State | null;
  older: ReleaseFile;
  newer: ReleaseFile;
}

/**
 * What a change of a kfunc means for a program that loads on the older side, by the rules of severity.ts.
 * Each rule is told once, or once a parameter.
 */
export function meaningsOf(change: Change, sides: Sides): Meaning[] {
  const found = new Map(rulesOf(change, sides).map((m) => [`${m.rule} ${m.text}`, m]));
  return [...found.values()];
}

function rulesOf(change: Change, sides: Sides): Meaning[] {
  switch (change.kind) {
    case 'added':
    case 'returned':
      return [meaning('added')];
    case 'removed':
      return [meaning('removed')];
    case 'renamed':
      return [meaning('renamed', `the old name, ${change.was.join(', ')}, is gone`)];
    case 'roles':
      return roleMeanings(change);
    case 'flags':
      return flagMeanings(change, sides);
    case 'prototype':
      return prototypeMeanings(sides.was?.prototype ?? null, sides.now?.prototype ?? null);
    case 'programTypes':
      return programTypeMeanings(change);
    case 'config':
      return configMeanings(sides);
    case 'doc':
      return [meaning('doc')];
    case 'deprecated':
      if (change.was.length === 0) return [meaning('deprecated')];
      return [meaning(change.now.length === 0 ? 'deprecated-no-more' : 'deprecation-changed')];
    case 'moved':
      return [meaning('moved', `is defined in ${change.now.join(', ')}`)];
  }
}

function roleMeanings({ was, now }: Change): Meaning[] {
  const lost = (role: string): boolean => was.includes(role) && !now.includes(role);
  const meanings = [
    ...(lost('kfunc') ? [meaning('no-kfunc')] : []),
    ...(lost('attach-point') ? [meaning('attach-point-lost')] : []),
  ];
  return meanings.length > 0 ? meanings : [meaning('role-changed', `is ${now.join(' and ')} now`)];
}

/** `BPF_PROG_TYPE_LSM (filtered by bpf_fs_kfuncs_filter)` as type and filters. */
function byType(texts: readonly string[]): Map<string, string[]> {
  return new Map(
    texts.map((text) => {
      const [, type = text, filters] = /^(\S+) \(filtered by (.*)\)$/.exec(text) ?? [];
      return [type, filters?.split(', ') ?? []];
    }),
  );
}

const ALL = '*';

function programTypeMeanings(change: Change): Meaning[] {
  const [was, now] = [byType(change.was), byType(change.now)];
  // Who may call it from everywhere may call it from each: its filters are those of all.
  const filtersNow = (type: string): string[] | undefined => now.get(type) ?? now.get(ALL);
  const filtersBefore = (type: string): string[] | undefined => was.get(type) ?? was.get(ALL);
  const meanings: Meaning[] = [];
  const lost = [...was.keys()].filter((type) => filtersNow(type) === undefined);
  if (lost.includes(ALL)) {
    const left = now.size === 0 ? 'no program' : `${programList([...now.keys()])} alone`;
    meanings.push(meaning('program-type-lost', `can be called from ${left}`));
  } else if (lost.length > 0) {
    meanings.push(
      meaning('program-type-lost', `can no longer be called from ${programList(lost)}`),
    );
  }
  const changes = new Map<string, string[]>();
  for (const [type, filters] of now) {
    const before = filtersBefore(type);
    if (before === undefined || same(before, filters)) continue;
    const rule = filters.every((filter) => before.includes(filter))
      ? 'filter-removed'
      : before.length === 0
        ? 'filter-added'
        : 'filter-changed';
    const said = filters.filter((filter) => !before.includes(filter)).map((name) => `${name}()`);
    const key = `${rule} ${said.join(', ')}`;
    changes.set(key, [...(changes.get(key) ?? []), type]);
  }
  for (const [key, types] of changes) {
    const [rule, ...said] = key.split(' ');
    const where = types.includes(ALL) ? '' : ` for ${programList(types)}`;
    if (rule === 'filter-removed') {
      meanings.push(meaning('filter-removed', `is registered without that filter${where}`));
    } else {
      meanings.push(
        meaning(
          rule === 'filter-added' ? 'filter-added' : 'filter-changed',
          `is filtered by ${said.join(' ')}${where}, which may refuse a program`,
        ),
      );
    }
  }
  const gained = [...now.keys()].filter((type) => filtersBefore(type) === undefined);
  if (gained.length > 0) {
    meanings.push(meaning('program-type-gained', `can be called from ${programList(gained)}, too`));
  }
  return meanings;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text) => b.includes(text));
}

function configMeanings({ was, now }: Sides): Meaning[] {
  if (was === null || now === null) return [];
  const needed = newlyNeeded(was.config.expr, now.config.expr);
  const instead = newlyNeeded(now.config.expr, was.config.expr);
  const [before, after] = [was.arch, now.arch];
  const left = after === null ? [] : (before ?? ['others']).filter((arch) => !after.includes(arch));
  const meanings = [
    ...(needed.length > 0 && instead.length > 0
      ? [meaning('config-changed', `needs ${words(needed)} in place of ${words(instead)}`)]
      : needed.length > 0
        ? [meaning('config-narrowed', `needs ${words(needed)}, which it did not need`)]
        : []),
    ...(left.length > 0
      ? [
          meaning(
            'config-narrowed',
            `is there on ${words(after!)}, and no longer on ${words(left)}`,
          ),
        ]
      : []),
  ];
  return meanings.length > 0 ? meanings : [meaning('config-widened')];
}

/**
 * What a tree-wide change means for those that it touches. Flags that went are told by it alone, and so
 * are meanings that changed with no word changed.
 */
export function meaningOfEvent(event: TreeEvent): Omit<EventDifference, 'event'> {
  const { kind, subject, changed, stricter } = event;
  const touched = changed.length > 0 || stricter.length > 0;
  switch (kind) {
    case 'trusted-by-default':
      return {
        severity: stricter.length > 0 ? RULES['trusted-pointers-demanded'].severity : 'compatible',
        text: 'what it asked for is the default: kfuncs that had it are as they were; of those that had neither it nor KF_RCU nor KF_RELEASE the verifier now wants pointers that are trusted and not NULL',
      };
    case 'flag-added':
      return { severity: 'compatible', text: 'the kernel has a new flag' };
    case 'flag-removed': {
      const rule = FLAGS[subject]?.lost ?? 'flag-unknown';
      const { severity, text } = RULES[rule];
      return touched
        ? { severity, text: `the flag is gone, and a kfunc that had it ${text}` }
        : { severity: 'compatible', text: 'the flag is gone' };
    }
    case 'suffix-added':
    case 'suffix-removed':
      return suffixEvent(event);
    case 'hook-changed':
      return hookEvent(event);
    case 'jit-added':
      return { severity: 'compatible', text: `programs on ${subject} can call kfuncs` };
    case 'jit-removed':
      return { severity: 'breaks-load', text: `programs on ${subject} can no longer call kfuncs` };
  }
}

function suffixEvent({ kind, subject, stricter }: TreeEvent): Omit<EventDifference, 'event'> {
  const isAdded = kind === 'suffix-added';
  const suffix = SUFFIXES[subject];
  const rule = suffix === undefined ? 'suffix-stricter' : isAdded ? suffix.gained : suffix.lost;
  const said =
    suffix === undefined ? '' : `: an argument ${isAdded ? suffix.with : suffix.without}`;
  const lead = isAdded
    ? 'the verifier knows a new suffix'
    : 'the verifier no longer knows the suffix';
  // Of those that are spelled otherwise, their own change tells what that means.
  const severity = stricter.length > 0 ? RULES[rule].severity : 'compatible';
  return { severity, text: `${lead}${isAdded || stricter.length > 0 ? said : ''}` };
}

function hookEvent({ was, now, changed }: TreeEvent): Omit<EventDifference, 'event'> {
  const lost = was.filter((type) => !now.includes(type));
  const gained = now.filter((type) => !was.includes(type));
  const said = [
    ...(gained.length > 0
      ? [`${programList(gained)} programs can call what is registered for it`]
      : []),
    ...(lost.length > 0 ? [`${programList(lost)} programs no longer can`] : []),
  ];
  const severity = lost.length > 0 && changed.length > 0 ? 'breaks-load' : 'compatible';
  return { severity, text: said.join('; ') };
}
