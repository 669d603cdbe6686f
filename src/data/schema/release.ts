import { z } from 'zod';

/** `v6.12`, or the name a user gave to a tree of their own (`debian-13`): it makes addresses. */
export const releaseIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/)
  .meta({
    id: 'ReleaseId',
    description: '`v6.12`, or the name that a tree was given (`debian-13`).',
  });

const file = z.string().describe('Path below the root of the kernel’s tree.');
const line = z.number().int().positive().describe('Counted from 1.');

/** One line of `releases.json`. */
export const releaseEntrySchema = z
  .strictObject({
    id: releaseIdSchema,
    line: z
      .string()
      .describe('`mainline`, a stable series (`6.12.y`), or a tree that the user names.'),
    tag: z
      .string()
      .describe(
        'The tag or revision that stands for the release: `v6.12.107` where nothing nearer was found.',
      ),
    exact: z.boolean().describe('Whether `tag` is the release itself.'),
    preview: z.boolean().describe('True for the newest `-rcN` while no release follows it.'),
    date: z.string().describe('ISO date of the tag, or of the commit where the tag has none.'),
    commit: z.string().describe('Hash of the commit that was read.'),
  })
  .meta({ id: 'ReleaseEntry', description: 'A release, and what was read for it.' });
export type ReleaseEntry = z.infer<typeof releaseEntrySchema>;

export const releaseListSchema = z.array(releaseEntrySchema);

const positionSchema = z
  .strictObject({ file, line })
  .meta({ id: 'Position', description: 'A line of the source.' });
export type Position = z.infer<typeof positionSchema>;

export const releaseFlagSchema = z
  .strictObject({
    name: z.string().describe('`KF_RCU`.'),
    bit: z
      .number()
      .int()
      .nullable()
      .describe('Bit number; null in 5.18 and 5.19, where a flag is membership of a set.'),
    meaning: z
      .string()
      .nullable()
      .describe('Hash of the kernel’s one-line meaning (its comment); null where it has none.'),
    file,
    line,
  })
  .meta({ id: 'ReleaseFlag', description: 'A KF_ flag as one release defines it.' });
export type ReleaseFlag = z.infer<typeof releaseFlagSchema>;

export const releaseSuffixSchema = z
  .strictObject({
    literal: z.string().describe('`__sz`.'),
    kind: z.enum(['parameter', 'type']).describe('Of what the name ends so.'),
    file,
    line,
  })
  .meta({
    id: 'ReleaseSuffix',
    description: 'A name ending that this release’s verifier acts on.',
  });
export type ReleaseSuffix = z.infer<typeof releaseSuffixSchema>;

export const releaseHookSchema = z
  .strictObject({
    hook: z.string().describe('`BTF_KFUNC_HOOK_XDP`.'),
    programTypes: z.array(z.string()).describe('`BPF_PROG_TYPE_XDP`.'),
  })
  .meta({
    id: 'ReleaseHook',
    description:
      'A hook of `enum btf_kfunc_hook` and the program types that this release maps to it.',
  });

export const releaseJitSchema = z
  .strictObject({
    arch: z.string().describe('The folder below `arch/`.'),
    condition: z
      .string()
      .nullable()
      .describe('`CONFIG_PPC64`, `CONFIG_64BIT`; null when it always can.'),
    file,
    line,
  })
  .meta({
    id: 'ReleaseJit',
    description:
      'An architecture whose JIT can call kfuncs, with the condition its function body puts on it.',
  });

export const treeEventSchema = z
  .strictObject({
    id: z.string().describe('The kind and the subject, once a release: `flag-added:KF_RCU`.'),
    kind: z
      .enum([
        'flag-added',
        'flag-removed',
        'suffix-added',
        'suffix-removed',
        'hook-changed',
        'trusted-by-default',
        'jit-added',
        'jit-removed',
      ])
      .describe('What came, went or changed.'),
    subject: z.string().describe('The flag, suffix, hook or architecture.'),
    was: z.array(z.string()).describe('Short texts of what was true before.'),
    now: z.array(z.string()).describe('Short texts of what is true since.'),
    changed: z.array(z.string()).describe('kfuncs whose text changed because of it.'),
    stricter: z
      .array(z.string())
      .describe(
        'kfuncs that may refuse a program because of it, with no difference in their text.',
      ),
  })
  .meta({ id: 'TreeEvent', description: 'A change of the tree as a whole, told once.' });
export type TreeEvent = z.infer<typeof treeEventSchema>;

export const exampleSchema = z
  .strictObject({
    file,
    line: line.describe(
      'The line that names it: a call in `code`, an option of a `kernel-doc` directive.',
    ),
    kind: z
      .enum(['code', 'kernel-doc'])
      .describe('A piece of code, or a place where its kernel-doc is put.'),
    anchor: z
      .string()
      .nullable()
      .describe(
        'Id of the section on the page that Sphinx makes of the document; null before the first.',
      ),
    title: z
      .string()
      .nullable()
      .describe(
        'Hash of the titles that lead there, one a line: the document’s and the section’s.',
      ),
    hash: z.string().nullable().describe('Hash of the piece of code; null for kernel-doc.'),
  })
  .meta({ id: 'Example', description: 'A place of the kernel’s documents that shows a kfunc.' });
export type Example = z.infer<typeof exampleSchema>;

const positions = z.record(z.string(), z.array(positionSchema));

/** `releases/<id>.json`: what belongs to one release. */
export const releaseFileSchema = z.strictObject({
  id: releaseIdSchema,
  flags: z.array(releaseFlagSchema).describe('That it defines, by bit.'),
  suffixes: z.array(releaseSuffixSchema).describe('That its verifier knows.'),
  implicitArgs: z
    .array(z.string())
    .describe('Struct types that this release’s resolve_btfids takes for implicit arguments.'),
  hooks: z.array(releaseHookSchema).describe('That sets can be registered for.'),
  jit: z.array(releaseJitSchema).describe('Architectures whose JIT can call kfuncs.'),
  events: z.array(treeEventSchema).describe('Since the release before.'),
  definitions: positions.describe('By kfunc: where it is defined; the preferred definition first.'),
  entries: z
    .record(
      z.string(),
      z.array(z.strictObject({ set: z.string().describe('Name of the set.'), file, line })),
    )
    .describe('By kfunc: its entries, one a set.'),
  filters: z
    .record(z.string(), positionSchema)
    .describe('By filter function: where it is defined.'),
  deprecations: positions.describe('By kfunc: where the words of its deprecation stand.'),
  examples: z
    .record(z.string(), z.array(exampleSchema))
    .describe('By kfunc: where the kernel’s documents show it, by file and line.'),
  users: z
    .record(z.string(), z.array(z.string()))
    .describe('By kfunc: the BPF programs of the release’s tree, tests and samples, that call it.'),
});
export type ReleaseFile = z.infer<typeof releaseFileSchema>;
