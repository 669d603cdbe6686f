import { mkdir, readdir, readFile, rmdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../user-error.ts';
import { errorCode, unless } from './file-errors.ts';

export interface Lock {
  release(): Promise<void>;
}

/** Locks of this process, by path: a file of ours that is not here was left by an older process. */
const held = new Set<string>();

/**
 * Takes the dataset's folder of work for this process alone, or throws a UserError that names the process
 * that has it after `waitMs`.
 *
 * Each process writes a file of its own, `lock-<pid>-<start time>`, and only then looks for others: of
 * two at once at least one sees the other, and whoever sees a living other steps back. Since no two
 * processes share a name, the file of a dead one can be removed at any time without harm.
 *
 * @param what what is written there, for the message
 */
export async function takeLock(work: string, waitMs: number, what = 'the dataset'): Promise<Lock> {
  const name = `lock-${process.pid}-${(await startTime(process.pid)) ?? '0'}`;
  const path = join(work, name);
  const deadline = Date.now() + waitMs;
  for (;;) {
    const other = await tryLock(work, name);
    if (other === null) {
      return {
        release: async () => {
          held.delete(path);
          await unless(['ENOENT'], undefined, () => unlink(path));
          await unless(['ENOENT', 'ENOTEMPTY', 'EEXIST'], undefined, () => rmdir(work));
        },
      };
    }
    if (Date.now() >= deadline) {
      throw new UserError(
        `Another kfunc-atlas (process ${other}) is writing ${what} in ${join(work, '..')}: try again when it has ended.`,
      );
    }
    await sleep(20 + Math.random() * 60);
  }
}

/** null when the lock is ours now, else the process that has it. */
async function tryLock(work: string, name: string): Promise<number | null> {
  const path = join(work, name);
  if (held.has(path)) return process.pid;
  held.add(path);
  let other: number | null = process.pid;
  try {
    await writeLock(work, path);
    other = await livingOther(work, name);
    return other;
  } finally {
    if (other !== null) {
      held.delete(path);
      await unless(['ENOENT'], undefined, () => unlink(path));
    }
  }
}

async function writeLock(work: string, path: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    await mkdir(work, { recursive: true });
    const written = await unless(['ENOENT'], 'gone', () => writeFile(path, ''));
    // Another process that ended just now may have removed the folder, empty as it was.
    if (written !== 'gone') return;
  }
  throw new UserError(`Cannot keep a lock in ${work}: it is removed again and again.`);
}

async function livingOther(work: string, own: string): Promise<number | null> {
  for (const file of await readdir(work)) {
    const [, pid, start] = /^lock-(\d+)-(\d+)$/.exec(file) ?? [];
    if (pid === undefined || start === undefined || file === own) continue;
    if (await isAlive(Number(pid), start)) return Number(pid);
    await unless(['ENOENT'], undefined, () => unlink(join(work, file)));
  }
  return null;
}

async function isAlive(pid: number, start: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // ESRCH: there is none. EPERM: there is one, of another user.
    if (errorCode(error) !== 'EPERM') return false;
  }
  const now = await startTime(pid);
  return now === null || start === '0' || now === start;
}

/**
 * When a process began, in ticks since boot (proc(5), /proc/pid/stat field 22): it tells a process
 * from a later one that was given the same number. null where there is no /proc.
 */
async function startTime(pid: number): Promise<string | null> {
  const stat = await unless(['ENOENT', 'ESRCH', 'EACCES', 'ENOTDIR'], null, () =>
    readFile(`/proc/${pid}/stat`, 'utf8'),
  );
  // The name, in parentheses, may hold blanks and parentheses itself.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}
