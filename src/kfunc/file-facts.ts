import type { CFile } from '../c/types.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { readCallbacks, type CallbackFacts } from './callbacks.ts';
import { readDefinitions, type DefinitionFacts } from './definitions.ts';
import { readDestructors, type DestructorFacts } from './destructors.ts';
import { readFlags, readSetFlags, type FlagFacts } from './flags.ts';
import { readHooks, type HookFacts } from './hooks.ts';
import { readAliases, readIdSets, type IdSetFacts } from './id-sets.ts';
import { readImplicitArgs } from './implicit-args.ts';
import { readJit, type JitFacts } from './jit.ts';
import { readRegistrations, type RegistrationFacts } from './registrations.ts';
import { readSets, type SetFacts } from './sets.ts';
import { readSuffixes, type SuffixFacts } from './suffixes.ts';

/**
 * All that one file says about kfuncs, whatever the release: plain data, kept by blob id. What it
 * means is found out in release.ts, where the files of a release meet.
 */
export interface FileFacts {
  sets: SetFacts[];
  idSets: IdSetFacts[];
  /** `#define a b` where one of them names a set. */
  aliases: Record<string, string>;
  registrations: RegistrationFacts[];
  destructors: DestructorFacts[];
  callbacks: CallbackFacts;
  definitions: DefinitionFacts[];
  hooks: HookFacts[] | null;
  flags: FlagFacts[];
  suffixes: SuffixFacts[];
  implicitArgs: string[] | null;
  jit: JitFacts | null;
  diagnostics: Diagnostic[];
}

/**
 * What every file with a word about kfuncs holds, one of them. They are short because they are looked
 * for in gigabytes; isRelevant() has the last word.
 */
export const TOKENS: readonly string[] = ['kfunc', 'BTF_'];

/** What makes a file worth parsing: each is the mark of one of the readers below. */
const MARKS =
  /BTF_ID_FLAGS|BTF_KFUNCS_START|BTF_SET8_START|__bpf_kfunc\b|btf_kfunc_id_set|kfunc_btf_id|check_kfunc_call|check_mod_kfunc_call|KFUNC_BTF_ID|bpf_jit_supports_kfunc_call|bpf_prog_type_to_kfunc_hook|is_kfunc_arg|NOCAST_ALIAS_SUFFIX|is_kf_implicit_arg/;

/**
 * The file that says which verifier ops a program type has (5.13 to 5.17 hang kfuncs on them). It holds
 * none of the tokens.
 */
export const PROGRAM_TYPES_FILE = 'include/linux/bpf_types.h';

/** Whether a path is that of a file of C. */
export function isSource(path: string): boolean {
  const last = path.charCodeAt(path.length - 1);
  return (last === LOWER_C || last === LOWER_H) && path.charCodeAt(path.length - 2) === DOT;
}

// Asked of each file of each release: by codes it takes a third of the time.
const [DOT, LOWER_C, LOWER_H] = [0x2e, 0x63, 0x68];

/** Whether the file has anything to say about kfuncs. */
export function isRelevant(text: string, path: string): boolean {
  return path === PROGRAM_TYPES_FILE || MARKS.test(text);
}

/** Names that a file's own sets and struct btf_kfunc_id_set variables mention. */
function wantedNames(sets: readonly SetFacts[], idSets: readonly IdSetFacts[]): Set<string> {
  return new Set([
    ...sets.flatMap((set) => set.entries.map((entry) => entry.name)),
    ...idSets.map((idSet) => idSet.fields.filter ?? ''),
  ]);
}

/** The aliases that lead to or from something that a struct btf_kfunc_id_set points to. */
function relevantAliases(file: CFile, idSets: readonly IdSetFacts[]): Record<string, string> {
  const all = readAliases(file);
  const relevant: Record<string, string> = {};
  const queue = idSets.flatMap((idSet) => Object.values(idSet.fields));
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const target = Object.hasOwn(all, name) ? all[name] : undefined;
    if (target === undefined || Object.hasOwn(relevant, name)) continue;
    relevant[name] = target;
    queue.push(target);
  }
  return relevant;
}

/**
 * Reads a parsed file for all that concerns kfuncs. `text` is its source, `path` where it stands (for
 * diagnostics only: the same blob gives the same facts at any path).
 */
export function readFileFacts(file: CFile, text: string, path: string): FileFacts {
  const sets = readSets(file, path);
  const idSets = readIdSets(file);
  const flags = readFlags(file);
  return {
    sets: sets.value,
    idSets,
    aliases: relevantAliases(file, idSets),
    registrations: readRegistrations(file),
    destructors: readDestructors(file),
    callbacks: readCallbacks(file),
    definitions: readDefinitions(file, wantedNames(sets.value, idSets)),
    hooks: readHooks(file),
    flags: flags.length > 0 ? flags : readSetFlags(text),
    suffixes: readSuffixes(file),
    implicitArgs: readImplicitArgs(file),
    jit: readJit(file),
    diagnostics: sets.diagnostics,
  };
}
