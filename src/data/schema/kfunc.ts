import { z } from 'zod';
import { releaseIdSchema } from './release.ts';

export const roleSchema = z.enum(['kfunc', 'destructor', 'attach-point', 'test']);
export type Role = z.infer<typeof roleSchema>;

export const paramSchema = z.strictObject({
  name: z.string(),
  type: z.string(),
  /** The verifier's suffix on the name (`__sz`), as this release knows it. */
  suffix: z.string().nullable(),
  /** Supplied by the verifier (KF_IMPLICIT_ARGS); not in the BPF prototype. */
  implicit: z.boolean(),
});
export type Param = z.infer<typeof paramSchema>;

export const prototypeSchema = z.strictObject({
  /** As the kernel defines it, on one line, without `static`, attributes and section marks. */
  kernel: z.string(),
  /** As a BPF program declares it. */
  bpf: z.string(),
  returns: z.string(),
  params: z.array(paramSchema),
});
export type Prototype = z.infer<typeof prototypeSchema>;

export const registrationSchema = z.strictObject({
  /** `BPF_PROG_TYPE_XDP`; `BPF_PROG_TYPE_UNSPEC` for the common hook. */
  programType: z.string(),
  /** The filter function of the btf_kfunc_id_set; null when it has none. */
  filter: z.string().nullable(),
  /** A condition in C around the call (`CONFIG_BINFMT_MISC_BPF`); null when there is none. */
  condition: z.string().nullable(),
});

/** One set that holds the kfunc. */
export const kfuncSetSchema = z.strictObject({
  name: z.string(),
  file: z.string(),
  role: roleSchema,
  flags: z.array(z.string()),
  registrations: z.array(registrationSchema),
});
export type KfuncSet = z.infer<typeof kfuncSetSchema>;

export const configPartSchema = z.strictObject({
  /** Which place puts the condition. */
  origin: z.enum(['entry', 'definition', 'makefile', 'include', 'registration']),
  expr: z.string(),
  file: z.string(),
});
export type ConfigPart = z.infer<typeof configPartSchema>;

export const configSchema = z.strictObject({
  /** `CONFIG_A && !CONFIG_B`; null when nothing is needed. */
  expr: z.string().nullable(),
  parts: z.array(configPartSchema),
});
export type Config = z.infer<typeof configSchema>;

export const deprecationSchema = z.strictObject({
  kind: z.enum(['flag', 'kernel-doc', 'comment', 'warning', 'wrapper']),
  /** Of the words quoted; null for a flag or a wrapper. */
  hash: z.string().nullable(),
  file: z.string(),
  /** The release in which the words promise removal, as a release that exists or will (`v7.3`). */
  promised: z.string().nullable(),
  /** The kfunc that the words, or the wrapper's body, point to. */
  instead: z.string().nullable(),
});
export type Deprecation = z.infer<typeof deprecationSchema>;

const stateFields = {
  roles: z.array(roleSchema),
  /** As the kernel ends up with, in bit order. */
  flags: z.array(z.string()),
  /** null when no definition was found. */
  prototype: prototypeSchema.nullable(),
  sets: z.array(kfuncSetSchema),
  /** After the hook's fan-out, sorted; `["*"]` is all. */
  programTypes: z.array(z.string()),
  config: configSchema,
  /** Architectures that alone have it (its definition is under `arch/`); null when all do. */
  arch: z.array(z.string()).nullable(),
  definitions: z.array(z.strictObject({ file: z.string(), guard: z.string().nullable() })),
  doc: z.strictObject({
    kind: z.enum(['kernel-doc', 'comment', 'none']),
    hash: z.string().nullable(),
  }),
  deprecation: z.array(deprecationSchema),
};

/** What is true of a kfunc in one release. */
export const kfuncFactsSchema = z.strictObject(stateFields);
export type KfuncFacts = z.infer<typeof kfuncFactsSchema>;

/** What is true of a kfunc through a run of releases. */
export const stateSchema = z.strictObject({
  from: releaseIdSchema,
  /** The last release of the run; null while still true at the line's newest release. */
  to: releaseIdSchema.nullable(),
  ...stateFields,
});
export type State = z.infer<typeof stateSchema>;

export const spanSchema = z.strictObject({
  first: releaseIdSchema,
  /** The newest older release scanned, which lacks it; null when none was scanned. */
  after: releaseIdSchema.nullable(),
  /** The last release that has it; null when the newest has. */
  last: releaseIdSchema.nullable(),
  /** The first scanned release without it; null while it is there. */
  goneIn: releaseIdSchema.nullable(),
});
export type Span = z.infer<typeof spanSchema>;

/** In the order in which the changes of one release are told. */
export const changeKindSchema = z.enum([
  'added',
  'removed',
  'returned',
  'renamed',
  'roles',
  'flags',
  'prototype',
  'programTypes',
  'config',
  'doc',
  'deprecated',
  'moved',
]);
export type ChangeKind = z.infer<typeof changeKindSchema>;

export const commitSchema = z.strictObject({
  hash: z.string(),
  subject: z.string(),
  date: z.string(),
  author: z.string(),
  links: z.array(z.string()),
});

export const changeSchema = z.strictObject({
  release: releaseIdSchema,
  /** The release compared with; null for the first one scanned. */
  after: releaseIdSchema.nullable(),
  kind: changeKindSchema,
  was: z.array(z.string()),
  now: z.array(z.string()),
  /** Id of the tree-wide change it is part of. */
  event: z.string().nullable(),
  /** Filled in where the checkout has history. */
  commit: commitSchema.nullable(),
});
export type Change = z.infer<typeof changeSchema>;

export const kfuncLineSchema = z.strictObject({
  id: z.string(),
  /** A series holds only what differs from this mainline release. */
  base: releaseIdSchema.nullable(),
  spans: z.array(spanSchema),
  states: z.array(stateSchema),
  changes: z.array(changeSchema),
});
export type KfuncLine = z.infer<typeof kfuncLineSchema>;

/** Another kfunc that this one replaces, or that replaces it. */
export const replacementSchema = z.strictObject({
  name: z.string(),
  release: releaseIdSchema,
  /**
   * How it is known: `same-body`, `similar-body`, `same-prototype`, `similar-prototype` (one takes
   * what the other takes, and more), `similar-doc`, `comment` (the kernel's own words), `wrapper`,
   * `name-pair`, `same-renaming` (as another one of its file).
   */
  evidence: z.array(z.string()),
});
export type Replacement = z.infer<typeof replacementSchema>;

/** `kfuncs/<name>.json`: one kfunc through all releases. */
export const kfuncRecordSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/),
  /** At the newest mainline release. */
  status: z.enum(['active', 'deprecated', 'removed']),
  /** Most specific MAINTAINERS entry of its file, at the last release that has it. */
  subsystem: z.string().nullable(),
  lines: z.array(kfuncLineSchema),
  replaces: z.array(replacementSchema),
  replacedBy: z.array(replacementSchema),
});
export type KfuncRecord = z.infer<typeof kfuncRecordSchema>;
