import type { KfuncRecord, Replacement } from '../data/schema/index.ts';
import type { DatasetCheck, Finding } from './check.ts';
import type { View } from './view.ts';
import { listed, repeated, sameList } from './words.ts';

const EVIDENCE = [
  'same-body',
  'similar-body',
  'same-prototype',
  'similar-prototype',
  'similar-doc',
  'comment',
  'wrapper',
  'name-pair',
  'same-renaming',
];

const SIDES = { replaces: 'replacedBy', replacedBy: 'replaces' } as const;

function* one(
  view: View,
  record: KfuncRecord,
  side: keyof typeof SIDES,
  told: Replacement,
): Generator<Finding> {
  const at = { subject: record.name, release: told.release };
  const what = side === 'replaces' ? 'replaces' : 'is replaced by';
  const other = view.dataset.kfuncs.find((k) => k.name === told.name);
  if (other === undefined || other === record) {
    yield { ...at, message: `${what} ${told.name}, which is no other kfunc` };
    return;
  }
  const back = other[SIDES[side]].find((r) => r.name === record.name && r.release === told.release);
  if (!back || !sameList(back.evidence, told.evidence)) {
    yield { ...at, message: `${what} ${told.name}, which says nothing of it, or something else` };
  }
  if (told.evidence.length === 0 || told.evidence.some((word) => !EVIDENCE.includes(word))) {
    yield { ...at, message: `${what} ${told.name} by the evidence ${listed(told.evidence)}` };
  }
  if (side === 'replacedBy') return;
  const before = view.before(told.release);
  if (!view.stateAt(record, told.release)) {
    yield { ...at, message: `replaces ${told.name} in a release that has not got it` };
  }
  if (!view.stateAt(other, told.release) && !(before && view.stateAt(other, before))) {
    yield { ...at, message: `replaces ${told.name}, which was gone long before` };
  }
}

export const replacementsAreMutual: DatasetCheck = {
  name: 'replacements-are-mutual',
  description:
    'What replaces a kfunc says so too, with the same evidence, in a release that has the new one and had or has the old.',
  *check(view) {
    for (const record of view.dataset.kfuncs) {
      for (const side of ['replaces', 'replacedBy'] as const) {
        for (const told of record[side]) yield* one(view, record, side, told);
        for (const name of repeated(record[side].map((r) => r.name))) {
          yield {
            subject: record.name,
            release: null,
            message: `tells of ${name} twice (${side})`,
          };
        }
      }
    }
  },
};
