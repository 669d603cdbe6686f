import type { DatasetCheck } from './check.ts';

/**
 *     ids      v6.1  v6.2  v6.3  v6.4
 *     present    -     x     x     -      { first: v6.2, after: v6.1, last: v6.3, goneIn: v6.4 }
 */
export const spansAreOrdered: DatasetCheck = {
  name: 'spans-are-ordered',
  description:
    'Spans are in order and apart; "after" is right before "first", "goneIn" right after "last", and both lack the kfunc.',
  *check(view) {
    for (const { record, line, ids } of view.kfuncLines()) {
      let end = -1;
      const [oldest] = ids;
      const base = line.base === null ? undefined : view.stateAt(record, line.base);
      for (const [i, span] of line.spans.entries()) {
        const at = { subject: record.name, release: span.first };
        const first = ids.indexOf(span.first);
        const last = span.last === null ? ids.length - 1 : ids.indexOf(span.last);
        if (first === -1 || last < first) {
          yield {
            ...at,
            message: `has a span to ${span.last ?? 'now'}, which is none of ${line.id}`,
          };
          continue;
        }
        if (i > 0 && first <= end + 1) {
          yield { ...at, message: 'has a span that touches the one before it' };
        }
        end = last;
        const before = base ? null : line.base;
        const after = span.first === oldest ? before : ids[first - 1]!;
        if (span.after !== after) {
          yield {
            ...at,
            message: `came after ${span.after ?? 'nothing'}, but ${after ?? 'nothing'} is right before ${span.first}`,
          };
        }
        const gone = span.last === null ? null : (ids[last + 1] ?? null);
        if (span.goneIn !== gone || (span.last === null) !== (gone === null)) {
          yield {
            ...at,
            message: `is last in ${span.last ?? 'the newest'} and gone in ${span.goneIn ?? 'none'}, but ${gone ?? 'none'} follows`,
          };
        }
      }
    }
  },
};
