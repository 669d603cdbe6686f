import { condToText } from '../c/condition.ts';
import type { Deprecation, KfuncFacts, KfuncSet, Position, Role } from '../data/schema/index.ts';
import type { Diagnostic, Parsed } from '../diagnostic.ts';
import { architecturesOf, configOf, type ConditionOf, type ConditionText } from './availability.ts';
import { promisedRelease } from './deprecation.ts';
import type { FoundDefinition } from './find-definitions.ts';
import { fanOut, type HookFacts } from './hooks.ts';
import type { Membership } from './membership.ts';
import { byCodeUnit } from './names.ts';
import { prototypeOf } from './prototype.ts';
import type { SuffixFacts } from './suffixes.ts';
import type { Fingerprint, KfuncReading } from './types.ts';

/** What of its release a kfunc is read with. */
export interface ReleaseContext {
  /** The KF_ flags of the release, in bit order. */
  flags: readonly string[];
  suffixes: readonly SuffixFacts[];
  implicitArgs: readonly string[];
  hooks: readonly HookFacts[];
  /** All names that are in some set. */
  names: ReadonlySet<string>;
  conditionOf: ConditionOf;
  conditionText: ConditionText;
  /** The entry of MAINTAINERS that a file belongs to; null for one that no entry has to itself. */
  subsystemOf: (file: string) => string | null;
  /** Keeps a text of the kernel's and gives the hash that stands for it. */
  keep: (text: string) => string;
}

const ROLES: readonly Role[] = ['kfunc', 'destructor', 'attach-point', 'test'];
const COMMON = 'BPF_PROG_TYPE_UNSPEC';

function inBitOrder(flags: readonly string[], known: readonly string[]): string[] {
  const rank = (flag: string): number =>
    known.includes(flag) ? known.indexOf(flag) : known.length;
  return [...new Set(flags)].sort((a, b) => rank(a) - rank(b) || byCodeUnit(a, b));
}

function setsOf(entries: readonly Membership[], context: ReleaseContext): KfuncSet[] {
  return entries.map((entry) => ({
    name: entry.set,
    file: entry.file,
    role: entry.role,
    flags: inBitOrder(entry.flags, context.flags),
    registrations: entry.registrations.map(({ programType, filter, guard }) => ({
      programType,
      filter,
      condition: context.conditionText(guard),
    })),
  }));
}

/**
 * The flags that the kernel ends up with when a kfunc is in several sets: those of the common hook if
 * it is there, since btf_kfunc_flags() looks there first, else those of the first set
 * (kernel/bpf/btf.c). Attach points and destructors give no flags to a call.
 */
function effectiveFlags(sets: readonly KfuncSet[]): string[] {
  const callable = sets.filter((set) => set.role === 'kfunc' || set.role === 'test');
  const common = callable.find((set) => set.registrations.some((r) => r.programType === COMMON));
  return (common ?? callable[0] ?? sets[0])?.flags ?? [];
}

/** The name without what marks a variant of it: `_impl`, or `___v2` (which BPF loaders ignore). */
function baseName(name: string): string {
  return name.replace(/___\w+$/, '').replace(/_impl$/, '');
}

/**
 * What speaks of the kfunc's end: the flag, words, and a body that only calls a newer variant of it
 * (many kfuncs call another one; that alone says nothing).
 */
function deprecationOf(
  flags: readonly string[],
  entries: readonly Membership[],
  definitions: readonly FoundDefinition[],
  context: ReleaseContext,
): { facts: Deprecation; position: Position }[] {
  const found: { facts: Deprecation; position: Position }[] = [];
  const [entry] = entries;
  const [definition] = definitions;
  if (entry && flags.includes('KF_DEPRECATED')) {
    found.push({
      facts: { kind: 'flag', hash: null, file: entry.file, promised: null, instead: null },
      position: { file: entry.file, line: entry.line },
    });
  }
  if (!definition) return found;
  const kfunc = (name: string | null): string | null =>
    name !== null && name !== definition.name && context.names.has(name) ? name : null;
  const { file } = definition;
  for (const { kind, text, line, promised, instead } of definition.deprecation) {
    found.push({
      facts: {
        kind,
        hash: context.keep(text),
        file,
        promised: promised === null ? null : promisedRelease(promised),
        instead: kfunc(instead),
      },
      position: { file, line },
    });
  }
  const wraps = kfunc(definition.fingerprint.wraps);
  const isVariant = wraps !== null && baseName(wraps) === baseName(definition.name);
  if (wraps !== null && (isVariant || definition.deprecation.length > 0)) {
    found.push({
      facts: { kind: 'wrapper', hash: null, file, promised: null, instead: wraps },
      position: { file, line: definition.line },
    });
  }
  return found;
}

const NO_FINGERPRINT: Fingerprint = {
  body: null,
  bodySketch: [],
  prototype: null,
  docSketch: [],
  wraps: null,
};

/**
 * What is true of one kfunc in one release. `entries` are its places in sets, `definitions` the
 * definitions found, preferred one first. Reported: that no definition was found; a flag that the
 * release does not define.
 */
export function readKfunc(
  name: string,
  entries: readonly Membership[],
  definitions: readonly FoundDefinition[],
  context: ReleaseContext,
): Parsed<KfuncReading> {
  const diagnostics: Diagnostic[] = [];
  const ordered = [...entries].sort((a, b) => byCodeUnit(a.file, b.file) || a.line - b.line);
  const [first] = ordered;
  const report = (code: string, message: string): void => {
    const { file: path = null, line = null } = first ?? {};
    diagnostics.push({ code, severity: 'warning', release: null, path, line, message });
  };
  const sets = setsOf(ordered, context);
  const flags = effectiveFlags(sets);
  const roles = ROLES.filter((role) => sets.some((set) => set.role === role));
  for (const flag of new Set(sets.flatMap((set) => set.flags))) {
    if (!context.flags.includes(flag)) {
      report('unknown-flag', `${name} has ${flag}, which this release does not define.`);
    }
  }
  const [definition] = definitions;
  if (!definition) report('no-definition', `No definition of ${name} was found.`);
  const deprecation = deprecationOf(flags, ordered, definitions, context);
  const facts: KfuncFacts = {
    roles,
    flags,
    prototype: definition
      ? prototypeOf(definition, flags, context.suffixes, context.implicitArgs)
      : null,
    sets,
    programTypes: fanOut(
      sets.flatMap((set) => set.registrations.map((r) => r.programType)),
      context.hooks,
    ),
    config: configOf(ordered, definitions, context.conditionOf, context.conditionText),
    arch: architecturesOf(definitions, context.conditionOf),
    definitions: definitions.map(({ file, guard }) => ({
      file,
      guard: guard.op === 'true' ? null : condToText(guard),
    })),
    doc: definition?.doc
      ? { kind: definition.doc.kind, hash: context.keep(definition.doc.text) }
      : { kind: 'none', hash: null },
    deprecation: deprecation.map((d) => d.facts),
  };
  return {
    value: {
      name,
      facts,
      subsystem: context.subsystemOf(definition?.file ?? first?.file ?? ''),
      definitions: definitions.map(({ file, line }) => ({ file, line })),
      entries: ordered.map(({ set, file, line }) => ({ set, file, line })),
      deprecations: deprecation.map((d) => d.position),
      fingerprint: definition?.fingerprint ?? NO_FINGERPRINT,
    },
    diagnostics,
  };
}
