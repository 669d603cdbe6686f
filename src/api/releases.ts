import { z } from 'zod';
import { releaseEntrySchema, releaseFileSchema, releaseIdSchema } from '../data/schema/index.ts';
import { permanent } from '../text/address.ts';
import type { Atlas } from '../views/atlas.ts';
import { diffHref, predecessor } from '../views/releases/pairs.ts';
import { hereIn } from '../views/releases/release.ts';
import { documentAddress, keeps, link } from './document.ts';

/** `releases.json`: which releases there are, and where to read on. */
export const releasesDocumentSchema = z
  .strictObject({
    ...keeps,
    releases: z
      .array(
        z
          .strictObject({
            ...releaseEntrySchema.shape,
            kfuncs: z.number().int().nonnegative().describe('How many stand in it.'),
            previous: releaseIdSchema
              .nullable()
              .describe(
                'The release read before it in its line, or the one that its line is told from.',
              ),
            record: link.describe('Address of what belongs to this release alone (`release`).'),
            state: link.describe('Address of what every kfunc is in it (`state`).'),
            diff: link
              .nullable()
              .describe('Address of what differs from `previous` (`diff`); null without one.'),
            page: link.describe('Address of the page for people.'),
          })
          .meta({ id: 'ListedRelease', description: 'A release, and where to read on.' }),
      )
      .describe('Oldest first within a line.'),
  })
  .meta({ title: 'Releases', description: 'Every release that was read.' });
type ReleasesDocument = Omit<z.infer<typeof releasesDocumentSchema>, '$schema'>;

/** Every release of the dataset in its order, with the addresses of its documents. */
export function releasesDocument(atlas: Atlas): ReleasesDocument {
  return {
    releases: atlas.dataset.releases.map((release) => {
      const { id } = release;
      const previous = predecessor(atlas, release);
      const isPair = previous !== null && diffHref(atlas, previous, release) !== null;
      return {
        ...release,
        kfuncs: hereIn(atlas, id).length,
        previous: previous?.id ?? null,
        record: documentAddress(atlas, `releases/${id}`),
        state: documentAddress(atlas, `state/${id}`),
        diff: isPair ? documentAddress(atlas, `diff/${previous.id}..${id}`) : null,
        page: permanent(atlas, atlas.to.release(id)),
      };
    }),
  };
}

/** `releases/<id>.json`: the record of the dataset. */
export const releaseDocumentSchema = z.strictObject({ ...keeps, ...releaseFileSchema.shape }).meta({
  title: 'Release',
  description:
    'What belongs to one release: the flags and suffixes it knows, its hooks, where things stand in its source.',
});
