import { z } from 'zod';
import { releaseIdSchema } from './release.ts';

export const roleSchema = z.enum(['kfunc', 'destructor', 'attach-point', 'test']).meta({
  id: 'Role',
  description:
    'What a set is for: to be called by programs (`kfunc`, `test`), to release a kptr (`destructor`), to be attached to (`attach-point`).',
});
export type Role = z.infer<typeof roleSchema>;

const hash = z.string().nullable();
const file = z.string().describe('Path below the root of the kernel’s tree.');
const flags = z.array(z.string());

export const paramSchema = z
  .strictObject({
    name: z.string().describe('Empty where the kernel gives it none.'),
    type: z.string().describe('In C, as declared.'),
    suffix: z
      .string()
      .nullable()
      .describe('The verifier’s suffix on the name (`__sz`), as this release knows it.'),
    implicit: z
      .boolean()
      .describe('Supplied by the verifier (KF_IMPLICIT_ARGS); not in the BPF prototype.'),
  })
  .meta({ id: 'Param', description: 'A parameter.' });
export type Param = z.infer<typeof paramSchema>;

export const prototypeSchema = z
  .strictObject({
    kernel: z
      .string()
      .describe(
        'As the kernel defines it, on one line, without `static`, attributes and section marks.',
      ),
    bpf: z.string().describe('As a BPF program declares it.'),
    returns: z.string().describe('The type that it returns.'),
    params: z.array(paramSchema).describe('As the kernel defines it, implicit ones too.'),
  })
  .meta({ id: 'Prototype', description: 'How it is declared.' });
export type Prototype = z.infer<typeof prototypeSchema>;

export const registrationSchema = z
  .strictObject({
    programType: z
      .string()
      .describe('`BPF_PROG_TYPE_XDP`; `BPF_PROG_TYPE_UNSPEC` for the common hook.'),
    filter: z
      .string()
      .nullable()
      .describe('The filter function of the btf_kfunc_id_set; null when it has none.'),
    condition: z
      .string()
      .nullable()
      .describe('A condition in C around the call (`CONFIG_BINFMT_MISC_BPF`); null for none.'),
  })
  .meta({ id: 'Registration', description: 'A call that gives a set to a hook.' });

export const kfuncSetSchema = z
  .strictObject({
    name: z.string().describe('Of the variable that is the set.'),
    file,
    role: roleSchema,
    flags: flags.describe('Of its entry in this set.'),
    registrations: z.array(registrationSchema).describe('Where it is registered; nowhere if none.'),
  })
  .meta({ id: 'KfuncSet', description: 'One set that holds the kfunc.' });
export type KfuncSet = z.infer<typeof kfuncSetSchema>;

export const configPartSchema = z
  .strictObject({
    origin: z
      .enum(['entry', 'definition', 'makefile', 'include', 'registration'])
      .describe('Which place puts the condition.'),
    expr: z.string().describe('The condition, as `expr` of the whole.'),
    file,
  })
  .meta({ id: 'ConfigPart', description: 'A condition, and where it stands.' });
export type ConfigPart = z.infer<typeof configPartSchema>;

export const configSchema = z
  .strictObject({
    expr: z.string().nullable().describe('`CONFIG_A && !CONFIG_B`; null when nothing is needed.'),
    parts: z.array(configPartSchema).describe('What it was made of.'),
  })
  .meta({ id: 'Config', description: 'The kernel configuration that has the kfunc.' });
export type Config = z.infer<typeof configSchema>;

export const deprecationSchema = z
  .strictObject({
    kind: z
      .enum(['flag', 'kernel-doc', 'comment', 'warning', 'wrapper'])
      .describe('What says it: KF_DEPRECATED, words, a warning as it is called, or its body.'),
    hash: hash.describe('Of the words quoted; null for a flag or a wrapper.'),
    file,
    promised: z
      .string()
      .nullable()
      .describe(
        'The release in which the words promise removal, as a release that exists or will (`v7.3`).',
      ),
    instead: z
      .string()
      .nullable()
      .describe('The kfunc that the words, or the wrapper’s body, point to.'),
  })
  .meta({ id: 'Deprecation', description: 'What says that a kfunc is on its way out.' });
export type Deprecation = z.infer<typeof deprecationSchema>;

const stateFields = {
  roles: z.array(roleSchema).describe('Of the sets that hold it.'),
  flags: flags.describe('As the kernel ends up with, in bit order.'),
  prototype: prototypeSchema.nullable().describe('null when no definition was found.'),
  sets: z.array(kfuncSetSchema).describe('The sets that hold it.'),
  programTypes: z
    .array(z.string())
    .describe('Who may call it, after the hook’s fan-out, sorted; `["*"]` is all.'),
  config: configSchema,
  arch: z
    .array(z.string())
    .nullable()
    .describe(
      'Architectures that alone have it (its definition is under `arch/`); null when all do.',
    ),
  definitions: z
    .array(
      z.strictObject({
        file,
        guard: z.string().nullable().describe('The condition in C around it; null for none.'),
      }),
    )
    .describe('Where it is defined, the preferred one first.'),
  doc: z
    .strictObject({
      kind: z.enum(['kernel-doc', 'comment', 'none']).describe('What stands above it.'),
      hash: hash.describe('null for none.'),
    })
    .describe('Its documentation in the source, by the hash of its normalised text.'),
  deprecation: z.array(deprecationSchema).describe('What says that it is on its way out.'),
};

/** What is true of a kfunc in one release. */
export const kfuncFactsSchema = z.strictObject(stateFields);
export type KfuncFacts = z.infer<typeof kfuncFactsSchema>;

export const stateSchema = z
  .strictObject({
    from: releaseIdSchema,
    to: releaseIdSchema
      .nullable()
      .describe('The last release of the run; null while still true at the line’s newest release.'),
    ...stateFields,
  })
  .meta({ id: 'State', description: 'What is true of a kfunc through a run of releases.' });
export type State = z.infer<typeof stateSchema>;

export const spanSchema = z
  .strictObject({
    first: releaseIdSchema,
    after: releaseIdSchema
      .nullable()
      .describe('The newest older release scanned, which lacks it; null when none was scanned.'),
    last: releaseIdSchema
      .nullable()
      .describe('The last release that has it; null when the newest has.'),
    goneIn: releaseIdSchema
      .nullable()
      .describe('The first scanned release without it; null while it is there.'),
  })
  .meta({ id: 'Span', description: 'A run of releases that have the kfunc.' });
export type Span = z.infer<typeof spanSchema>;

/** In the order in which the changes of one release are told. */
export const changeKindSchema = z
  .enum([
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
  ])
  .meta({ id: 'ChangeKind', description: 'What of a kfunc changed.' });
export type ChangeKind = z.infer<typeof changeKindSchema>;

export const commitSchema = z
  .strictObject({
    hash: z.string().describe('Whole.'),
    subject: z.string().describe('First line of its message.'),
    date: z.string().describe('ISO date of its author.'),
    author: z.string().describe('Name of its author.'),
    links: z.array(z.string()).describe('What its `Link:` lines name.'),
  })
  .meta({ id: 'Commit', description: 'The commit behind a change.' });

export const changeSchema = z
  .strictObject({
    release: releaseIdSchema,
    after: releaseIdSchema
      .nullable()
      .describe('The release compared with; null for the first one scanned.'),
    kind: changeKindSchema,
    was: z.array(z.string()).describe('Short texts of what was true in `after`.'),
    now: z.array(z.string()).describe('Short texts of what is true in `release`.'),
    event: z.string().nullable().describe('Id of the tree-wide change it is part of.'),
    commit: commitSchema.nullable().describe('Filled in where the checkout has history.'),
  })
  .meta({ id: 'Change', description: 'What a release changed of a kfunc.' });
export type Change = z.infer<typeof changeSchema>;

export const kfuncLineSchema = z
  .strictObject({
    id: z.string().describe('`mainline`, or what the line of releases is called.'),
    base: releaseIdSchema
      .nullable()
      .describe('A series holds only what differs from this mainline release.'),
    spans: z.array(spanSchema).describe('When it was there, oldest first.'),
    states: z.array(stateSchema).describe('What was true of it then, oldest first.'),
    changes: z.array(changeSchema).describe('Oldest first.'),
  })
  .meta({ id: 'KfuncLine', description: 'A kfunc in the releases of one line.' });
export type KfuncLine = z.infer<typeof kfuncLineSchema>;

export const replacementSchema = z
  .strictObject({
    name: z.string().describe('Of the other one.'),
    release: releaseIdSchema.describe('Where the one took the place of the other.'),
    evidence: z
      .array(z.string())
      .describe(
        'How it is known: `same-body`, `similar-body`, `same-prototype`, `similar-prototype` (one takes what the other takes, and more), `similar-doc`, `comment` (the kernel’s own words), `wrapper`, `name-pair`, `same-renaming` (as another one of its file).',
      ),
  })
  .meta({
    id: 'Replacement',
    description: 'Another kfunc that this one replaces, or that replaces it.',
  });
export type Replacement = z.infer<typeof replacementSchema>;

/** `kfuncs/<name>.json`: one kfunc through all releases. */
export const kfuncRecordSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
    .describe('Of the function in C.'),
  status: z.enum(['active', 'deprecated', 'removed']).describe('At the newest mainline release.'),
  subsystem: z
    .string()
    .nullable()
    .describe('Most specific MAINTAINERS entry of its file, at the last release that has it.'),
  lines: z.array(kfuncLineSchema).describe('Mainline first; those that tell of it.'),
  replaces: z.array(replacementSchema).describe('What it took the place of.'),
  replacedBy: z.array(replacementSchema).describe('What took its place, or is to.'),
});
export type KfuncRecord = z.infer<typeof kfuncRecordSchema>;
