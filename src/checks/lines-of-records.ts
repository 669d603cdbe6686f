import type { DatasetCheck } from './check.ts';
import { MAINLINE } from '../data/schema/index.ts';
import { repeated } from './words.ts';

export const linesOfRecords: DatasetCheck = {
  name: 'lines-of-records',
  description:
    'A record has each line once, in the order of releases.json; mainline has no base, any other one of mainline, the same in all records; each says something.',
  *check(view) {
    const order = view.lines;
    const mainline = view.idsOf(MAINLINE);
    const bases = new Map<string, string | null>();
    for (const record of view.dataset.kfuncs) {
      const at = { subject: record.name, release: null };
      const ids = record.lines.map((line) => line.id);
      if (ids.length === 0) yield { ...at, message: 'has no line' };
      for (const id of repeated(ids)) yield { ...at, message: `has the line ${id} twice` };
      const ranks = ids.map((id) => order.indexOf(id));
      if (ranks.some((rank, i) => i > 0 && rank < ranks[i - 1]!)) {
        yield { ...at, message: `has its lines in the order ${ids.join(', ')}` };
      }
      for (const { id, base, changes, spans } of record.lines) {
        const known = bases.get(id) ?? base;
        bases.set(id, known);
        const wrong = id === MAINLINE || mainline.length === 0 ? base !== null : base === null;
        if (wrong || known !== base || (base !== null && !mainline.includes(base))) {
          yield { ...at, message: `has the line ${id} with the base ${base ?? 'null'}` };
        }
        if (spans.length === 0 && (base === null || changes.length === 0)) {
          yield { ...at, message: `has the line ${id}, which says nothing` };
        }
      }
    }
  },
};
