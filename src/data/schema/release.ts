import { z } from 'zod';

/** `v6.12`, or the name a user gave to a tree of their own (`debian-13`): it makes addresses. */
export const releaseIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/);

/** One line of `releases.json`. */
export const releaseEntrySchema = z.strictObject({
  id: releaseIdSchema,
  /** `mainline`, a stable series (`6.12.y`), or a tree that the user names. */
  line: z.string(),
  /** The tag or revision that stands for the release: `v6.12.107` where nothing nearer was found. */
  tag: z.string(),
  /** Whether `tag` is the release itself. */
  exact: z.boolean(),
  /** True for the newest `-rcN` while no release follows it. */
  preview: z.boolean(),
  /** ISO date of the tag, or of the commit where the tag has none. */
  date: z.string(),
  commit: z.string(),
});
export type ReleaseEntry = z.infer<typeof releaseEntrySchema>;

export const releaseListSchema = z.array(releaseEntrySchema);

const positionSchema = z.strictObject({ file: z.string(), line: z.number().int().positive() });
export type Position = z.infer<typeof positionSchema>;

/** A KF_ flag as one release defines it. */
export const releaseFlagSchema = z.strictObject({
  name: z.string(),
  /** Bit number; null in 5.18 and 5.19, where a flag is membership of a set. */
  bit: z.number().int().nullable(),
  /** Hash of the kernel's one-line meaning (its comment); null where it has none. */
  meaning: z.string().nullable(),
  file: z.string(),
  line: z.number().int().positive(),
});
export type ReleaseFlag = z.infer<typeof releaseFlagSchema>;

/** A name ending that this release's verifier acts on. */
export const releaseSuffixSchema = z.strictObject({
  literal: z.string(),
  kind: z.enum(['parameter', 'type']),
  file: z.string(),
  line: z.number().int().positive(),
});
export type ReleaseSuffix = z.infer<typeof releaseSuffixSchema>;

/** A hook of `enum btf_kfunc_hook` and the program types that this release maps to it. */
export const releaseHookSchema = z.strictObject({
  hook: z.string(),
  programTypes: z.array(z.string()),
});

/** An architecture whose JIT can call kfuncs, with the condition its function body puts on it. */
export const releaseJitSchema = z.strictObject({
  arch: z.string(),
  /** `CONFIG_PPC64`, `CONFIG_64BIT`; null when it always can. */
  condition: z.string().nullable(),
  file: z.string(),
  line: z.number().int().positive(),
});

/** A change of the tree as a whole, told once. */
export const treeEventSchema = z.strictObject({
  id: z.string(),
  kind: z.enum([
    'flag-added',
    'flag-removed',
    'suffix-added',
    'suffix-removed',
    'hook-changed',
    'trusted-by-default',
    'jit-added',
    'jit-removed',
  ]),
  /** The flag, suffix, hook or architecture. */
  subject: z.string(),
  was: z.array(z.string()),
  now: z.array(z.string()),
  /** kfuncs whose text changed because of it. */
  changed: z.array(z.string()),
  /** kfuncs whose meaning changed with no textual difference: "may break" for them. */
  stricter: z.array(z.string()),
});
export type TreeEvent = z.infer<typeof treeEventSchema>;

/** A place of the kernel's documents that shows a kfunc. */
export const exampleSchema = z.strictObject({
  file: z.string(),
  /** The line that names it: a call in `code`, an option of a `kernel-doc` directive. */
  line: z.number().int().positive(),
  kind: z.enum(['code', 'kernel-doc']),
  /** Id of the section on the page that Sphinx makes of the document; null before the first. */
  anchor: z.string().nullable(),
  /** Hash of the titles that lead there, one a line: the document's and the section's. */
  title: z.string().nullable(),
  /** Hash of the piece of code; null for kernel-doc. */
  hash: z.string().nullable(),
});
export type Example = z.infer<typeof exampleSchema>;

/** `releases/<id>.json`: what belongs to one release. */
export const releaseFileSchema = z.strictObject({
  id: releaseIdSchema,
  flags: z.array(releaseFlagSchema),
  suffixes: z.array(releaseSuffixSchema),
  /** Struct types that this release's resolve_btfids takes for implicit arguments. */
  implicitArgs: z.array(z.string()),
  hooks: z.array(releaseHookSchema),
  jit: z.array(releaseJitSchema),
  events: z.array(treeEventSchema),
  /** kfunc -> where it is defined; the preferred definition first. */
  definitions: z.record(z.string(), z.array(positionSchema)),
  /** kfunc -> its entries, one a set. */
  entries: z.record(
    z.string(),
    z.array(
      z.strictObject({ set: z.string(), file: z.string(), line: z.number().int().positive() }),
    ),
  ),
  /** filter function -> where it is defined. */
  filters: z.record(z.string(), positionSchema),
  /** kfunc -> where the words of its deprecation stand. */
  deprecations: z.record(z.string(), z.array(positionSchema)),
  /** kfunc -> where the kernel's documents show it, by file and line. */
  examples: z.record(z.string(), z.array(exampleSchema)),
  /** kfunc -> the BPF programs of the release's tree, tests and samples, that call it. */
  users: z.record(z.string(), z.array(z.string())),
});
export type ReleaseFile = z.infer<typeof releaseFileSchema>;
