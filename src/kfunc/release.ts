import type { ReleaseEntry, ReleaseFile } from '../data/schema/index.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { and, or } from '../c/condition.ts';
import type { CFile, Cond } from '../c/types.ts';
import { conditionTexts, type ConditionText, type FileCondition } from './availability.ts';
import { buildConditions } from './config/build-condition.ts';
import type { Kconfig } from './config/kconfig.ts';
import type { DocumentFacts } from './documents/read-document.ts';
import { examplesOf } from './examples.ts';
import type { FileFacts } from './file-facts.ts';
import { findDefinitions } from './find-definitions.ts';
import { expandFromHeaders } from './headers.ts';
import { readKfunc, type ReleaseContext } from './kfunc.ts';
import { parseMaintainers, subsystemOf } from './maintainers.ts';
import { readMemberships, type Membership } from './membership.ts';
import { byCodeUnit } from './names.ts';
import { usersOf } from './programs.ts';
import type { SourceTree } from './tree.ts';
import type { ReleaseReading } from './types.ts';

/** What readRelease() is given besides the tree: facts that were kept, and how to get more. */
export interface ReleaseInput {
  tree: SourceTree;
  /** Facts of the files that hold kfunc tokens, by path, sorted by path. */
  files: ReadonlyMap<string, FileFacts>;
  /** What the documents show, by path; null for one that was too long to be read. */
  documents: ReadonlyMap<string, DocumentFacts | null>;
  /** What BPF programs of the tree call, by path; null for files that are none. */
  programs: ReadonlyMap<string, readonly string[] | null>;
  /** Text of the list of maintainers; '' where there is none. */
  maintainers: string;
  /** Parses a file of the tree; undefined when the tree has none of that path. */
  parse: (path: string) => Promise<CFile | undefined>;
  kconfig: Kconfig;
  /** Makes the hash that stands for a text in records, whatever its wrapping. */
  hash: (text: string) => string;
}

const FLAGS_FILE = 'include/linux/btf.h';

/** Removes a symbol from a condition by taking it for granted. */
function assume(cond: Cond, symbol: string): Cond {
  if (cond.op === 'symbol') return cond.name === symbol ? { op: 'true' } : cond;
  if (cond.op === 'and') return and(...cond.terms.map((term) => assume(term, symbol)));
  return cond;
}

/**
 * Architectures whose JIT can call kfuncs: arch/…/net/, bpf_jit_supports_kfunc_call(). One with a JIT
 * for 32 and one for 64 bits (arch/x86/net/) is one architecture, and either will do.
 */
function jitOf(
  files: ReadonlyMap<string, FileFacts>,
  conditions: ReadonlyMap<string, FileCondition>,
  conditionText: ConditionText,
): ReleaseFile['jit'] {
  const found = [...files].flatMap(([file, { jit }]) => {
    const arch = /^arch\/([^/]+)\//.exec(file)?.[1];
    if (!arch || !jit?.supported) return [];
    const built = assume(conditions.get(file)?.cond ?? { op: 'true' }, 'CONFIG_BPF_JIT');
    return [{ arch, file, line: jit.line, cond: and(built, jit.cond) }];
  });
  return [...Map.groupBy(found, ({ arch }) => arch)].map(([arch, places]) => {
    const { file, line } = places[0]!;
    return { arch, condition: conditionText(or(...places.map((p) => p.cond))), file, line };
  });
}

/** Of `paths` the C files, each once, sorted: those that are built, and have a condition for it. */
function builtFiles(paths: Iterable<string>): string[] {
  return [...new Set(paths)].filter((path) => path.endsWith('.c')).sort(byCodeUnit);
}

/** The same function, which works each answer out once. */
function onceEach<T>(of: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    if (!known.has(key)) known.set(key, of(key));
    return known.get(key)!;
  };
}

/** The definitions of all members, and the build condition of every file that the records speak of. */
async function lookUp(
  { tree, parse }: ReleaseInput,
  files: ReadonlyMap<string, FileFacts>,
  members: readonly Membership[],
): Promise<{
  definitions: Awaited<ReturnType<typeof findDefinitions>>;
  conditions: Parsed<Map<string, FileCondition>>;
}> {
  const explain = buildConditions(tree);
  const value = new Map<string, FileCondition>();
  const diagnostics: Diagnostic[] = [];
  const explainAll = async (paths: Iterable<string>): Promise<void> => {
    const open = builtFiles(paths).filter((path) => !value.has(path));
    for (const [i, condition] of (await Promise.all(open.map(explain))).entries()) {
      value.set(open[i]!, condition.value);
      diagnostics.push(...condition.diagnostics);
    }
  };
  const jits = [...files].filter(([, facts]) => facts.jit?.supported).map(([file]) => file);
  // Together: git looks for the one while the other is worked out.
  const [definitions] = await Promise.all([
    findDefinitions(tree, files, members, parse),
    explainAll([...members.map((member) => member.file), ...jits]),
  ]);
  await explainAll([...definitions.values()].flat().map((definition) => definition.file));
  return { definitions, conditions: { value, diagnostics } };
}

/**
 * Reads one release: from the facts of its files to what is true of each kfunc in it.
 *
 * Never throws for odd C. Reported: what the parts report, a kfunc without a definition, and flags
 * that the release does not define.
 */
export async function readRelease(
  release: ReleaseEntry,
  input: ReleaseInput,
): Promise<ReleaseReading> {
  const { tree } = input;
  const conditionText = conditionTexts(input.kconfig);
  const diagnostics: Diagnostic[] = [];
  const files = await expandFromHeaders(tree, input.files, input.parse);
  const members = readMemberships(files);
  diagnostics.push(...members.diagnostics);

  const { definitions, conditions } = await lookUp(input, files, members.value);
  diagnostics.push(...conditions.diagnostics);

  const flagsFile = files.get(FLAGS_FILE);
  const suffixes = [...files].flatMap(([file, facts]) =>
    facts.suffixes.map((s) => ({ ...s, file })),
  );
  const distinct = new Map(suffixes.reverse().map((suffix) => [suffix.literal, suffix]));
  const prose = new Map<string, string>();
  const keep = (text: string): string => {
    const hash = input.hash(text);
    prose.set(hash, text);
    return hash;
  };
  const maintainers = parseMaintainers(input.maintainers);
  const context: ReleaseContext = {
    flags: (flagsFile?.flags ?? []).map((flag) => flag.name),
    suffixes: [...distinct.values()],
    implicitArgs: [...files.values()].flatMap((facts) => facts.implicitArgs ?? []),
    hooks: [...files.values()].flatMap((facts) => facts.hooks ?? []),
    names: new Set(members.value.map((member) => member.name)),
    conditionOf: (file) =>
      conditions.value.get(file) ?? { cond: { op: 'true' }, parts: [], arch: null },
    conditionText,
    subsystemOf: onceEach((file) => subsystemOf(maintainers.value, file)),
    keep,
  };

  const byName = Map.groupBy(members.value, (member) => member.name);
  const kfuncs = [...byName]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([name, entries]) => {
      const reading = readKfunc(name, entries, definitions.get(name) ?? [], context);
      diagnostics.push(...reading.diagnostics);
      return reading.value;
    });

  const examples = examplesOf(input.documents, new Set(byName.keys()), keep);
  diagnostics.push(...examples.diagnostics);

  return {
    release,
    kfuncs,
    flags: (flagsFile?.flags ?? []).map(({ name, bit, meaning, line }) => ({
      name,
      bit,
      meaning: meaning === null ? null : keep(meaning),
      file: FLAGS_FILE,
      line,
    })),
    suffixes: [...distinct.values()]
      .sort((a, b) => byCodeUnit(a.literal, b.literal))
      .map(({ literal, kind, file, line }) => ({ literal, kind, file, line })),
    implicitArgs: [...context.implicitArgs],
    hooks: [...context.hooks],
    jit: jitOf(files, conditions.value, conditionText),
    filters: filtersOf(files, members.value),
    examples: examples.value,
    users: usersOf(input.programs, new Set(byName.keys())),
    prose: Object.fromEntries(prose),
    diagnostics: [
      ...diagnostics,
      ...[...files].flatMap(([path, facts]) => facts.diagnostics.map((d) => ({ ...d, path }))),
    ].map((d) => ({ ...d, release: release.id })),
  };
}

/** Where the filter functions that registrations name are defined. */
function filtersOf(
  files: ReadonlyMap<string, FileFacts>,
  members: readonly Membership[],
): ReleaseReading['filters'] {
  const wanted = new Set(members.flatMap((m) => m.registrations.map((r) => r.filter)));
  const filters: ReleaseReading['filters'] = {};
  for (const [file, facts] of files) {
    for (const { name, line } of facts.definitions) {
      if (wanted.has(name)) filters[name] = { file, line };
    }
  }
  return filters;
}
