import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a process and its children took. */
export interface Measurement {
  /** Seconds on the clock. */
  wall: number;
  /** Seconds of user and system time, children included; 0 where /proc does not tell. */
  cpu: number;
  /** Largest anonymous memory of the process itself, in bytes; 0 where /proc does not tell. */
  anonymous: number;
}

export interface Run {
  file: string;
  args: readonly string[];
  env?: Record<string, string>;
  /** Exit codes that are no failure; 0 alone by default. */
  fine?: readonly number[];
}

/** A command ended with an error; the message is the end of what it said. */
export class CommandFailed extends Error {}

/** Seconds per tick of /proc: USER_HZ is 100 wherever Node runs. */
const TICK = 0.01;
const SAMPLE_MS = 20;
const STDERR_KEPT = 2000;

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Runs a command from its start to its end, its output thrown away. Only one at a time: the time that
 * children took is what this process's own account of them grew by.
 *
 * @throws CommandFailed when it ends with another code than `fine` has
 */
export async function measure({ file, args, env, fine = [0] }: Run): Promise<Measurement> {
  const before = childSeconds();
  const start = performance.now();
  const child = spawn(file, args, { env: env ?? process.env, stdio: ['ignore', 'ignore', 'pipe'] });
  running.add(child);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-STDERR_KEPT);
  });
  let anonymous = 0;
  const timer = setInterval(() => {
    anonymous = Math.max(anonymous, anonymousMemory(child.pid));
  }, SAMPLE_MS);
  try {
    const code = await new Promise<number | string>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status, signal) => {
        resolve(status ?? signal ?? 'no code');
      });
    });
    const wall = (performance.now() - start) / 1000;
    if (typeof code !== 'number' || !fine.includes(code)) {
      throw new CommandFailed(lastWords(said) || `it ended with ${code}`);
    }
    return { wall, cpu: childSeconds() - before, anonymous };
  } finally {
    clearInterval(timer);
    running.delete(child);
  }
}

/** The last thing a command said about an error: its line `error: …`, else its last line. */
function lastWords(said: string): string {
  const lines = said.split('\n').filter((text) => text.trim() !== '');
  return (lines.findLast((text) => text.startsWith('error:')) ?? lines.at(-1) ?? '').trim();
}

/**
 * Seconds that ended children, and theirs, have taken: proc(5), /proc/[pid]/stat, cutime and cstime.
 *
 *     4711 (node) S 1 … utime stime cutime cstime
 *                                   ^ 16th field, the 14th after the name
 */
function childSeconds(): number {
  const fields = procFields('/proc/self/stat');
  return (Number(fields[13] ?? 0) + Number(fields[14] ?? 0)) * TICK;
}

/** Fields of a stat file after the name, which may hold spaces. */
function procFields(path: string): string[] {
  const text = readProc(path);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function anonymousMemory(pid: number | undefined): number {
  const text = pid === undefined ? '' : readProc(`/proc/${pid}/status`);
  return Number(/^RssAnon:\s*(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024;
}

/** A file of /proc; empty where there is none. */
export function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
