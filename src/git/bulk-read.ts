import { BatchParser } from './batch-parser.ts';
import { gitDied, type Place } from './errors.ts';
import { pourGit } from './process.ts';

/** What is told of each object, by its place in the list that was asked for. */
export interface BulkHandler {
  /** True to be given the body; false to let it pass by. */
  wants(index: number, oid: string, type: string, size: number): boolean;
  /** The bytes are overwritten once this returns. */
  body(index: number, bytes: Buffer): void;
  missing(index: number): void;
}

/** Neighbours go to the same child, for its cache of delta bases; longer runs gain nothing. */
const RUN = 1024;

/**
 * Asks `git cat-file --batch --buffer` children for objects, runs of the list by turns, and hands
 * each on as it comes: no promise for each, nothing held. Each child keeps the order of its runs.
 *
 * @throws UserError when a child ends before it has answered: a damaged pack, no memory, a kill
 */
export async function readBulk(
  place: Place,
  oids: readonly string[],
  children: number,
  handler: BulkHandler,
): Promise<void> {
  const lanes = Math.max(1, Math.min(children, Math.ceil(oids.length / RUN)));
  if (oids.length === 0) return;
  const stopping = new AbortController();
  const reading = Array.from({ length: lanes }, (_, lane) =>
    readLane(place, oids, { lane, lanes }, handler, stopping.signal),
  );
  try {
    await Promise.all(reading);
  } finally {
    stopping.abort();
    await Promise.allSettled(reading);
  }
}

/** The k-th object of a lane, as an index of the whole list: runs are dealt out like cards. */
function globalIndex(k: number, { lane, lanes }: { lane: number; lanes: number }): number {
  return (Math.floor(k / RUN) * lanes + lane) * RUN + (k % RUN);
}

async function readLane(
  place: Place,
  oids: readonly string[],
  share: { lane: number; lanes: number },
  handler: BulkHandler,
  stopping: AbortSignal,
): Promise<void> {
  let answered = 0;
  let failure: { error: unknown } | undefined;
  const parser = new BatchParser({
    wants: (oid, type, size) => {
      const wanted = handler.wants(globalIndex(answered, share), oid, type, size);
      if (!wanted) answered++;
      return wanted;
    },
    body: (bytes) => {
      handler.body(globalIndex(answered++, share), bytes);
    },
    missing: () => {
      handler.missing(globalIndex(answered++, share));
    },
  });
  const child = await pourGit(place.gitDir, ['cat-file', '--batch', '--buffer'], (bytes) => {
    if (failure) return;
    try {
      parser.feed(bytes);
    } catch (error) {
      failure = { error };
      child.kill();
    }
  });
  stopping.addEventListener('abort', child.kill);
  if (stopping.aborted) child.kill();
  ask(child.stdin, oids, share);
  const ending = await child.ended;
  if (failure) throw failure.error;
  const next = globalIndex(answered, share);
  if (next < oids.length || ending.code !== 0) throw gitDied(place, ending, oids[next]);
}

/** Writes the names of a lane's objects, a run at a time, as fast as git takes them. */
function ask(
  stdin: NodeJS.WritableStream,
  oids: readonly string[],
  { lane, lanes }: { lane: number; lanes: number },
): void {
  let start = lane * RUN;
  const write = () => {
    while (start < oids.length) {
      const run = `${oids.slice(start, start + RUN).join('\n')}\n`;
      start += lanes * RUN;
      if (!stdin.write(run)) {
        stdin.once('drain', write);
        return;
      }
    }
    stdin.end();
  };
  write();
}
