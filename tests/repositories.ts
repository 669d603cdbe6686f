import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { hardenedArgs, hardenedEnv } from '../src/git/hardening.ts';

/** One commit with a tag: all the files of its tree, by path. */
export interface InventedCommit {
  /** `v6.12`; any name that a ref may have. */
  tag: string;
  files: Record<string, string | Buffer | { symlink: string }>;
  /** `2022-10-02`; without it, 70 days after the commit before. */
  date?: string;
  /** An annotated tag, dated a day after its commit. */
  annotated?: boolean;
}

export interface InventedRepository {
  dir: string;
  /** Tag -> commit. */
  commits: Record<string, string>;
}

const DAY = 86_400;
const FIRST = Date.parse('2021-01-01T12:00:00Z') / 1000;

/**
 * Makes a git repository of invented commits, each the parent of the next, on the branch `main`. The
 * same input gives the same object ids. It holds what it is given and nothing else; for an invented
 * kernel, see tests/kernels/.
 */
export function invent(
  dir: string,
  commits: readonly InventedCommit[],
  options: { bare?: boolean; objectFormat?: 'sha1' | 'sha256' } = {},
): InventedRepository {
  mkdirSync(dir, { recursive: true });
  const { bare = false, objectFormat = 'sha1' } = options;
  git(dir, [
    'init',
    '-q',
    '-b',
    'main',
    `--object-format=${objectFormat}`,
    ...(bare ? ['--bare'] : []),
  ]);
  git(dir, ['fast-import', '--quiet', '--force'], importStream(commits));
  if (!bare && commits.length > 0) git(dir, ['reset', '-q', '--hard', 'main']);
  const ids = commits.map(({ tag }) => [tag, git(dir, ['rev-parse', `refs/tags/${tag}^{commit}`])]);
  return { dir, commits: Object.fromEntries(ids) as Record<string, string> };
}

/** Runs git on a repository of a test's own making and gives its output, trimmed. */
export function git(dir: string, args: readonly string[], input?: Buffer): string {
  return execFileSync('git', [...hardenedArgs(), ...args], {
    cwd: dir,
    env: { ...hardenedEnv(), GIT_ALLOW_PROTOCOL: 'file' },
    input: input ?? '',
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  })
    .toString('utf8')
    .trim();
}

/** What `git fast-import` reads: see git-fast-import(1), "INPUT FORMAT". */
function importStream(commits: readonly InventedCommit[]): Buffer {
  const parts: Buffer[] = [];
  const say = (text: string) => parts.push(Buffer.from(text));
  const data = (body: string | Buffer) => {
    const bytes = Buffer.from(body as string);
    say(`data ${bytes.length}\n`);
    parts.push(bytes, Buffer.from('\n'));
  };
  let seconds = FIRST - 70 * DAY;
  for (const { tag, files, date, annotated } of commits) {
    seconds = date === undefined ? seconds + 70 * DAY : Date.parse(`${date}T12:00:00Z`) / 1000;
    say(`commit refs/heads/main\nmark :1\ncommitter A Person <a@example.org> ${seconds} +0000\n`);
    data(`Release ${tag}\n`);
    say('deleteall\n');
    for (const [path, content] of Object.entries(files)) {
      const isLink = typeof content === 'object' && 'symlink' in content;
      say(`M ${isLink ? '120000' : '100644'} inline ${quote(path)}\n`);
      data(isLink ? content.symlink : content);
    }
    if (annotated === true) {
      say(`tag ${tag}\nfrom :1\ntagger A Person <a@example.org> ${seconds + DAY} +0000\n`);
      data(`Linux ${tag}\n`);
    } else {
      say(`reset refs/tags/${tag}\nfrom :1\n\n`);
    }
  }
  return Buffer.concat(parts);
}

/** A path as fast-import reads it: in double quotes, with C's escapes. */
function quote(path: string): string {
  const escapes: Record<string, string> = { '\n': '\\n', '"': '\\"', '\\': '\\\\' };
  return `"${path.replace(/[\n"\\]/g, (c) => escapes[c]!)}"`;
}
