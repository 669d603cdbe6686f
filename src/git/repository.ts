import { readFile, stat } from 'node:fs/promises';
import { join, resolve as resolvePath } from 'node:path';
import { simpleGit, type SimpleGit } from 'simple-git';
import { UserError } from '../user-error.ts';
import {
  complaint,
  gitMissing,
  gitTooOld,
  missingObject,
  notACommit,
  notARepository,
  OLDEST_GIT,
  printable,
  unknownRevision,
  type Place,
} from './errors.ts';
import { hardenedEnv, hardenedOptions } from './hardening.ts';
import { ObjectReader } from './objects.ts';
import { capture } from './process.ts';
import { commitDate, followTags, type TagRef } from './tags.ts';
import { applyChanges, parseTreeChanges, type TreeChanges } from './tree-changes.ts';
import { parseTreeListing, type TreeListing } from './tree-listing.ts';

export type { TreeListing } from './tree-listing.ts';

/** The files of another commit: git tells much sooner what differs from them than all that there is. */
export interface KnownTree {
  commit: string;
  /** undefined when it is not there after all. */
  listing(): TreeListing | undefined;
}

/** A git repository, opened for reading; nothing here writes to it or reaches the network. */
export interface Repository extends Place {
  objects: ObjectReader;
  /** All tags that lead to a commit, by name. */
  tags(): Promise<TagRef[]>;
  /**
   * @param rev anything that names a commit: `v6.12`, a branch, `HEAD`, an abbreviated id
   * @throws UserError when nothing has this name, it is no commit, or its objects are missing
   */
  resolve(rev: string): Promise<{ commit: string; date: string }>;
  /**
   * The files of a commit; listed once, and kept (some 3 MB each) while the repository is open.
   *
   * @param commit a full object id
   * @param known to be listed from, where that can be; git is asked at once, and this some time later
   * @throws UserError when the commit or one of its trees is missing
   */
  listTree(commit: string, known?: KnownTree): Promise<TreeListing>;
  /** Whether a commit's tree is one of Linux. Reads next to nothing. */
  isLinux(rev: string): Promise<boolean>;
  /** Ends what was started. */
  close(): Promise<void>;
}

const MAX_COMMIT = 1 << 20;
const MAX_MAKEFILE = 1 << 20;

/**
 * Opens a git repository: bare or not, a linked worktree, a shallow clone, or a folder inside a
 * worktree. See hardening.ts for what keeps it from doing anything.
 *
 * @throws UserError when there is none, git is not installed, or it is too old
 */
export async function openRepository(dir: string): Promise<Repository> {
  const found = await stat(dir).catch(() => null);
  if (found === null) throw new UserError(`${printable(dir)} does not exist.`);
  if (!found.isDirectory()) throw new UserError(`${printable(dir)} is not a folder.`);
  const place = await locate(resolvePath(dir));
  const git = porcelain('/', place.gitDir);
  const objects = new ObjectReader(place);
  return {
    ...place,
    objects,
    async tags() {
      const format = '--format=%(objectname) %(refname:lstrip=2)';
      const lines = await git.raw(['for-each-ref', format, 'refs/tags']);
      const refs = lines.split('\n').flatMap((line) => {
        const space = line.indexOf(' ');
        return space === -1 ? [] : [{ oid: line.slice(0, space), name: line.slice(space + 1) }];
      });
      return followTags(objects, refs);
    },
    async resolve(rev) {
      const commit = await objects.find(`${rev}^{commit}`, MAX_COMMIT);
      if (commit === undefined || 'tooLarge' in commit)
        throw await whyNot(place, git, objects, rev);
      return { commit: commit.oid, date: commitDate(commit.body) };
    },
    listTree: treeLister(place),
    isLinux: (rev) => isLinux(objects, rev),
    close: () => objects.close(),
  };
}

/** Finds the repository of a folder, and what kind it is. */
async function locate(dir: string): Promise<Place> {
  // Asked all at once, and heard in order: what comes first explains what comes after. An instance of
  // simple-git asks one thing after the other.
  const ask = (...args: string[]): Promise<string> => porcelain(dir).raw(args);
  const [version, found, settings] = await Promise.allSettled([
    ask('version'),
    ask('rev-parse', '--is-shallow-repository', '--absolute-git-dir'),
    ask('config', '--list', '--name-only'),
  ]);
  checkVersion(version);
  if (found.status === 'rejected') {
    const said = found.reason instanceof Error ? complaint(found.reason.message) : '';
    throw notARepository(dir, said.startsWith('not a git repository') ? '' : said);
  }
  if (settings.status === 'rejected') throw settings.reason;
  const answer = found.value;
  const shallow = answer.slice(0, answer.indexOf('\n'));
  const gitDir = answer.slice(shallow.length + 1).replace(/\n$/, '');
  return {
    dir,
    gitDir,
    objectsDir: await objectsOf(gitDir),
    isShallow: shallow === 'true',
    isPartial: isPartial(settings.value),
  };
}

/** A linked worktree has its own folder, and in it the way to what it shares (gitrepository-layout(5)). */
async function objectsOf(gitDir: string): Promise<string> {
  const shared = await readFile(join(gitDir, 'commondir'), 'utf8').catch(() => '.');
  return resolvePath(gitDir, shared.replace(/\n$/, ''), 'objects');
}

function checkVersion(answer: PromiseSettledResult<string>): void {
  if (answer.status === 'rejected') {
    throw String(answer.reason).includes('ENOENT') ? gitMissing(answer.reason) : answer.reason;
  }
  const number = /\d+\.\d+[.\d]*/.exec(answer.value)?.[0] ?? answer.value;
  if (!isAtLeast(number, OLDEST_GIT)) throw gitTooOld(number);
}

/**
 * Whether some objects stay at a remote until they are needed; here they are never fetched.
 *
 * @param names of the configuration, a line each
 */
function isPartial(names: string): boolean {
  return /^(remote\..*\.promisor|extensions\.partialclone)$/m.test(names);
}

function isAtLeast(version: string, wanted: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** simple-git, hardened. It takes a failure without words, or a kill, for success: not here. */
function porcelain(dir: string, gitDir?: string): SimpleGit {
  return simpleGit({
    baseDir: dir,
    ...hardenedOptions(),
    errors: (error, { exitCode, stdErr }) =>
      error ?? (exitCode === 0 ? undefined : Buffer.concat([Buffer.from(''), ...stdErr])),
  }).env(hardenedEnv(gitDir));
}

/** Why a revision did not lead to a commit. */
async function whyNot(
  place: Place,
  git: SimpleGit,
  objects: ObjectReader,
  rev: string,
): Promise<UserError> {
  if (rev === '' || /[\n\r\0]/.test(rev)) return unknownRevision(place.dir, rev);
  const oid = await git
    .raw(['rev-parse', '--verify', '--quiet', '--end-of-options', rev])
    .then((text) => text.trim())
    .catch(() => '');
  if (!/^[0-9a-f]{40,64}$/.test(oid)) return unknownRevision(place.dir, rev);
  const [tag] = await followTags(objects, [{ name: rev, oid }]);
  if (tag?.missing != null) {
    const isTag = (await objects.find(`refs/tags/${rev}`, 0)) !== undefined;
    return missingObject(place, tag.missing, `of ${rev}`, isTag ? rev : undefined);
  }
  return notACommit(place.dir, rev);
}

function checkIsId(place: Place, commit: string): void {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) throw unknownRevision(place.dir, commit);
}

async function compareTrees(place: Place, older: string, newer: string): Promise<TreeChanges> {
  checkIsId(place, older);
  const args = ['diff-tree', '-r', '-z', '--raw', '--no-abbrev', '--no-renames', '--no-ext-diff'];
  const output = await capture(
    place,
    [...args, '--no-textconv', '--end-of-options', older, newer],
    ({ stderr }) => missingTree(place, newer, stderr),
  );
  return parseTreeChanges(output);
}

/** undefined when that cannot be: the known commit may be in another repository. */
async function listFrom(
  place: Place,
  known: KnownTree,
  commit: string,
): Promise<TreeListing | undefined> {
  const changes = await compareTrees(place, known.commit, commit).catch(() => undefined);
  const listing = changes && known.listing();
  return listing && applyChanges(listing, changes);
}

/** `listTree` of a repository: what several listings share is kept once. */
function treeLister(place: Place): Repository['listTree'] {
  const listings = new Map<string, Promise<TreeListing>>();
  let newest: TreeListing | undefined;
  const listAll = async (commit: string): Promise<TreeListing> => {
    const args = ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit];
    const output = await capture(place, args, ({ stderr }) => missingTree(place, commit, stderr));
    return parseTreeListing(output, newest);
  };
  const list = async (commit: string, known?: KnownTree): Promise<TreeListing> => {
    checkIsId(place, commit);
    const listing = known && (await listFrom(place, known, commit));
    return (newest = listing ?? (await listAll(commit)));
  };
  return (commit, known) => {
    let listing = listings.get(commit);
    if (listing === undefined) listings.set(commit, (listing = list(commit, known)));
    return listing;
  };
}

/** Which object git ls-tree says it lacks: the commit it was given, or a tree below. */
function missingTree(place: Place, commit: string, stderr: string): UserError | undefined {
  if (stderr.includes('not a tree object')) return missingObject(place, commit, 'a commit');
  const oid = /Could not read ([0-9a-f]{40,64})/i.exec(stderr)?.[1];
  return oid === undefined ? undefined : missingObject(place, oid, 'a tree');
}

/**
 * Linux, and not one of the projects that took over its build and some of its headers (U-Boot,
 * barebox): these have no kernel/.
 */
async function isLinux(objects: ObjectReader, rev: string): Promise<boolean> {
  const [makefile, kernel, headers] = await Promise.all([
    objects.find(`${rev}:Makefile`, MAX_MAKEFILE),
    objects.find(`${rev}:kernel`, 0),
    objects.find(`${rev}:include/linux`, 0),
  ]);
  if (makefile === undefined || 'tooLarge' in makefile) return false;
  if (kernel === undefined || headers === undefined) return false;
  const text = makefile.body.toString('latin1');
  return /^VERSION\s*=/m.test(text) && /^PATCHLEVEL\s*=/m.test(text);
}
