import { BatchParser } from './batch-parser.ts';
import { gitDied, type Place } from './errors.ts';
import { BASES, KEPT_MEMORY } from './memory.ts';
import { spawnGit } from './process.ts';

/** What is told of each object, by its place in the list that was asked for. */
export interface BulkHandler {
  /** True to be given the body; false to let it pass by. */
  wants(index: number, oid: string, type: string, size: number): boolean;
  /** The bytes are overwritten once this returns. */
  body(index: number, bytes: Buffer): void;
  missing(index: number): void;
}

/** Neighbours go to the same child, for its cache of delta bases. */
const RUN = 512;

/**
 * Asks `git cat-file --batch --buffer` children for objects, runs of the list at a time, and hands
 * each on as it comes: no promise for each, nothing held. A child that is done with a run gets the next
 * that nobody has; each keeps the order of its runs.
 *
 * @param closing ends the children when it comes
 * @throws UserError when a child ends before it has answered: a damaged pack, no memory, a kill
 */
export async function readBulk(
  place: Place,
  oids: readonly string[],
  children: number,
  handler: BulkHandler,
  closing?: AbortSignal,
): Promise<void> {
  const lanes = Math.max(1, Math.min(children, Math.ceil(oids.length / RUN)));
  if (oids.length === 0) return;
  const stopping = new AbortController();
  let dealt = 0;
  const deal = () => (dealt * RUN < oids.length ? RUN * dealt++ : undefined);
  const signal = AbortSignal.any([stopping.signal, ...(closing ? [closing] : [])]);
  const reading = Array.from({ length: lanes }, () => readLane(place, oids, deal, handler, signal));
  try {
    await Promise.all(reading);
  } finally {
    stopping.abort();
    await Promise.allSettled(reading);
  }
}

/** @param deal gives the place of a run that is to be read, and undefined when there is none left */
async function readLane(
  place: Place,
  oids: readonly string[],
  deal: () => number | undefined,
  handler: BulkHandler,
  stopping: AbortSignal,
): Promise<void> {
  /** Where each run of this lane begins; all are of one length, but for the last of the list. */
  const runs: number[] = [];
  let asked = 0;
  let answered = 0;
  const index = () => runs[Math.floor(answered / RUN)]! + (answered % RUN);
  let failure: { error: unknown } | undefined;
  const next = () => {
    answered++;
    if (answered % RUN === 0) ask();
  };
  const parser = new BatchParser({
    wants: (oid, type, size) => {
      const wanted = handler.wants(index(), oid, type, size);
      if (!wanted) next();
      return wanted;
    },
    body: (bytes) => {
      handler.body(index(), bytes);
      next();
    },
    missing: () => {
      handler.missing(index());
      next();
    },
  });
  const args = ['-c', BASES, 'cat-file', '--batch', '--buffer'];
  const { process: child, ended } = spawnGit(place.gitDir, args, KEPT_MEMORY);
  const kill = () => child.kill('SIGKILL');
  child.stdout.on('data', (bytes: Buffer) => {
    if (failure) return;
    try {
      parser.feed(bytes);
    } catch (error) {
      failure = { error };
      kill();
    }
  });
  stopping.addEventListener('abort', kill);
  if (stopping.aborted) kill();
  // Of two runs the one is read while the other waits: an answer stays in git's buffer until there is
  // more to write, but never as many as a run has.
  const ask = () => {
    const start = deal();
    if (start === undefined) {
      child.stdin.end();
    } else {
      const run = oids.slice(start, start + RUN);
      runs.push(start);
      asked += run.length;
      child.stdin.write(`${run.join('\n')}\n`);
    }
  };
  ask();
  ask();
  const ending = await ended;
  if (failure) throw failure.error;
  const unanswered = answered < asked ? oids[index()] : undefined;
  if (unanswered !== undefined || ending.code !== 0) throw gitDied(place, ending, unanswered);
}
