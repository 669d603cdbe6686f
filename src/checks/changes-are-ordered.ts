import { changeKindSchema } from '../data/schema/index.ts';
import type { DatasetCheck } from './check.ts';

export const changesAreOrdered: DatasetCheck = {
  name: 'changes-are-ordered',
  description:
    'The changes of a line go by release and kind, one of a kind in a release, each of a release of the line and after an older one.',
  *check(view) {
    const kinds = changeKindSchema.options;
    for (const { record, line, ids } of view.kfuncLines()) {
      const ranks = line.changes.map(
        ({ release, kind }) => ids.indexOf(release) * kinds.length + kinds.indexOf(kind),
      );
      for (const [i, { release, kind, after }] of line.changes.entries()) {
        const at = { subject: record.name, release };
        const place = ids.indexOf(release);
        if (place === -1) {
          yield { ...at, message: `tells a change (${kind}), but is no release of ${line.id}` };
        } else if (after !== null && after !== line.base && !ids.slice(0, place).includes(after)) {
          yield { ...at, message: `tells a change (${kind}) after ${after}, which is not older` };
        }
        if (i === 0) continue;
        if (ranks[i] === ranks[i - 1]) yield { ...at, message: `tells a change twice (${kind})` };
        if (ranks[i]! < ranks[i - 1]!) {
          yield {
            ...at,
            message: `tells a change (${kind}) after ${line.changes[i - 1]!.kind} of ${line.changes[i - 1]!.release}`,
          };
        }
      }
    }
  },
};
