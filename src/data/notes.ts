import { basename } from 'node:path';
import { z } from 'zod';
import { UserError } from '../user-error.ts';
import { releaseIdSchema } from './schema/index.ts';

/** What stands above the words of `content/filters/<filter>.md`. */
const filterNoteSchema = z.strictObject({
  /** The filter function, which the file is named for. */
  filter: z.string().regex(/^\w+$/),
  /** The file that defines it, in the newest release that the note speaks of. */
  file: z.string(),
  /** The oldest release in which it was read. */
  since: releaseIdSchema,
});
export type FilterNote = z.infer<typeof filterNoteSchema>;

/** A section of the kernel's documents, below `https://www.kernel.org/doc/html/`. */
const documentSchema = z
  .string()
  .regex(
    /^(?:latest|v\d+\.\d+)\/[\w/-]+\.html(?:#[\w-]+)?$/,
    'is written latest/bpf/kfuncs.html#anchor, or v6.19/… for what newer documents lack',
  );

/** Functions of the kernel that a note was read from. */
const sourceSchema = z.strictObject({
  release: releaseIdSchema,
  file: z.string().regex(/^[\w./-]+\.[ch]$/, 'is a file of C'),
  names: z.array(z.string().regex(/^\w+$/)).min(1),
});
export type NoteSource = z.infer<typeof sourceSchema>;

/** What stands above the words of every note that is a page, or part of one. */
const common = {
  /** One sentence, for search engines and lists. */
  description: z
    .string()
    .min(20)
    .max(160)
    .regex(/^[A-Z_].*\.$/, 'is a sentence: it begins with a capital and ends in a full stop'),
  documents: z.array(documentSchema).default([]),
  source: z.array(sourceSchema).default([]),
  /** Names of kfuncs, flags, suffixes, program types and guides. */
  related: z.array(z.string()).default([]),
};

const era = {
  /** The first release of Linux that has it, which the dataset need not know. */
  since: releaseIdSchema.optional(),
  /** The last one, when it went. */
  until: releaseIdSchema.optional(),
};

const topicNoteSchemas = {
  flag: z.strictObject({ flag: z.string().regex(/^KF_[A-Z0-9_]+$/), ...era, ...common }),
  suffix: z.strictObject({ suffix: z.string().regex(/^_{2,3}[a-z]\w*$/), ...era, ...common }),
  program: z.strictObject({ program: z.string().regex(/^(?:[A-Z0-9_]+|all)$/), ...common }),
  guide: z.strictObject({
    guide: z.string().regex(/^[a-z0-9-]+$/),
    title: z.string().min(5).max(70),
    /** Where it stands in the list of guides. */
    order: z.number().int().positive(),
    ...common,
  }),
};
export type TopicKind = keyof typeof topicNoteSchemas;

/** What is written above a note on a topic. */
export interface TopicNote {
  /** The flag, suffix, program type (`XDP`) or guide, which the file is named for. */
  name: string;
  /** Of guides alone. */
  title: string | null;
  order: number;
  description: string;
  since: string | null;
  until: string | null;
  documents: string[];
  source: NoteSource[];
  related: string[];
}

/**
 * Checks the front matter of a note on a filter. Throws a UserError that names the file and the first
 * thing wrong with it.
 */
export function parseFilterNote(path: string, frontmatter: unknown): FilterNote {
  const note = checked(filterNoteSchema, path, frontmatter);
  checkName(path, 'filter', note.filter);
  return note;
}

/**
 * Checks the front matter of `content/flags/KF_RCU.md`, `content/suffixes/__sz.md`,
 * `content/programs/XDP.md` or `content/guides/adding-a-kfunc.md`. Throws a UserError as above.
 */
export function parseTopicNote(kind: TopicKind, path: string, frontmatter: unknown): TopicNote {
  const note: Record<string, unknown> & z.infer<z.ZodObject<typeof common>> = checked<
    z.infer<(typeof topicNoteSchemas)[TopicKind]>
  >(topicNoteSchemas[kind], path, frontmatter);
  const text = (key: string) => (typeof note[key] === 'string' ? note[key] : null);
  const name = text(kind)!;
  checkName(path, kind, name);
  const { description, documents, source, related } = note;
  return {
    ...{ name, title: text('title'), order: Number(note.order ?? 0) },
    ...{ description, since: text('since'), until: text('until'), documents, source, related },
  };
}

function checked<T>(schema: z.ZodType<T>, path: string, frontmatter: unknown): T {
  const parsed = schema.safeParse(frontmatter);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const where = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new UserError(`${path}: ${where}${issue.message}.`);
}

function checkName(path: string, key: string, name: string): void {
  if (basename(path, '.md') === name) return;
  throw new UserError(`${path}: ${key} is ${name}, which the file is not named for.`);
}
