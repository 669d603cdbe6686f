import type { Span } from '../data/schema/index.ts';

/**
 * The runs of releases that have a kfunc, in any role.
 *
 *     ids      v6.1  v6.2  v6.3  v6.4
 *     present    -     x     x     -      { first: v6.2, after: v6.1, last: v6.3, goneIn: v6.4 }
 *
 * `ids` are one line's releases, oldest first, and `present` tells for each whether it has the kfunc.
 * `before` is a release older than all of them that lacks it (the base of a line); null without one.
 * The bounds are those of what was scanned: the kfunc came after `after`, in `first` at the latest.
 */
export function spansOf(
  ids: readonly string[],
  present: readonly boolean[],
  before: string | null = null,
): Span[] {
  const spans: Span[] = [];
  let open: Span | null = null;
  ids.forEach((id, i) => {
    if (present[i] && !open) {
      open = { first: id, after: ids[i - 1] ?? before, last: null, goneIn: null };
      spans.push(open);
    } else if (!present[i] && open) {
      open.last = ids[i - 1]!;
      open.goneIn = id;
      open = null;
    }
  });
  return spans;
}
