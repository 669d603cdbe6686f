import { randomBytes } from 'node:crypto';
import { endWithUs } from './children.ts';
import { complaint } from './errors.ts';
import { spawnGit, type GitChild } from './process.ts';
import { UserError } from '../user-error.ts';

/** What a commit of a whole tree is made of. */
export interface TreeCommit {
  /** `v6.12.107` */
  tag: string;
  message: string;
  /** Seconds since 1970. */
  date: number;
  files: Iterable<TreeFile>;
}

export interface TreeFile {
  path: string;
  mode: FileMode;
  /** What `blob` gave. */
  mark: number;
}

export type FileMode = '100644' | '100755' | '120000';

/** The same for everyone, so that the same package gives the same commit. */
const IDENTITY = 'kfunc-atlas <kfunc-atlas@localhost>';
/** Written in pieces of about this size. */
const BUFFERED = 1 << 20;

/**
 * Feeds `git fast-import` (git-fast-import(1)). Each blob is stored as a difference to the one before
 * where that is smaller, so that what is alike has to come one after the other, and what is not has to be
 * told apart: else it is read by way of many others that have little to do with it. Nothing is seen in
 * the repository before `finish`: with `--done`, an input that ends early changes no tag.
 */
export class FastImport {
  private readonly child: GitChild;
  private pieces: Buffer[] = [];
  private size = 0;
  private marks = 0;
  private separator: number | undefined;
  private readonly gitDir: string;

  constructor(gitDir: string) {
    this.gitDir = gitDir;
    this.child = spawnGit(gitDir, [...settings, 'fast-import', '--quiet', '--done', '--depth=50']);
    this.child.process.stdout.resume();
    endWithUs(this.child.process);
  }

  /** Stores a file's content; the number stands for it in `commit`. */
  async blob(content: Buffer): Promise<number> {
    const mark = ++this.marks;
    await this.write(
      Buffer.from(`blob\nmark :${mark}\ndata ${content.length}\n`),
      content,
      NEWLINE,
    );
    return mark;
  }

  /** What comes next is not like what came last: the first blob of a file. */
  async apart(): Promise<void> {
    // A blob that is shown is taken for the one before. This one is like no other, and new to the
    // repository, without which fast-import would not take it.
    this.separator ??= await this.blob(randomBytes(8));
    await this.write(Buffer.from(`cat-blob :${this.separator}\n`));
  }

  /** A commit without parents, with a tag of its own. */
  async commit({ tag, message, date, files }: TreeCommit): Promise<void> {
    const text = Buffer.from(message);
    const who = `${IDENTITY} ${date} +0000`;
    const head = `commit refs/tags/${tag}\nauthor ${who}\ncommitter ${who}\ndata ${text.length}\n`;
    await this.write(Buffer.from(head), text, NEWLINE);
    for (const { path, mode, mark } of files) {
      await this.write(Buffer.from(`M ${mode} :${mark} ${quotePath(path)}\n`));
    }
    await this.write(NEWLINE);
  }

  /** Writes the pack and the tags. */
  async finish(): Promise<void> {
    await this.write(Buffer.from('done\n'));
    await this.flush();
    this.child.process.stdin.end();
    await this.died();
  }

  /** Ends it; what was written so far stays without a tag. */
  async abort(): Promise<void> {
    this.child.process.kill('SIGKILL');
    await this.child.ended;
  }

  private async write(...pieces: Buffer[]): Promise<void> {
    for (const piece of pieces) {
      this.pieces.push(piece);
      this.size += piece.length;
    }
    if (this.size >= BUFFERED) await this.flush();
  }

  private async flush(): Promise<void> {
    const { stdin } = this.child.process;
    const bytes = Buffer.concat(this.pieces);
    this.pieces = [];
    this.size = 0;
    if (!stdin.writable) return this.died();
    if (stdin.write(bytes)) return;
    const drained = new Promise<void>((resolve) => stdin.once('drain', resolve));
    await Promise.race([drained, this.died()]);
  }

  private async died(): Promise<void> {
    const { code, signal, stderr } = await this.child.ended;
    if (code === 0) return;
    const said = complaint(stderr);
    const why = said === '' ? (signal ?? `exit code ${String(code)}`) : said;
    throw new UserError(`git could not write to ${this.gitDir}: ${why}.`);
  }
}

/**
 * Paths are checked before they come here; git's own checks, which differ from version to version
 * and forbid what other systems cannot hold, would end the import.
 */
const settings = [
  'core.protectNTFS=false',
  'core.protectHFS=false',
  // A small tree becomes a pack like any other.
  'fastimport.unpackLimit=0',
].flatMap((setting) => ['-c', setting]);
const NEWLINE = Buffer.from('\n');

/** A path as fast-import reads it: in quotes, C-style, when it would be taken for something else. */
export function quotePath(path: string): string {
  if (!/["\\\n]/.test(path)) return path;
  const escaped = path.replace(/["\\]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`);
  return `"${escaped}"`;
}
