import { z } from 'zod';
import { changeKindSchema, treeEventSchema } from '../data/schema/index.ts';
import type { ReleaseEntry } from '../data/schema/index.ts';
import { gravest } from '../diff/difference.ts';
import { SEVERITIES, type Difference, type Severity } from '../diff/types.ts';
import { keeps } from './document.ts';

const severitySchema = z.enum(SEVERITIES).meta({
  id: 'Severity',
  description:
    'What a change means for a BPF program that loads on the older side. `breaks-load`: it does not load any more; `may-break`: whether it loads depends on what it does; `compatible`: it goes on as it was; `documentation`: only words changed.',
});

const meaningSchema = z
  .strictObject({
    severity: severitySchema,
    rule: z.string().describe('Name of the rule that says so, such as `parameter-added`.'),
    text: z.string().describe('The same in words, the kfunc being the subject.'),
  })
  .meta({ id: 'Meaning', description: 'What a change means for programs, and by which rule.' });

const sideSchema = z
  .strictObject({
    id: z.string().describe('Id of the release, or the revision as it was given to `diff`.'),
    tag: z.string().describe('The tag or revision that was read.'),
    commit: z.string().describe('Hash of its commit.'),
  })
  .meta({ id: 'Side', description: 'A release or a revision that is compared.' });

const differenceChangeSchema = z
  .strictObject({
    kind: changeKindSchema,
    was: z
      .array(z.string())
      .describe('Short texts of the older side, as in the record of a kfunc.'),
    now: z.array(z.string()).describe('Short texts of the newer side.'),
    event: z
      .string()
      .nullable()
      .describe('Id of the tree-wide change among `events` that this is a part of.'),
    severity: severitySchema,
    meanings: z.array(meaningSchema).describe('What it means; `severity` is the gravest of them.'),
  })
  .meta({ id: 'DifferenceChange', description: 'What of one kfunc differs.' });

const count = z.number().int().nonnegative();

/** What differs between two releases or revisions: `/api/v1/diff/A..B.json`, `diff --format json`. */
export const diffDocumentSchema = z
  .strictObject({
    $schema: keeps.$schema.optional().describe('Left out by `kfunc-atlas diff`.'),
    from: sideSchema.describe('The older side.'),
    to: sideSchema.describe('The newer side.'),
    severity: severitySchema
      .nullable()
      .describe('The gravest of all that differs; null where nothing does.'),
    counts: z
      .strictObject({
        added: count.describe('Of the newer side alone.'),
        removed: count.describe('Of the older side alone.'),
        renamed: count.describe('Of both, under another name.'),
        changed: count.describe('Of both, and not the same.'),
      })
      .describe('How many kfuncs met each fate.'),
    kfuncs: z
      .array(
        z
          .strictObject({
            name: z.string().describe('On the newer side; of a removed one, on the older.'),
            fate: z
              .enum(['added', 'removed', 'renamed', 'changed'])
              .describe('What became of it between the sides.'),
            from: z.string().nullable().describe('The older name of a renamed one.'),
            severity: severitySchema.describe(
              'The gravest of its changes, those of tree-wide changes left out.',
            ),
            replacedBy: z
              .array(z.string())
              .describe('Of a removed one: what the newer side has instead.'),
            replaces: z
              .array(z.string())
              .describe('Of an added one: what it replaces that the older side has.'),
            changes: z
              .array(differenceChangeSchema)
              .describe(
                'What differs. On a site, none is told of an added one: that it is new says its fate, and its prototype is in `state/`. `kfunc-atlas diff` tells it.',
              ),
          })
          .meta({ id: 'KfuncDifference', description: 'What became of one kfunc.' }),
      )
      .describe(
        'The gravest first, then by fate and name. Kfuncs are left out whose changes are all told by `events`. What is true of one on either side is in `state/` and `kfuncs/`.',
      ),
    events: z
      .array(
        treeEventSchema
          .extend({
            severity: severitySchema,
            text: z.string().describe('What it means, in words.'),
          })
          .meta({
            id: 'EventDifference',
            description: 'A change of the tree as a whole, and what it means for programs.',
          }),
      )
      .describe('Changes of the tree as a whole, each told once for all kfuncs that it touches.'),
  })
  .meta({
    title: 'Difference',
    description: 'What differs for BPF programs between an older and a newer release or revision.',
  });
export type DiffDocument = z.infer<typeof diffDocumentSchema>;

/**
 * A difference as JSON has it: the same for the site and for the command. What is true of a kfunc on either
 * side is left out, since a difference of distant releases would be four times as large.
 */
export function diffDocument(difference: Difference): DiffDocument {
  const { from, to, kfuncs, events } = difference;
  const counts = { added: 0, removed: 0, renamed: 0, changed: 0 };
  for (const { fate } of kfuncs) counts[fate]++;
  return {
    from: side(from),
    to: side(to),
    severity: severityOf(difference),
    counts,
    kfuncs: kfuncs.map(({ name, fate, from, severity, replacedBy, replaces, changes }) => ({
      name,
      fate,
      from,
      severity,
      replacedBy,
      replaces,
      changes,
    })),
    events: events.map(({ event, severity, text }) => ({ ...event, severity, text })),
  };
}

/**
 * The same as a site publishes it for every pair of releases: without the declarations of what is new, which
 * are the larger half of a difference and stand in the documents of both the kfunc and the newer release.
 */
export function publishedDiff(difference: Difference): DiffDocument {
  const whole = diffDocument(difference);
  return {
    ...whole,
    kfuncs: whole.kfuncs.map((kfunc) =>
      kfunc.fate === 'added'
        ? { ...kfunc, changes: kfunc.changes.filter(({ kind }) => kind !== 'added') }
        : kfunc,
    ),
  };
}

/** The gravest of all that differs; null where nothing does. */
export function severityOf({ kfuncs, events }: Difference): Severity | null {
  const all = [...kfuncs, ...events].map(({ severity }) => severity);
  return all.length === 0 ? null : gravest(all);
}

function side({ id, tag, commit }: ReleaseEntry): DiffDocument['from'] {
  return { id, tag, commit };
}
