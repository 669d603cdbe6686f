import { z } from 'zod';
import { kfuncRecordSchema, spanSchema } from '../data/schema/index.ts';
import { type Atlas, mainline } from '../views/atlas.ts';
import { documentAddress, keeps, link } from './document.ts';

const { name, status, subsystem } = kfuncRecordSchema.shape;

/** `kfuncs.json`: every kfunc there ever was, in a line each. */
export const kfuncsDocumentSchema = z
  .strictObject({
    ...keeps,
    kfuncs: z
      .array(
        z
          .strictObject({
            name,
            status,
            subsystem,
            spans: z
              .array(spanSchema)
              .describe('The runs of mainline releases that have it; none where no such one does.'),
            otherLines: z.array(z.string()).describe('Lines besides mainline that tell of it.'),
            replacedBy: z.array(z.string()).describe('What to use in its place.'),
            record: link.describe('Address of all that is known of it (`kfunc`).'),
          })
          .meta({ id: 'ListedKfunc', description: 'A kfunc in short.' }),
      )
      .describe('By name, removed ones too.'),
  })
  .meta({ title: 'Kfuncs', description: 'Every kfunc that any release has had.' });
type KfuncsDocument = Omit<z.infer<typeof kfuncsDocumentSchema>, '$schema'>;

/** Every kfunc of the dataset, with when it was there. */
export function kfuncsDocument(atlas: Atlas): KfuncsDocument {
  return {
    kfuncs: atlas.dataset.kfuncs.map((record) => ({
      name: record.name,
      status: record.status,
      subsystem: record.subsystem,
      spans: record.lines.find(({ id }) => id === mainline)?.spans ?? [],
      otherLines: record.lines.map(({ id }) => id).filter((id) => id !== mainline),
      replacedBy: [...new Set(record.replacedBy.map((other) => other.name))],
      record: documentAddress(atlas, `kfuncs/${record.name}`),
    })),
  };
}

/** `kfuncs/<name>.json`: the record of the dataset. */
export const kfuncDocumentSchema = z
  .strictObject({ ...keeps, ...kfuncRecordSchema.shape })
  .meta({ title: 'Kfunc', description: 'One kfunc through all releases.' });
