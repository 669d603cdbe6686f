/** What stands under one path, one place for each of the streams; undefined where a stream has nothing. */
export interface Group<T> {
  path: string;
  entries: (T | undefined)[];
}

/**
 * Walks streams that are sorted by path side by side, so that the files of one path come together,
 * without holding more than one entry of each. A stream out of order loses nothing but that: what
 * comes late makes a group of its own.
 *
 *     a  b     d        a: [1, 2]
 *     a     c  d   ->   b: [1, -]  c: [-, 2]  d: [1, 2]
 */
export async function* mergeByPath<T extends { path: string }>(
  streams: readonly AsyncIterator<T>[],
): AsyncGenerator<Group<T>> {
  try {
    const heads = await Promise.all(streams.map((stream) => stream.next()));
    for (;;) {
      let path: string | undefined;
      for (const { done, value } of heads) {
        if (done !== true && (path === undefined || value.path < path)) path = value.path;
      }
      if (path === undefined) return;
      const entries = heads.map(({ done, value }) =>
        done !== true && value.path === path ? value : undefined,
      );
      yield { path, entries };
      await Promise.all(
        entries.map(async (entry, i) => {
          if (entry !== undefined) heads[i] = await streams[i]!.next();
        }),
      );
    }
  } finally {
    await Promise.all(streams.map(async (stream) => stream.return?.()));
  }
}
