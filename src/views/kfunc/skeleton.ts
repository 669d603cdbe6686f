/** How a program is made to load on kernels that have a kfunc, have it otherwise, or do not have it. */
import type { KfuncRecord, Prototype, State } from '../../data/schema/index.ts';
import { releasesBetween } from '../../data/versions.ts';
import { prototypeMeanings } from '../../diff/prototype-meanings.ts';
import { anchor } from '../address.ts';
import { type Atlas, mainline } from '../atlas.ts';
import { kfuncName } from '../change.ts';
import { declaration } from './declaration.ts';
import { meaningsIn } from './evidence.ts';
import { type Variant, writeSkeleton } from './skeleton-code.ts';
import { cParams } from './skeleton-params.ts';
import { type Piece, code, list, say } from '../text.ts';

export interface Skeleton {
  /** C that compiles by itself. */
  code: string;
  /** The kfuncs it tries, the most wanted first. */
  kfuncs: string[];
  /** Whether it tries more than one prototype; else it is a probe. */
  isFallback: boolean;
  /** What it does, in a sentence or two. */
  lead: Piece[];
  notes: Piece[][];
}

/** Rules of src/diff/severity.ts by which libbpf takes one prototype for another kfunc than the other. */
const toldApart = new Set([
  'parameter-added',
  'parameter-removed',
  'incompatible-type',
  // A typedef may hide any type.
  'type-changed',
]);

/**
 * The skeleton of a kfunc and those that it replaces or that replace it. null for what programs do not
 * call, and where a prototype is not known or nothing in C converts one into another.
 */
export function skeletonOf(atlas: Atlas, record: KfuncRecord): Skeleton | null {
  const family = familyOf(atlas, record);
  const groups = family.flatMap((member) => variantsOf(atlas, member));
  if (!groups.some((group) => group.kfunc === record.name)) return null;
  const types = new Map<string, string>();
  const variants = groups.map((group) => variantOf(atlas, group, types));
  if (variants.some((variant) => variant === null)) return null;
  const known = variants.filter((variant) => variant !== null);
  const text = writeSkeleton(known, [...types.values()]);
  if (text === null) return null;
  const kfuncs = [...new Set(known.map((variant) => variant.kfunc))];
  return {
    code: text,
    kfuncs,
    isFallback: known.length > 1,
    lead: leadOf(atlas, kfuncs, known.length),
    notes: [...flavorNotes(known), ...alikeNotes(atlas, record)],
  };
}

/** The kfunc, what replaced it and what it replaced, newest first: one line of descent. */
function familyOf(atlas: Atlas, record: KfuncRecord): KfuncRecord[] {
  const follow = (from: KfuncRecord, key: 'replaces' | 'replacedBy') => {
    const seen = new Set([record.name]);
    const found: KfuncRecord[] = [];
    let at: KfuncRecord | undefined = from;
    while (at !== undefined) {
      const next: KfuncRecord | undefined = at[key]
        .map(({ name }) => atlas.kfunc(name))
        .find((other) => other !== undefined && !seen.has(other.name));
      if (next !== undefined) {
        seen.add(next.name);
        found.push(next);
      }
      at = next;
    }
    return found;
  };
  const newer = follow(record, 'replacedBy').reverse();
  return [...new Set([...newer, record, ...follow(record, 'replaces')])];
}

/** States of a kfunc that one declaration serves, the newest first. */
interface Group {
  kfunc: string;
  prototype: Prototype;
  state: State;
  /** `v6.4 to v7.2`, `since v7.3`. */
  releases: string;
  /** Of its flavor: `v6_4`. */
  since: string;
  /** Whether its declaration never was another, nor another kfunc's by libbpf's reading. */
  isPlain: boolean;
}

function variantsOf(atlas: Atlas, record: KfuncRecord): Group[] {
  const line =
    record.lines.find((l) => l.id === mainline && l.states.length > 0) ?? record.lines[0];
  const states = (line?.states ?? []).filter(
    (state) =>
      state.prototype !== null &&
      state.programTypes.length > 0 &&
      state.roles.some((role) => role === 'kfunc' || role === 'test'),
  );
  const groups: { prototype: Prototype; states: State[] }[] = [];
  for (const state of states.toReversed()) {
    const { prototype } = state;
    const same = groups.find((group) => isServedBy(group.prototype, prototype!));
    if (same === undefined) groups.push({ prototype: prototype!, states: [state] });
    else same.states.unshift(state);
  }
  const texts = new Set(states.map((state) => declaration(state)));
  return groups.map(({ prototype, states: those }) => {
    const oldest = those[0]!;
    const newest = those.at(-1)!;
    return {
      kfunc: record.name,
      prototype,
      state: newest,
      releases: releasesOf(atlas, line!.id, oldest, newest),
      since: oldest.from.replace(/\W/g, '_'),
      isPlain: texts.size === 1 && !record.name.includes('___'),
    };
  });
}

/** Whether libbpf finds a kfunc of prototype `was` by a declaration of `now`. */
function isServedBy(now: Prototype, was: Prototype): boolean {
  return (
    now.bpf === was.bpf ||
    !prototypeMeanings(was, now).some((meaning) => toldApart.has(meaning.rule))
  );
}

function releasesOf(atlas: Atlas, line: string, oldest: State, newest: State): string {
  const before = atlas.line(line)[atlas.order(oldest.from) - 1]?.id;
  const isExact = before !== undefined && (releasesBetween(before, oldest.from) ?? 0) === 0;
  const from = `${oldest.from}${isExact ? '' : ' (or earlier)'}`;
  if (newest.to === null) return `since ${from}`;
  return newest.to === oldest.from ? `in ${from}` : `${from} to ${newest.to}`;
}

/** `types` gathers what the program has to define. */
function variantOf(atlas: Atlas, group: Group, types: Map<string, string>): Variant | null {
  const { kfunc, prototype, state } = group;
  const declared = group.isPlain
    ? kfunc
    : `${kfunc}___${kfunc.includes('___') ? 'compat' : group.since}`;
  const plain = declaration(state);
  if (plain === null) return null;
  const own = withOwnTypes(
    plain.replace(new RegExp(`\\b${kfunc}\\(`), () => `${declared}(`),
    tagsNow(atlas),
    group.since,
    types,
  );
  const params = cParams(own, prototype);
  if (params === null) return null;
  return {
    kfunc,
    declared,
    declaration: own,
    releases: group.releases,
    returns: withOwnTypes(prototype.returns, tagsNow(atlas), group.since, new Map()),
    params,
    supplied: prototype.params.filter((p) => p.implicit).map((p) => p.name.replace(/__ign$/, '')),
  };
}

/**
 * A struct that no prototype of the newest release has may be missing from a program's vmlinux.h: a
 * forward declaration would do for C, but not for libbpf, which compares kinds of types and finds a
 * BTF_KIND_FWD where the kernel has a struct (tools/lib/bpf/relo_core.c, __bpf_core_types_are_compat()).
 */
function withOwnTypes(
  text: string,
  known: ReadonlySet<string>,
  since: string,
  types: Map<string, string>,
): string {
  return text.replace(/\b(struct|union|enum) (\w+)/g, (whole, kind: string, tag: string) => {
    if (known.has(tag)) return whole;
    const name = `${kind} ${tag}___${since}`;
    types.set(name, kind === 'enum' ? `${name} { ${tag}___${since}_0 };` : `${name} {};`);
    return name;
  });
}

const newestTags = new WeakMap<Atlas, ReadonlySet<string>>();

/** Tags in prototypes of the newest release that has any. */
function tagsNow(atlas: Atlas): ReadonlySet<string> {
  const known = newestTags.get(atlas);
  if (known !== undefined) return known;
  const tags = new Set<string>();
  for (const { lines } of atlas.dataset.kfuncs) {
    for (const { states } of lines) {
      const state = states.at(-1);
      if (state === undefined || (state.to !== null && states.length > 0)) continue;
      for (const match of (state.prototype?.bpf ?? '').matchAll(/\b(?:struct|union|enum) (\w+)/g)) {
        tags.add(match[1]!);
      }
    }
  }
  newestTags.set(atlas, tags);
  return tags;
}

function flavorNotes(variants: readonly Variant[]): Piece[][] {
  const flavored = variants.filter((variant) => variant.declared !== variant.kfunc);
  const own = flavored.find((variant) => variant.kfunc.includes('___'));
  const other = flavored.find((variant) => !variant.kfunc.includes('___'));
  const notes: Piece[][] = [];
  if (other !== undefined) {
    notes.push([
      say('libbpf leaves out what follows the last three underscores: '),
      code(other.declared),
      say(' finds '),
      code(other.kfunc),
      say(' where its prototype fits, and is absent where it does not.'),
    ]);
  }
  if (own !== undefined) {
    notes.push([
      say(
        'The kernel’s name has three underscores in it, which libbpf would take for a flavor: so ',
      ),
      code(own.declared),
      say(' is what finds '),
      code(own.kfunc),
      say('.'),
    ]);
  }
  return notes;
}

/** What changed in the prototype that no probe sees, and that may break a program all the same. */
function alikeNotes(atlas: Atlas, record: KfuncRecord): Piece[][] {
  const changes = record.lines.find((l) => l.id === mainline)?.changes ?? [];
  return changes
    .filter((change) => change.kind === 'prototype')
    .flatMap((change) => {
      const told = meaningsIn(atlas, record, change);
      if (told.some((m) => toldApart.has(m.rule))) return [];
      const grave = told.filter((m) => m.severity === 'breaks-load' || m.severity === 'may-break');
      if (grave.length === 0) return [];
      return [
        [
          say('What libbpf does not tell apart, and the verifier may: in '),
          say(change.release, `#${anchor(change.release)}`),
          say(` it ${grave.map((m) => m.text).join('; ')}.`),
        ],
      ];
    });
}

/** A program declares weakly what it can do without; the verifier never sees the branch that is not taken. */
function leadOf(atlas: Atlas, kfuncs: readonly string[], variants: number): Piece[] {
  const weak =
    'Declared weak, it does not keep the program from loading where it is missing: the verifier leaves out the branch that is not taken. Ask for the kfunc, not for the kernel’s version, since kfuncs are backported.';
  if (variants === 1) return [say(weak)];
  const names = kfuncs.map((name) => [kfuncName(atlas, name)]);
  const tries =
    kfuncs.length === 1
      ? [...names[0]!, say(` as each of ${variants} prototypes has it, the newest first`)]
      : list(names, ', else ');
  return [
    say('Calls '),
    ...tries,
    say(
      '. It is made from the prototypes alone: see that the older one does what you need. What is declared weak does not keep the program from loading where it is missing.',
    ),
  ];
}
