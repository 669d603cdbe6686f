/** What belongs to one release, whatever it is compared with. */
import type { KfuncRecord, State } from '../../data/schema/index.ts';
import type { Atlas } from '../atlas.ts';
import { place } from '../place.ts';
import { programName } from '../programs.ts';
import { type Piece, code, list, say } from '../text.ts';
import { flagWords, suffixWords } from '../words.ts';

/** A flag or a suffix, what it means, and where it is defined. */
export interface WordRow {
  name: Piece;
  words: string;
  source: Piece;
}

/** The words that a release understands, and where it can call kfuncs. */
export interface Knowledge {
  flags: WordRow[];
  suffixes: WordRow[];
  hooks: { hook: Piece; programs: Piece[] }[];
  jit: { arch: string; condition: Piece[]; source: Piece }[];
}

export function knowledgeOf(atlas: Atlas, release: string): Knowledge {
  const file = atlas.file(release);
  return {
    flags: file.flags.map((f) => ({
      name: code(f.name, atlas.to.flag(f.name)),
      words: flagWords(f.name) ?? kernelWords(atlas, f.meaning),
      source: place(atlas, release, f.file, f.line),
    })),
    suffixes: file.suffixes.map((s) => ({
      name: code(s.literal, atlas.to.suffix(s.literal)),
      words: suffixWords(s.literal) ?? '',
      source: place(atlas, release, s.file, s.line),
    })),
    hooks: file.hooks.map((h) => ({
      hook: code(h.hook.replace(/^BTF_KFUNC_HOOK_/, '')),
      programs: list(h.programTypes.map((t) => [say(programName(t), atlas.to.program(t))])),
    })),
    jit: file.jit.map((j) => ({
      arch: say(j.arch).text,
      condition: j.condition === null ? [] : [code(j.condition)],
      source: place(atlas, release, j.file, j.line),
    })),
  };
}

/** The kernel's one-line meaning, where the dataset holds it. */
export function kernelWords(atlas: Atlas, hash: string | null): string {
  const text = hash === null ? undefined : atlas.dataset.prose?.get(hash);
  return text === undefined ? '' : say(text).text;
}

/** kfuncs that the release has, with their state there, by name. */
export function hereIn(atlas: Atlas, release: string): { record: KfuncRecord; state: State }[] {
  return atlas.dataset.kfuncs.flatMap((record) => {
    const state = atlas.stateAt(record, release);
    return state === undefined ? [] : [{ record, state }];
  });
}
