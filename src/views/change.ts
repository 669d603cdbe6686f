import type { Change } from '../data/schema/index.ts';
import { type Atlas } from './atlas.ts';
import { type CodeToken, highlight } from './code.ts';
import { wrapPrototype } from './kfunc/declaration.ts';
import { programName } from './programs.ts';
import { type MarkedLine, comparePrototypes } from './prototype-change.ts';
import { type Piece, code, list, say } from './text.ts';
import { roleWords } from './words.ts';

/** One change, as a row of a history tells it. */
export interface ChangeView {
  kind: Change['kind'];
  /** `Flags`, `Prototype`, … */
  label: string;
  text: Piece[];
  /** Prototypes before and after, when that is what changed. */
  was: CodeToken[][];
  now: CodeToken[][];
  /** Both, one over the other. */
  marked: MarkedLine[];
  /** The tree-wide change that it is part of. */
  event: Piece | null;
  commit: CommitView | null;
}

export interface CommitView {
  /** `0123456789ab ("subject")` */
  text: string;
  links: Piece[];
}

/** What a kind of change is called. */
export const labels: Record<Change['kind'], string> = {
  added: 'Added',
  removed: 'Removed',
  returned: 'Came back',
  renamed: 'Renamed',
  roles: 'Role',
  flags: 'Flags',
  prototype: 'Prototype',
  programTypes: 'Program types',
  config: 'Configuration',
  doc: 'Documentation',
  deprecated: 'Deprecation',
  moved: 'Moved',
};

/** `name` is the kfunc that the change belongs to. */
export function viewChange(atlas: Atlas, name: string, change: Change): ChangeView {
  const isPrototype = change.kind === 'prototype';
  return {
    kind: change.kind,
    label: labels[change.kind],
    text: changeText(atlas, name, change),
    was: isPrototype ? change.was.map((p) => highlight(wrapPrototype(p))) : [],
    now: isPrototype ? change.now.map((p) => highlight(wrapPrototype(p))) : [],
    marked: isPrototype ? comparePrototypes(change.was[0] ?? '', change.now[0] ?? '') : [],
    event:
      change.event === null
        ? null
        : say('part of a tree-wide change', `${atlas.to.release(change.release)}#events`),
    commit: viewCommit(change.commit),
  };
}

/** What a change of a kfunc consists of: `gained KF_RCU; lost KF_TRUSTED_ARGS`; empty where the kind says it. */
export function changeText(
  atlas: Atlas,
  name: string,
  change: Pick<Change, 'kind' | 'was' | 'now'>,
): Piece[] {
  const { was, now } = change;
  switch (change.kind) {
    case 'added':
    case 'removed':
    case 'returned':
    case 'prototype':
      return [];
    case 'renamed':
      return now.includes(name)
        ? [say('from '), ...kfuncNames(atlas, was)]
        : [say('to '), ...kfuncNames(atlas, now)];
    case 'flags':
      return noted(was, now, {
        piece: (flag) => code(flag, atlas.to.flag(flag)),
        note: (text) => (text === null ? 'for all programs' : `for ${text}`),
      });
    case 'programTypes':
      return noted(was, now, {
        piece: (type) => say(programName(type), atlas.to.program(type)),
        note: (text) => text ?? 'not filtered',
      });
    case 'roles':
      return gainedAndLost(was, now, (r) => [say(roleWords(r))]);
    case 'config':
      return fromTo(was, now, 'nothing needed');
    case 'moved':
      return fromTo(was, now, 'nowhere');
    case 'doc':
      return [say(was.length === 0 ? 'written' : now.length === 0 ? 'gone' : 'reworded')];
    case 'deprecated':
      return [
        ...(now.length === 0 ? [say('no longer told')] : [say(now.join('; '))]),
        ...(was.length === 0 || now.length === 0 ? [] : [say(`; before: ${was.join('; ')}`)]),
      ];
  }
}

function kfuncNames(atlas: Atlas, names: readonly string[]): Piece[] {
  return list(names.map((n) => [kfuncName(atlas, n)]));
}

/** A kfunc's name, linked when it has a page; to a release on it when it is there then. */
export function kfuncName(atlas: Atlas, name: string, release?: string): Piece {
  const record = atlas.kfunc(name);
  if (record === undefined) return code(name);
  const isThere = release !== undefined && atlas.stateAt(record, release) !== undefined;
  return code(name, atlas.to.kfunc(name, isThere ? release : undefined));
}

/** The history writes `KF_RCU (BPF_PROG_TYPE_XDP)`, `BPF_PROG_TYPE_LSM (filtered by f)`: a name, and more. */
export function splitNote(text: string): { name: string; note: string } {
  const at = text.indexOf(' (');
  return at < 0 ? { name: text, note: '' } : { name: text.slice(0, at), note: text.slice(at) };
}

function withNote(text: string, piece: (name: string) => Piece): Piece[] {
  const { name, note } = splitNote(text);
  return note === '' ? [piece(name)] : [piece(name), say(readable(note))];
}

function readable(note: string): string {
  return note.replace(/BPF_PROG_TYPE_\w+/g, (type) => programName(type));
}

/**
 * What came, what went, and what is still there with another note: `KF_RCU (BPF_PROG_TYPE_XDP)` that
 * becomes `KF_RCU` is neither gained nor lost. `words.note` puts a note in words, or that there is none.
 */
function noted(
  was: readonly string[],
  now: readonly string[],
  words: { piece: (name: string) => Piece; note: (text: string | null) => string },
): Piece[] {
  const before = new Map(was.map((item) => [splitNote(item).name, item]));
  const changed = now.filter((item) => {
    const old = before.get(splitNote(item).name);
    return old !== undefined && old !== item;
  });
  if (changed.length === 0) return gainedAndLost(was, now, (item) => withNote(item, words.piece));
  const names = new Set(changed.map((item) => splitNote(item).name));
  const others = (items: readonly string[]) =>
    items.filter((item) => !names.has(splitNote(item).name));
  const noteOf = (item: string) => {
    const { note } = splitNote(item);
    return words.note(note === '' ? null : readable(note.slice(' ('.length, -1)));
  };
  const pieces = list(
    changed.map((item) => {
      const { name } = splitNote(item);
      return [words.piece(name), say(` ${noteOf(item)}, before ${noteOf(before.get(name)!)}`)];
    }),
    '; ',
  );
  const [left, right] = [others(was), others(now)];
  const hasMore =
    left.some((item) => !right.includes(item)) || right.some((item) => !left.includes(item));
  if (!hasMore) return pieces;
  return [
    ...gainedAndLost(left, right, (item) => withNote(item, words.piece)),
    say('; '),
    ...pieces,
  ];
}

function gainedAndLost(
  was: readonly string[],
  now: readonly string[],
  pieces: (item: string) => Piece[],
): Piece[] {
  const gained = now.filter((item) => !was.includes(item));
  const lost = was.filter((item) => !now.includes(item));
  const parts = [
    ...(gained.length > 0 ? [[say('gained '), ...list(gained.map(pieces))]] : []),
    ...(lost.length > 0 ? [[say('lost '), ...list(lost.map(pieces))]] : []),
  ];
  return parts.length === 0 ? [say('order only')] : list(parts, '; ');
}

function fromTo(was: readonly string[], now: readonly string[], nothing: string): Piece[] {
  const side = (items: readonly string[]) =>
    items.length === 0 ? [say(nothing)] : list(items.map((i) => [code(i)]));
  return [say('from '), ...side(was), say(' to '), ...side(now)];
}

/** null where the commit is not known. */
export function viewCommit(commit: Change['commit']): CommitView | null {
  if (commit === null) return null;
  const links = commit.links.filter((l) => /^https?:\/\//.test(l) && URL.canParse(l));
  return {
    text: say(`${commit.hash.slice(0, 12)} ("${commit.subject}")`).text,
    links: links.map((l) => say(new URL(l).hostname, new URL(l).href)),
  };
}
