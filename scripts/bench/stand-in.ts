import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ReleaseEntry } from '../../src/data/schema/index.ts';
import { capture, spawnGit } from '../../src/git/process.ts';
import type { Repository, TreeListing } from '../../src/git/repository.ts';
import { parseVersion } from '../../src/git/version.ts';
import { UserError } from '../../src/user-error.ts';
import { versionsBetween } from './invented-versions.ts';
import { WORDS } from './yardstick.ts';

/** A path that two trees have differently. */
interface Difference {
  path: string;
  /** null where the newer tree has no such path. */
  entry: { mode: string; oid: string } | null;
}

/** Files with kfuncs of one release: path -> content. */
type KfuncFiles = ReadonlyMap<string, Buffer>;

/**
 * Makes a bare repository in `dir` that stands in for the full series of releases: those of
 * `repository`, and between each two neighbours as many invented ones as there are version numbers. A
 * folder is as in the older neighbour up to some invented release, and as in the newer one from there
 * on; which one is decided by a hash of its path. So each release shares most blobs with the next, as
 * real ones do. Files with kfuncs change in two of three releases besides, by a comment at their end, since
 * in real history they do, and each version has to be parsed. Blobs are borrowed
 * (gitrepository-layout(5), objects/info/alternates); only commits, trees and these files are written.
 *
 * @param releases oldest first
 * @returns how many releases were invented
 */
export async function makeStandIn(
  repository: Repository,
  releases: readonly ReleaseEntry[],
  dir: string,
): Promise<number> {
  const say = async (args: string[]) => (await capture(repository, args)).toString('utf8').trim();
  const format = await say(['rev-parse', '--show-object-format']);
  const objects = await say(['rev-parse', '--git-path', 'objects']);
  await git(dir, ['init', '-q', '--bare', `--object-format=${format}`, dir], []);
  await writeFile(join(dir, 'objects/info/alternates'), `${objects}\n`);

  const kfuncFiles = await filesWithKfuncs(repository, releases);
  let invented = 0;
  const input: (string | Buffer)[] = [];
  for (const [i, release] of releases.entries()) {
    input.push(`reset refs/tags/${release.tag}\nfrom ${release.commit}\n\n`);
    const newer = releases[i + 1];
    const names = newer ? between(release, newer) : [];
    if (newer === undefined || names.length === 0) continue;
    invented += names.length;
    const differences = await compare(repository, release.commit, newer.commit);
    const both = [kfuncFiles[i]!, kfuncFiles[i + 1]!] as const;
    input.push(...gap(names, release, newer, differences, both));
  }
  await git(dir, ['fast-import', '--quiet'], input);
  return invented;
}

function between(older: ReleaseEntry, newer: ReleaseEntry): string[] {
  const [from, to] = [parseVersion(older.id), parseVersion(newer.id)];
  return from && to ? versionsBetween(from, to) : [];
}

/** What fast-import reads for the invented releases between two: git-fast-import(1), "INPUT FORMAT". */
function* gap(
  names: readonly string[],
  older: ReleaseEntry,
  newer: ReleaseEntry,
  differences: readonly Difference[],
  [before, after]: readonly [KfuncFiles, KfuncFiles],
): Generator<string | Buffer> {
  const steps = names.length + 1;
  const turnOf = (path: string) => Math.floor(shareOf(unitOf(path)) * steps) + 1;
  const [start, end] = [older, newer].map(({ date }) => Date.parse(`${date}T12:00:00Z`) / 1000);
  for (const [i, name] of names.entries()) {
    const step = i + 1;
    const date = Math.round(start! + ((end! - start!) * step) / steps);
    yield (
      `commit refs/tags/${name}\ncommitter Nobody <nobody@example.org> ${date} +0000\n` +
      `data 0\nfrom ${step === 1 ? older.commit : `refs/tags/${names[i - 1]!}`}\n`
    );
    const now = differences.filter(({ path }) => turnOf(path) === step);
    // A file may become a folder: first what goes.
    for (const { path, entry } of now) if (entry === null) yield `D ${quote(path)}\n`;
    for (const { path, entry } of now) {
      if (entry !== null) yield `M ${entry.mode} ${entry.oid} ${quote(path)}\n`;
    }
    const here = [
      ...[...before].filter(([path]) => turnOf(path) > step),
      ...[...after].filter(([path]) => turnOf(path) <= step),
    ];
    for (const [path, text] of here) {
      if (shareOf(`${name} ${path}`) > 2 / 3) continue;
      const remark = Buffer.from(`/* ${name} */\n`);
      yield `M 100644 inline ${quote(path)}\ndata ${text.length + remark.length}\n`;
      yield Buffer.concat([text, remark]);
    }
    yield '\n';
  }
}

/** Parts of the tree that are many things: drivers of all kinds, one architecture beside another. */
const MANY_THINGS = new Set(['arch', 'drivers', 'Documentation', 'sound', 'tools']);

/**
 * What changes as one: a top-level folder, in which sets and what they name lie apart (`net/`), or a
 * folder of one of those that hold unlike things.
 */
function unitOf(path: string): string {
  const top = path.slice(0, Math.max(path.indexOf('/'), 0));
  return MANY_THINGS.has(top) ? dirname(path) : top;
}

/** A number in [0, 1) that a text always has. */
function shareOf(text: string): number {
  return createHash('sha1').update(text).digest().readUInt32BE() / 2 ** 32;
}

/** `:100644 100644 <oid> <oid> M␀kernel/fork.c␀:…` */
async function compare(place: Repository, older: string, newer: string): Promise<Difference[]> {
  const args = ['diff-tree', '-r', '-z', '--no-renames', '--no-ext-diff', '--no-textconv'];
  const output = await capture(place, [...args, '--end-of-options', older, newer]);
  const fields = output.toString('utf8').split('\0');
  const differences: Difference[] = [];
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [, mode = '', , oid = '', status] = fields[i]!.split(' ');
    // A path that is not UTF-8 cannot be written back.
    if (fields[i + 1]!.includes('\ufffd')) continue;
    differences.push({ path: fields[i + 1]!, entry: status === 'D' ? null : { mode, oid } });
  }
  return differences;
}

/** Of each release the sources that hold words of kfuncs. */
async function filesWithKfuncs(
  repository: Repository,
  releases: readonly ReleaseEntry[],
): Promise<KfuncFiles[]> {
  const listings: TreeListing[] = [];
  for (const { commit } of releases) listings.push(await repository.listTree(commit));
  const paths = [...new Set(listings.flatMap((listing) => listing.paths()))];
  const sources = paths.filter((path) => /\.[ch]$/.test(path)).sort();
  const oids = new Set(
    sources.flatMap((path) => listings.toReversed().flatMap((listing) => listing.oid(path) ?? [])),
  );
  const list = [...oids];
  const texts = new Map<string, Buffer>();
  await repository.objects.readAll(list, {
    maxBytes: 1 << 24,
    onBlob: (index, body) => {
      if (WORDS.some((word) => body.includes(word))) texts.set(list[index]!, Buffer.from(body));
    },
  });
  return listings.map(
    (listing) =>
      new Map(
        sources.flatMap((path) => {
          const text = texts.get(listing.oid(path) ?? '');
          return text ? [[path, text] as const] : [];
        }),
      ),
  );
}

/** A path as fast-import reads it: in double quotes, with C's escapes. */
function quote(path: string): string {
  const escapes: Record<string, string> = { '\n': '\\n', '"': '\\"', '\\': '\\\\' };
  return `"${path.replace(/[\n"\\]/g, (c) => escapes[c]!)}"`;
}

async function git(
  dir: string,
  args: readonly string[],
  input: readonly (string | Buffer)[],
): Promise<void> {
  const { process: child, ended } = spawnGit(dir, args);
  child.stdout.resume();
  for (const piece of input) child.stdin.write(piece);
  child.stdin.end();
  const { code, stderr } = await ended;
  if (code !== 0) throw new UserError(`The stand-in series cannot be made: ${stderr.trim()}`);
}
