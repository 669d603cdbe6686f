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

/**
 * Checks the front matter of a note on a filter. Throws a UserError that names the file and the first
 * thing wrong with it.
 */
export function parseFilterNote(path: string, frontmatter: unknown): FilterNote {
  const parsed = filterNoteSchema.safeParse(frontmatter);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const where = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
    throw new UserError(`${path}: ${where}${issue.message}.`);
  }
  if (basename(path, '.md') !== parsed.data.filter) {
    throw new UserError(
      `${path}: filter is ${parsed.data.filter}, which the file is not named for.`,
    );
  }
  return parsed.data;
}
