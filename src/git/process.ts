import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { UserError } from '../user-error.ts';
import { gitDied, gitMissing, type Place } from './errors.ts';
import { hardenedArgs, hardenedEnv } from './hardening.ts';

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

/**
 * Starts git on a repository that is known already.
 *
 * @param env what its environment has besides
 */
export function spawnGit(
  gitDir: string,
  args: readonly string[],
  env: Record<string, string> = {},
): GitChild {
  const child = spawn('git', [...hardenedArgs(), ...args], {
    cwd: '/',
    env: { ...hardenedEnv(gitDir), ...env },
  });
  return { process: child, ended: endingOf(child) };
}

function endingOf(child: ChildProcessWithoutNullStreams): Promise<Ending> {
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
