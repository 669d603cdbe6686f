import { z } from 'zod';
import type { KfuncRecord, ReleaseEntry, Span } from '../data/schema/index.ts';
import { releasesBetween } from '../data/versions.ts';
import { type Atlas, mainline } from '../views/atlas.ts';
import { keeps } from './document.ts';

const version = z
  .string()
  .regex(/^(≤?[A-Za-z0-9][A-Za-z0-9._+-]*|preview)$/)
  .meta({
    id: 'Version',
    description:
      'A mainline release without its `v`: `6.12`. `≤6.12` is that one or an earlier one, since the ones before it were not read; `preview` is the newest `-rc`.',
  });

const statementSchema = z
  .strictObject({
    version_added: z
      .union([version, z.literal(false)])
      .describe('The first release that has it; false where no mainline release does.'),
    version_removed: version.optional().describe('The first release that has it no longer.'),
    version_last: version
      .optional()
      .describe('The last release that has it; there when `version_removed` is.'),
    alternative_name: z
      .string()
      .optional()
      .describe('The name that it had then: a kfunc that was renamed.'),
    notes: z
      .union([z.string(), z.array(z.string()).min(2)])
      .optional()
      .describe('What the versions do not say.'),
  })
  .meta({ id: 'SupportStatement', description: 'One run of releases.' });
type Statement = z.infer<typeof statementSchema>;

const supportSchema = z.union([statementSchema, z.array(statementSchema).min(2)]).meta({
  id: 'Support',
  description:
    'A statement, or several: of a kfunc that came back, the newest first; then those under other names.',
});

const compatSchema = z
  .strictObject({
    __compat: z
      .strictObject({
        support: z
          .strictObject({ linux: supportSchema.describe('Mainline Linux.') })
          .describe('By platform.'),
        status: z
          .strictObject({
            experimental: z.literal(false).describe('The kernel does not say that of a kfunc.'),
            standard_track: z.literal(false).describe('kfuncs belong to no standard.'),
            deprecated: z
              .boolean()
              .describe('Whether it is no longer recommended: it is deprecated, or gone.'),
          })
          .describe('Whether to use it.'),
      })
      .describe('What browser-compat-data says of a feature.'),
  })
  .meta({ id: 'Compat', description: 'A feature, which is a kfunc.' });
type Compat = z.infer<typeof compatSchema>;

/** `support/<name>.json`, and `support.json` for all at once. */
export const supportDocumentSchema = z
  .strictObject({
    ...keeps,
    kfuncs: z.record(z.string(), compatSchema).describe('By name.'),
  })
  .meta({
    title: 'Support',
    description:
      'Which mainline releases have a kfunc, in the form of browser-compat-data (https://github.com/mdn/browser-compat-data).',
  });
type SupportDocument = Omit<z.infer<typeof supportDocumentSchema>, '$schema'>;

/** The support tables of some kfuncs. */
export function supportDocument(atlas: Atlas, records: readonly KfuncRecord[]): SupportDocument {
  return {
    kfuncs: Object.fromEntries(records.map((record) => [record.name, compatOf(atlas, record)])),
  };
}

function compatOf(atlas: Atlas, record: KfuncRecord): Compat {
  const own = spansOf(record).toReversed();
  const statements = [
    ...own.map((span) => statementOf(atlas, span, notCallable(record, span))),
    ...earlierNames(atlas, record).map(({ name, span }) => ({
      ...statementOf(atlas, span, []),
      alternative_name: name,
    })),
  ];
  const [only, ...others] = statements;
  return {
    __compat: {
      support: {
        linux: only === undefined ? { version_added: false } : others.length ? statements : only,
      },
      status: {
        experimental: false,
        standard_track: false,
        deprecated: record.status !== 'active',
      },
    },
  };
}

function spansOf(record: KfuncRecord): Span[] {
  return record.lines.find(({ id }) => id === mainline)?.spans ?? [];
}

function statementOf(atlas: Atlas, span: Span, more: readonly string[]): Statement {
  const { first, after, last, goneIn } = span;
  const notes = [...readFrom(atlas, [first, goneIn]), ...more];
  const [note, ...others] = notes;
  return {
    version_added: bounded(atlas, first, after),
    ...(goneIn === null
      ? {}
      : {
          version_removed: bounded(atlas, goneIn, last),
          version_last: versionOf(atlas.release(last ?? first)),
        }),
    ...(note === undefined ? {} : { notes: others.length === 0 ? note : notes }),
  };
}

/** `6.2`; `≤6.12` unless the release right before it was read, which is `before`. */
function bounded(atlas: Atlas, id: string, before: string | null): string {
  const release = atlas.release(id);
  const isExact = before !== null && (releasesBetween(before, id) ?? 0) === 0;
  return isExact || release.preview ? versionOf(release) : `≤${versionOf(release)}`;
}

function versionOf({ id, preview }: ReleaseEntry): string {
  return preview ? 'preview' : id.replace(/^v(?=\d)/, '');
}

function readFrom(atlas: Atlas, ids: readonly (string | null)[]): string[] {
  return ids
    .filter((id) => id !== null)
    .map((id) => atlas.release(id))
    .filter(({ exact }) => !exact)
    .map(({ id, tag }) => `${id} was read from ${tag}.`);
}

/** In a set that is not for calls, what stands there is no function to a program. */
function notCallable(record: KfuncRecord, { last }: Span): string[] {
  const states = record.lines.find(({ id }) => id === mainline)?.states ?? [];
  const roles = states.find(({ to }) => to === last)?.roles ?? [];
  const isCallable = roles.length === 0 || roles.includes('kfunc') || roles.includes('test');
  return isCallable
    ? []
    : [`Not for programs to call: it is in the kernel as ${roles.join(', ')}.`];
}

/** The runs of releases in which it had another name, those of the last one first. */
function earlierNames(
  atlas: Atlas,
  record: KfuncRecord,
  seen: ReadonlySet<string> = new Set([record.name]),
): { name: string; span: Span }[] {
  const changes = record.lines.find(({ id }) => id === mainline)?.changes ?? [];
  const renames = changes.filter((c) => c.kind === 'renamed' && c.now.includes(record.name));
  return renames.toReversed().flatMap(({ release, was }) =>
    was.flatMap((name) => {
      const old = seen.has(name) ? undefined : atlas.kfunc(name);
      const span = old && spansOf(old).find(({ goneIn }) => goneIn === release);
      return old === undefined || span === undefined
        ? []
        : [{ name, span }, ...earlierNames(atlas, old, new Set([...seen, name]))];
    }),
  );
}
