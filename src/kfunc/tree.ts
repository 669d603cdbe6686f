/**
 * One release's files as the pure code sees them. The extractor gives a tree read through git; a test
 * gives one made of strings.
 */
export interface SourceTree {
  /** Text of a regular file; undefined when the tree has none of that path. */
  read(path: string): Promise<string | undefined>;
  /** Paths of regular files below `dir` (`''` is the root), sorted; recursive. */
  list(dir: string): Iterable<string>;
  has(path: string): boolean;
  /** Which of `paths` hold which of `words`; a file that holds none is left out. */
  search(
    paths: Iterable<string>,
    words: readonly string[],
  ): Promise<Map<string, readonly string[]>>;
}

/** A tree made of strings, for tests and for the tools that hold a tree in memory. */
export function memoryTree(files: Record<string, string>): SourceTree {
  const paths = Object.keys(files).sort();
  return {
    read: (path) => Promise.resolve(Object.hasOwn(files, path) ? files[path] : undefined),
    list: (dir) => (dir === '' ? paths : paths.filter((p) => p.startsWith(`${dir}/`))),
    has: (path) => Object.hasOwn(files, path),
    search: (candidates, words) => {
      const found = new Map<string, string[]>();
      for (const path of candidates) {
        const held = words.filter((word) => files[path]?.includes(word));
        if (held.length > 0) found.set(path, held);
      }
      return Promise.resolve(found);
    },
  };
}
