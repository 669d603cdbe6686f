import type { State } from '../../data/schema/index.ts';
import { type Atlas, newestState } from '../atlas.ts';
import { isName } from '../address.ts';
import { splitNote } from '../change.ts';
import { everyProgram, programName, programSlug } from '../programs.ts';
import { type Piece, code, say } from '../text.ts';
import { flagWords, suffixWords } from '../words.ts';

/** A page that lists topics: `/flags/`, `/suffixes/`, `/programs/`. */
export interface TopicList {
  title: string;
  lead: string;
  /** Heading of the second column. */
  wordsAre: string;
  rows: { name: Piece; words: string; count: number }[];
}

/** Every flag that a release defines or a kfunc has. */
export function allFlags(atlas: Atlas): string[] {
  return unique([
    ...atlas.dataset.releaseFiles.flatMap((f) => f.flags.map((flag) => flag.name)),
    ...atlas.dataset.releaseFiles.flatMap((f) =>
      f.events.filter((e) => e.kind.startsWith('flag')).map((e) => e.subject),
    ),
    ...states(atlas).flatMap((s) => [...s.flags, ...s.sets.flatMap((set) => set.flags)]),
    ...changed(atlas, 'flags'),
  ]);
}

/** Every suffix that a release knows or a parameter has. */
export function allSuffixes(atlas: Atlas): string[] {
  return unique([
    ...atlas.dataset.releaseFiles.flatMap((f) => f.suffixes.map((s) => s.literal)),
    ...atlas.dataset.releaseFiles.flatMap((f) =>
      f.events.filter((e) => e.kind.startsWith('suffix')).map((e) => e.subject),
    ),
    ...states(atlas).flatMap((s) => (s.prototype?.params ?? []).map((p) => p.suffix ?? '')),
  ]);
}

/** Every program type that a hook, a registration or a kfunc names; one a slug. */
export function allPrograms(atlas: Atlas): string[] {
  const types = unique([
    ...atlas.dataset.releaseFiles.flatMap((f) => f.hooks.flatMap((h) => h.programTypes)),
    ...states(atlas).flatMap((s) => s.programTypes),
    ...changed(atlas, 'programTypes'),
  ]);
  return [everyProgram, ...types.filter((t) => programSlug(t) !== 'all')];
}

function changed(atlas: Atlas, kind: 'flags' | 'programTypes'): string[] {
  return atlas.dataset.kfuncs.flatMap((k) =>
    k.lines.flatMap((l) =>
      l.changes
        .filter((c) => c.kind === kind)
        .flatMap((c) => [...c.was, ...c.now].map((text) => splitNote(text).name)),
    ),
  );
}

/** Whether a state has a flag; likewise below. */
export function hasFlag(name: string): (state: State) => boolean {
  return ({ flags }) => flags.includes(name);
}

/** A suffix ends the name of a parameter, or (`___init`) the name of a type in the prototype. */
export function hasSuffix(atlas: Atlas, literal: string): (state: State) => boolean {
  const isType = atlas.dataset.releaseFiles.some((file) =>
    file.suffixes.some((s) => s.literal === literal && s.kind === 'type'),
  );
  if (!isType) {
    return ({ prototype }) => prototype?.params.some((p) => p.suffix === literal) ?? false;
  }
  const types = ({ prototype }: State) =>
    prototype === null ? [] : [prototype.returns, ...prototype.params.map((p) => p.type)];
  return (state) =>
    types(state).some((type) => type.split(/\W+/).some((word) => word.endsWith(literal)));
}

export function hasProgram(type: string): (state: State) => boolean {
  return ({ programTypes }) => programTypes.includes(type);
}

function states(atlas: Atlas): State[] {
  return atlas.dataset.kfuncs.flatMap((k) => k.lines.flatMap((l) => l.states));
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)].filter(isName).sort();
}

/** `noted` are those that something is written about: they have pages too, known to a release or not. */
export function flagList(atlas: Atlas, noted: Iterable<string> = []): TopicList {
  return {
    title: 'Flags',
    lead: 'What the kernel demands of the caller of a kfunc, or promises to it.',
    wordsAre: 'Meaning',
    rows: withNoted(allFlags(atlas), noted).map((name) => ({
      name: code(name, atlas.to.flag(name)),
      words: flagWords(name) ?? '',
      count: now(atlas, hasFlag(name)),
    })),
  };
}

export function suffixList(atlas: Atlas, noted: Iterable<string> = []): TopicList {
  return {
    title: 'Parameter suffixes',
    lead: 'Endings of a parameter’s name by which the kernel tells the verifier what it wants.',
    wordsAre: 'Meaning',
    rows: withNoted(allSuffixes(atlas), noted).map((literal) => ({
      name: code(literal, atlas.to.suffix(literal)),
      words: suffixWords(literal) ?? '',
      count: now(atlas, hasSuffix(atlas, literal)),
    })),
  };
}

/** `about` is what is written about a program type, in one sentence. */
export function programList(
  atlas: Atlas,
  about: (type: string) => string | null = () => null,
): TopicList {
  return {
    title: 'Program types',
    lead: 'Which kfuncs a BPF program may call depends on its type.',
    wordsAre: 'What it is',
    rows: allPrograms(atlas).map((type) => ({
      name: say(programName(type), atlas.to.program(type)),
      words: about(type) ?? (type === everyProgram ? '' : type),
      count: now(atlas, hasProgram(type)),
    })),
  };
}

/** Names of the dataset and names that something is written about, each once, sorted. */
export function withNoted(names: readonly string[], noted: Iterable<string>): string[] {
  return unique([...names, ...noted]);
}

function now(atlas: Atlas, has: (state: State) => boolean): number {
  return atlas.dataset.kfuncs.filter((k) => {
    const newest = newestState(k);
    return newest !== undefined && k.status !== 'removed' && has(newest.state);
  }).length;
}
