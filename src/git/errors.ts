import { UserError } from '../user-error.ts';

/** What messages say of a repository. */
export interface Place {
  /** The folder that the user named. */
  dir: string;
  /** Absolute path of the repository itself. */
  gitDir: string;
  /** Absolute path of its objects, which linked worktrees share. */
  objectsDir: string;
  isShallow: boolean;
  /** Whether objects were left at a remote on purpose (`git clone --filter`). */
  isPartial: boolean;
}

/** The oldest git that all of this works with: rev-parse takes `--end-of-options` since. */
export const OLDEST_GIT = '2.30';

/**
 * Words of git, or of a repository, fit for one line of a terminal: control characters, escape
 * sequences and marks that turn text around become `?`, and what is too long is cut.
 */
export function printable(text: string, length = 200): string {
  const clean = text.trim().replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, '?');
  return clean.length > length ? `${clean.slice(0, length)}…` : clean;
}

/** The line of git's stderr that says what stopped it, without `fatal:`. */
export function complaint(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const line = lines.find((l) => l.startsWith('fatal:')) ?? lines.at(-1) ?? '';
  return printable(line.replace(/^(fatal|error):\s*/, ''));
}

export function notARepository(dir: string, detail = ''): UserError {
  const why = detail === '' ? '' : ` (git: ${detail})`;
  return new UserError(
    `${printable(dir)} is not a git repository${why}: give the folder of a Linux checkout or of a bare repository.`,
  );
}

/** @param rev the revision whose tree it is; empty for all that the repository has */
export function notLinux(dir: string, rev = ''): UserError {
  const what =
    rev === ''
      ? `${printable(dir)} is a git repository, but no Linux`
      : `${JSON.stringify(printable(rev))} in ${printable(dir)} is no Linux`;
  return new UserError(
    `${what}: its tree has no kernel/, no include/linux/ or no Makefile with VERSION and PATCHLEVEL.`,
  );
}

export function gitMissing(cause?: unknown): UserError {
  return new UserError(`git was not found: install it (version ${OLDEST_GIT} or newer).`, {
    cause,
  });
}

export function gitTooOld(version: string): UserError {
  return new UserError(
    `git ${printable(version)} is too old: version ${OLDEST_GIT} or newer is needed.`,
  );
}

export function unknownRevision(dir: string, rev: string): UserError {
  return new UserError(
    `${printable(dir)} has no tag, branch or commit ${JSON.stringify(printable(rev))}: \`git fetch --tags\` brings the tags of a remote.`,
  );
}

export function notACommit(dir: string, rev: string): UserError {
  return new UserError(
    `${JSON.stringify(printable(rev))} in ${printable(dir)} names something else than a commit.`,
  );
}

/**
 * An object that the repository refers to and does not have.
 *
 * @param oid the object's name
 * @param role what it was wanted for (`the commit of tag v6.12`); empty when that is not known
 * @param tag the tag that a fetch could bring it with
 */
export function missingObject(place: Place, oid: string, role = '', tag?: string): UserError {
  const kind = place.isPartial
    ? 'a partial clone'
    : place.isShallow
      ? 'a shallow clone'
      : 'incomplete or damaged';
  const fetch = `git -C ${printable(place.dir)} fetch`;
  const name = tag === undefined ? '<tag>' : printable(tag);
  const remedy = place.isPartial
    ? `\`${fetch} --refetch --no-filter origin\` brings all objects`
    : `\`${fetch} --depth 1 origin tag ${name}\` brings a release${place.isShallow ? '' : '; `git fsck` tells what else is gone'}`;
  const what = role === '' ? '' : ` (${printable(role)})`;
  return new UserError(
    `Object ${printable(oid)}${what} is missing from ${printable(place.dir)}, which is ${kind}: ${remedy}.`,
  );
}

/** A git child that ended before it had answered everything. */
export function gitDied(
  place: Place,
  child: { stderr: string; code: number | null; signal: string | null },
  oid?: string,
): UserError {
  const { stderr, code, signal } = child;
  const gone = /promisor|transport '.*' not allowed|lazy fetching disabled/.test(stderr);
  if (oid !== undefined && gone) return missingObject({ ...place, isPartial: true }, oid);
  const end = signal === null ? `exit code ${String(code)}` : `killed by ${signal}`;
  const said = complaint(stderr);
  const at = oid === undefined ? '' : ` at object ${printable(oid)}`;
  const damaged = signal === null ? ' The repository may be damaged: `git fsck` tells more.' : '';
  return new UserError(
    `git stopped while reading ${printable(place.dir)}${at}: ${said === '' ? end : `${said} (${end})`}.${damaged}`,
  );
}
