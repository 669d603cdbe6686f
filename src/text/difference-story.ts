/** What is told of a difference outside its page: the same in plain text and in Markdown. */
import type { KfuncRecord } from '../data/schema/index.ts';
import {
  SEVERITIES,
  type Difference,
  type DifferenceChange,
  type EventDifference,
  type KfuncDifference,
  type Meaning,
  type Severity,
} from '../diff/types.ts';
import { programList, words } from '../diff/words.ts';

/** kfuncs of which the same is to say. */
export interface Entry {
  /** `bpf_new`, or `bpf_old -> bpf_new`. */
  subjects: string[];
  /** The kfunc at the older side; null for several. */
  name: string | null;
  /** The gravest first, without a subject: `takes one more argument, flags`. */
  meanings: string[];
  /** Where it changed, how a program declares it. */
  prototype: { was: string; now: string } | null;
}

export interface NewEntry {
  name: string;
  /** How a program declares it. */
  prototype: string;
  /** Flags, programs, configuration, what it replaces. */
  facts: string[];
}

/** A tree-wide change. */
export interface EventEntry {
  /** `KF_TRUSTED_ARGS is gone: …` */
  text: string;
  /** Whom it makes stricter with no word changed. */
  stricter: string[];
}

export interface GraveSection {
  severity: Severity;
  title: string;
  events: EventEntry[];
  entries: Entry[];
}

export interface Story {
  /** `v6.12` and `v7.2`, or revisions as they were given. */
  from: string;
  to: string;
  /** `v6.12 read from v6.12.107`; null where both are what they are called. */
  readFrom: string | null;
  /** What breaks, then what may; those with nothing to tell are left out. */
  grave: GraveSection[];
  /** By subsystem, in its order. */
  added: { subsystem: string; entries: NewEntry[] }[];
  /** Tree-wide changes that break nothing. */
  events: EventEntry[];
  compatible: Entry[];
  /** Only documented in other words. */
  documentation: string[];
  /** Those of the modules that are built with the kernel's selftests. */
  selftests: { fate: KfuncDifference['fate']; names: string[] }[];
  /** `158 added, 12 renamed, 113 changed` */
  counts: string;
  isEmpty: boolean;
}

/** What a reader of a mail need not be told beside graver things. */
const ASIDE: ReadonlySet<string> = new Set([
  'flag-without-effect',
  'kernel-prototype-changed',
  'pointers-same',
  'const-changed',
  'integer-respelled',
  'parameter-renamed',
  'moved',
  'doc',
]);

/** Arranges a difference for reading, what breaks programs first. */
export function storyOf({ from, to, kfuncs, events }: Difference): Story {
  const isOfSelftests = ({ was, now }: KfuncDifference) => (now ?? was)!.roles.includes('test');
  const own = kfuncs.filter((kfunc) => !isOfSelftests(kfunc));
  const selftests = Map.groupBy(kfuncs.filter(isOfSelftests), ({ fate }) => fate);
  const readFrom = [from, to].filter(({ exact }) => !exact);
  const isGrave = (severity: Severity) => severity === 'breaks-load' || severity === 'may-break';
  return {
    from: from.id,
    to: to.id,
    readFrom:
      readFrom.length === 0
        ? null
        : words([...new Set(readFrom.map(({ id, tag }) => `${id} read from ${tag}`))]),
    grave: SEVERITIES.filter(isGrave)
      .map((severity) => ({
        severity,
        title:
          severity === 'breaks-load'
            ? `Breaks programs that load on ${from.id}`
            : `May break programs that load on ${from.id}`,
        events: events.filter((event) => event.severity === severity).map(eventEntry),
        entries: entriesOf(own.filter((kfunc) => kfunc.severity === severity)),
      }))
      .filter((section) => section.events.length + section.entries.length > 0),
    added: addedOf(own.filter(({ fate }) => fate === 'added')),
    events: mergedFlags(events.filter(({ severity }) => !isGrave(severity))),
    compatible: entriesOf(
      own.filter(({ severity, fate }) => severity === 'compatible' && fate !== 'added'),
    ),
    documentation: own.filter(({ severity }) => severity === 'documentation').map((k) => k.name),
    selftests: [...selftests].map(([fate, found]) => ({ fate, names: found.map((k) => k.name) })),
    counts: countsOf(kfuncs),
    isEmpty: kfuncs.length + events.length === 0,
  };
}

const FATES: readonly KfuncDifference['fate'][] = ['added', 'removed', 'renamed', 'changed'];

function countsOf(kfuncs: readonly KfuncDifference[]): string {
  return FATES.flatMap((fate) => {
    const n = kfuncs.filter((kfunc) => kfunc.fate === fate).length;
    return n === 0 ? [] : [`${n} ${fate}`];
  }).join(', ');
}

/** Those of which the same is to say together; one whose prototype changed stands alone. */
function entriesOf(kfuncs: readonly KfuncDifference[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const kfunc of kfuncs) {
    const entry = entryOf(kfunc);
    const key = entry.prototype === null ? entry.meanings.join('\n') : `\n${kfunc.name}`;
    const same = entries.get(key);
    if (same === undefined) entries.set(key, entry);
    else {
      same.subjects.push(...entry.subjects);
      same.name = null;
    }
  }
  return [...entries.values()];
}

function entryOf(kfunc: KfuncDifference): Entry {
  const { name, from, fate, changes, replacedBy } = kfunc;
  const own = changes.filter(({ event }) => event === null);
  const all = own
    .flatMap((change) => change.meanings.map((meaning) => ({ meaning, change })))
    .filter(({ meaning }) => meaning.rule !== 'renamed')
    .sort((a, b) => rank(a.meaning) - rank(b.meaning));
  const telling = all.filter(({ meaning }) => !ASIDE.has(meaning.rule));
  const shown = telling.length > 0 ? telling : all.filter(({ meaning }) => meaning.rule !== 'doc');
  const told = new Set<DifferenceChange>();
  const meanings = shown.map(({ meaning, change }) => {
    const delta = change.kind === 'flags' && !told.has(change) ? ` (${flagDelta(change)})` : '';
    told.add(change);
    // Where each went is no news to a program, and would keep those apart that moved together.
    return `${meaning.rule === 'moved' ? 'is defined in another file' : meaning.text}${delta}`;
  });
  if (replacedBy.length > 0) meanings.push(`has ${words(replacedBy)} in its place`);
  if (fate === 'renamed' && meanings.length === 0) meanings.push('has another name');
  const prototype = own.find(
    ({ kind, meanings: m }) =>
      kind === 'prototype' && !m.some(({ rule }) => rule === 'kernel-prototype-changed'),
  );
  return {
    subjects: [from === null ? name : `${from} -> ${name}`],
    name: from ?? name,
    meanings: [...new Set(meanings)],
    prototype:
      prototype?.was[0] === undefined || prototype.now[0] === undefined
        ? null
        : { was: prototype.was[0], now: prototype.now[0] },
  };
}

function rank({ severity }: Meaning): number {
  return SEVERITIES.indexOf(severity);
}

/** `+KF_PERFMON, -KF_RCU` */
function flagDelta({ was, now }: DifferenceChange): string {
  const flag = (text: string): string => text.split(' ', 1)[0]!;
  const came = now.filter((text) => !was.includes(text)).map((text) => `+${flag(text)}`);
  const went = was
    .filter((text) => !now.includes(text))
    .map((text) => `-${flag(text)}`)
    .filter((text) => !came.includes(text.replace('-', '+')));
  return [...came, ...went].join(', ');
}

function addedOf(kfuncs: readonly KfuncDifference[]): Story['added'] {
  const groups = Map.groupBy(kfuncs, ({ record }) => subsystemOf(record));
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([subsystem, found]) => ({ subsystem, entries: found.map(newEntry) }));
}

function subsystemOf({ subsystem }: KfuncRecord): string {
  return subsystem ?? 'THE REST';
}

function newEntry({ name, now, replaces }: KfuncDifference): NewEntry {
  const { flags, programTypes, config, arch, prototype, roles } = now!;
  const isCalled = roles.includes('kfunc');
  return {
    name,
    prototype: prototype?.bpf ?? name,
    facts: [
      ...(flags.length > 0 ? [flags.join(' | ')] : []),
      ...(isCalled ? [`from ${programList(programTypes)}`] : [`no kfunc, but ${words(roles)}`]),
      ...(config.expr === null ? [] : [`needs ${config.expr}`]),
      ...(arch === null ? [] : [`only on ${words(arch)}`]),
      ...(replaces.length > 0 ? [`in place of ${words(replaces)}`] : []),
    ],
  };
}

function eventEntry({ event, text }: EventDifference): EventEntry {
  const { kind, subject, stricter } = event;
  const about =
    kind === 'hook-changed'
      ? `hook ${subject.replace(/^BTF_KFUNC_HOOK_/, '')}: `
      : kind === 'jit-added' || kind === 'jit-removed'
        ? ''
        : kind === 'trusted-by-default'
          ? `${subject} is gone: `
          : `${subject}: `;
  return { text: `${about}${text}`, stricter };
}

/** Flags that came are told in one entry. */
function mergedFlags(events: readonly EventDifference[]): EventEntry[] {
  const isNew = ({ event }: EventDifference) => event.kind === 'flag-added';
  const flags = events.filter(isNew).map(({ event }) => event.subject);
  const others = events.filter((event) => !isNew(event)).map(eventEntry);
  if (flags.length === 0) return others;
  return [
    { text: `${flags.length === 1 ? 'a new flag' : 'new flags'}: ${words(flags)}`, stricter: [] },
    ...others,
  ];
}
