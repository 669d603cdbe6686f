import type { ReleaseEntry } from '../data/schema/index.ts';
import { openRepository } from '../git/repository.ts';
import { UserError } from '../user-error.ts';
import { MAX_TEXT } from './blob-texts.ts';

/** Lines of source files as releases have them. */
export interface SourceLines {
  /** Text of a line (1-based), without its end; undefined where the release's tree has none. */
  line(release: string, file: string, line: number): Promise<string | undefined>;
  close(): Promise<void>;
}

/**
 * Opens the repository that a dataset was made from, to look at the lines that it names. Ask for them
 * file by file: the lines of the last one are kept.
 *
 * @throws UserError when it is no repository, or lacks the commit of a release that is asked for
 */
export async function openSourceLines(
  linux: string,
  releases: readonly ReleaseEntry[],
): Promise<SourceLines> {
  const repository = await openRepository(linux);
  const commits = new Map(releases.map(({ id, commit }) => [id, commit]));
  let last: { oid: string; lines: string[] } | null = null;
  return {
    async line(release, file, line) {
      const commit = commits.get(release);
      if (commit === undefined) throw new UserError(`${release} is no release of the dataset.`);
      const oid = (await repository.listTree(commit)).oid(file);
      if (oid === undefined) return undefined;
      if (last?.oid !== oid) {
        const body = await repository.objects.read(oid, { maxBytes: MAX_TEXT });
        last = { oid, lines: Buffer.isBuffer(body) ? body.toString('utf8').split('\n') : [] };
      }
      return last.lines[line - 1];
    },
    close: () => repository.close(),
  };
}
