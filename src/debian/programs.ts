import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { endWithUs } from '../git/children.ts';
import { UserError } from '../user-error.ts';

export interface Ran {
  code: number | null;
  stdout: string;
  /** stdout and stderr as they came, one after the other. */
  output: string;
}

/**
 * Runs a program of apt's to its end.
 *
 * @param onStatus is given the lines of apt's status (`APT::Status-Fd=3`)
 * @throws UserError when there is no such program: then this is no Debian
 */
export async function runApt(
  program: string,
  args: readonly string[],
  options: { cwd?: string; config?: string; onStatus?: (line: string) => void } = {},
): Promise<Ran> {
  const { cwd, config, onStatus } = options;
  const child = endWithUs(
    spawn(program, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, LC_ALL: 'C', ...(config === undefined ? {} : { APT_CONFIG: config }) },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    }),
  );
  let stdout = '';
  let output = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (output += text));
  let rest = '';
  (child.stdio[3] as Readable).setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onStatus?.(line);
  });
  return new Promise((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? notDebian(program, error) : error);
    });
    child.on('close', (code) => {
      resolve({ code, stdout, output });
    });
  });
}

function notDebian(program: string, cause: unknown): UserError {
  return new UserError(
    `${program} was not found: \`kernels --from debian\` needs a Debian or something like it. Elsewhere, clone Linux with git and give the clone to \`extract --linux\`.`,
    { cause },
  );
}

/** The first error that apt printed, for a sentence; empty when there is none. */
export function firstError(output: string): string {
  const lines = output.split('\n');
  const line = lines.find((l) => l.startsWith('E: ')) ?? lines.find((l) => l.startsWith('W: '));
  const clean = (line ?? '')
    .slice(3)
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return clean.length > 300 ? `${clean.slice(0, 300)}…` : clean;
}
