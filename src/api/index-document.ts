import { z } from 'zod';
import { releaseIdSchema } from '../data/schema/index.ts';
import { permanent } from '../text/address.ts';
import type { Atlas } from '../views/atlas.ts';
import { allPairs } from '../views/releases/pairs.ts';
import { keeps, link, schemaAddress } from './document.ts';
import { kinds } from './kinds.ts';

const count = z.number().int().nonnegative();

/** `index.json`: what there is, and where. */
export const indexDocumentSchema = z
  .strictObject({
    ...keeps,
    version: z.literal('v1').describe('Part of every address.'),
    stability: z
      .literal('draft')
      .describe('`draft`: keys may come and change; commits and stable series are yet to come.'),
    licence: z
      .literal('CC0-1.0')
      .describe('SPDX name of what one may do with the facts: anything.'),
    page: link.describe('Address of the page for people.'),
    newest: releaseIdSchema
      .nullable()
      .describe('The newest mainline release that is no preview; null without one.'),
    counts: z
      .strictObject({
        releases: count.describe('Of all lines.'),
        kfuncs: count.describe('Removed ones too.'),
        diffs: count.describe('Pairs of releases that have a document.'),
      })
      .describe('How many there are.'),
    documents: z
      .array(
        z
          .strictObject({
            kind: z.string().describe('Name of the kind, and of its schema.'),
            address: z
              .string()
              .describe('A URI template (RFC 6570): `{name}` is a kfunc, the rest are releases.'),
            schema: link.describe('Address of the JSON Schema that such documents keep.'),
            about: z.string().describe('What it tells.'),
          })
          .meta({ id: 'Kind', description: 'A kind of document.' }),
      )
      .describe('Each kind of document.'),
  })
  .meta({ title: 'Index', description: 'What there is to read, and where.' });
type IndexDocument = Omit<z.infer<typeof indexDocumentSchema>, '$schema'>;

/** The way in: from it, every document can be found. */
export function indexDocument(atlas: Atlas): IndexDocument {
  const { releases, kfuncs } = atlas.dataset;
  return {
    version: 'v1',
    stability: 'draft',
    licence: 'CC0-1.0',
    page: permanent(atlas, atlas.to.api),
    newest: atlas.newest?.id ?? null,
    counts: { releases: releases.length, kfuncs: kfuncs.length, diffs: allPairs(atlas).length },
    documents: kinds.map(({ name, path, about }) => ({
      kind: name,
      address: templateAddress(atlas, path),
      schema: schemaAddress(atlas, name),
      about,
    })),
  };
}

/** Not through URL, which would write `{` in another way. */
export function templateAddress(atlas: Pick<Atlas, 'site' | 'to'>, path: string): string {
  return `${permanent(atlas, atlas.to.api)}v1/${path}.json`;
}
