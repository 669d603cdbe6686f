import { z } from 'zod';
import { kfuncRecordSchema, releaseEntrySchema, stateSchema } from '../data/schema/index.ts';
import type { Atlas } from '../views/atlas.ts';
import { hereIn } from '../views/releases/release.ts';
import { keeps } from './document.ts';

/** `state/<id>.json`: every kfunc that stands in a release, with what is true of it there. */
export const stateDocumentSchema = z
  .strictObject({
    ...keeps,
    release: releaseEntrySchema,
    kfuncs: z
      .array(
        z
          .strictObject({ name: kfuncRecordSchema.shape.name, ...stateSchema.shape })
          .meta({ id: 'KfuncState', description: 'What is true of one kfunc.' }),
      )
      .describe(
        'By name. `from` and `to` tell through which releases it is just so, in the line that says so: that of the release, or the one that its line is told from. Where each is defined, to the line, is in `releases/`.',
      ),
  })
  .meta({
    title: 'State of a release',
    description: 'Every kfunc that stands in a release, with what is true of it there.',
  });
type StateDocument = Omit<z.infer<typeof stateDocumentSchema>, '$schema'>;

/** The whole state of a release: kfuncs that are gone, or not there yet, are left out. */
export function stateDocument(atlas: Atlas, id: string): StateDocument {
  return {
    release: atlas.release(id),
    kfuncs: hereIn(atlas, id).map(({ record, state }) => ({ name: record.name, ...state })),
  };
}
