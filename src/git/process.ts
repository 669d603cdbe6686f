import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { UserError } from '../user-error.ts';
import { gitDied, gitMissing, type Place } from './errors.ts';
import { hardenedArgs, hardenedEnv } from './hardening.ts';
import { socketPair } from './socket-pair.ts';

const STDERR_KEPT = 8192;

/** How a child ended. */
export interface Ending {
  code: number | null;
  signal: string | null;
  /** The end of what it wrote to stderr. */
  stderr: string;
}

/** A git child with the hardened environment, for what needs its bytes or its stdin. */
export interface GitChild {
  process: ChildProcessWithoutNullStreams;
  /** When it has ended and all its output has been read. Rejects only when git cannot be started. */
  ended: Promise<Ending>;
}

/** Starts git on a repository that is known already. */
export function spawnGit(gitDir: string, args: readonly string[]): GitChild {
  const child = spawn('git', [...hardenedArgs(), ...args], { cwd: '/', env: hardenedEnv(gitDir) });
  return { process: child, ended: endingOf(child) };
}

/** Bytes that are read from a child at once. */
const CHUNK = 1 << 18;

/**
 * For glibc (mallopt(3)): the memory of a large blob stays with the child for the next one. Else it goes
 * back, and comes again as fresh pages that have to be filled with zeros: a twentieth of git's work.
 */
const KEPT_MEMORY = {
  MALLOC_MMAP_THRESHOLD_: String(32 << 20),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 30),
};

/** A git child whose output is told as it comes. */
export interface PouringChild {
  stdin: Writable;
  kill: () => void;
  /** As of a GitChild. */
  ended: Promise<Ending>;
}

/**
 * Starts git for gigabytes of output: see socket-pair.ts. Where there can be no such pair (no folder
 * for temporary files, or one with a long name), it is read as any child.
 *
 * @param onBytes the bytes are overwritten once this returns
 */
export async function pourGit(
  gitDir: string,
  args: readonly string[],
  onBytes: (bytes: Buffer) => void,
): Promise<PouringChild> {
  const pair = await socketPair(Buffer.allocUnsafeSlow(CHUNK), onBytes).catch(() => null);
  if (pair === null) {
    const { process: child, ended } = spawnGit(gitDir, args);
    child.stdout.on('data', onBytes);
    return { stdin: child.stdin, kill: () => child.kill('SIGKILL'), ended };
  }
  const child = spawn('git', [...hardenedArgs(), ...args], {
    cwd: '/',
    env: { ...hardenedEnv(gitDir), ...KEPT_MEMORY },
    stdio: ['pipe', pair.theirs, 'pipe'],
  });
  pair.theirs.destroy();
  pair.ours.on('error', () => undefined);
  const drained = once(pair.ours, 'close');
  const ended = endingOf(child).finally(() => drained);
  return { stdin: child.stdin, kill: () => child.kill('SIGKILL'), ended };
}

function endingOf(
  child: ChildProcess & Pick<ChildProcessWithoutNullStreams, 'stdin' | 'stderr'>,
): Promise<Ending> {
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT);
  });
  // A child that dies leaves its stdin broken; what it died of is told by `ended`.
  child.stdin.on('error', () => undefined);
  return new Promise<Ending>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? gitMissing(error) : error);
    });
    child.on('close', (code, signal) => {
      resolve({ code, signal, stderr });
    });
  });
}

/**
 * Runs git to its end and gives its output as bytes.
 *
 * @param explain what a failure means, where more is known than that git failed
 * @throws UserError when it fails
 */
export async function capture(
  place: Place,
  args: readonly string[],
  explain: (ending: Ending) => UserError | undefined = () => undefined,
): Promise<Buffer> {
  const { process: child, ended } = spawnGit(place.gitDir, args);
  child.stdin.end();
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ending = await ended;
  if (ending.code !== 0) throw explain(ending) ?? gitDied(place, ending);
  return Buffer.concat(chunks);
}
