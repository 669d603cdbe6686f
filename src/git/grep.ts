import { createInterface } from 'node:readline';
import { endWithUs } from './children.ts';
import { gitDied, type Place } from './errors.ts';
import { BASES, KEPT_MEMORY } from './memory.ts';
import { spawnGit, type GitChild } from './process.ts';
import { scratchObjects } from './scratch-objects.ts';

/** A part of a list, `from` to before `to`. */
export interface Run {
  from: number;
  to: number;
}

export interface GrepOptions {
  /** A blob is sought that holds one of them, as it stands; none is empty or has a newline. */
  words: readonly string[];
  /** A larger blob is not looked into. */
  maxBytes: number;
  /** How many git children search. */
  children: number;
  /**
   * Told of each run once it was searched.
   *
   * @param holding places of its blobs that hold a word; of all its blobs, where git could not tell: one
   *   of them is too large, missing, damaged
   */
  onSearched(run: Run, holding: readonly number[]): void;
  /** Ends the children when it comes; what they had not searched is not told then. */
  closing: AbortSignal;
}

/** Starts git, with something more in its environment. */
type Start = (args: readonly string[], env: Record<string, string>) => GitChild;

/** Blobs of a run: enough that starting a child for it does not matter, and what one answer may wait for. */
const FEWEST = 1024;
const MOST = 16_384;

/** How a child ends that was stopped. */
const STOPPED = { stderr: '', code: null, signal: 'SIGKILL' };

/**
 * Has git tell which of many blobs hold a word: what holds none, as most do, need not leave git at all.
 *
 * `git grep` searches trees, and takes no list of blobs; so there is a tree for each run of the list, made
 * by `git mktree` beside the repository. The blobs stand in it by their places in the list: asked for by
 * path, oldest release first, git finds each delta's base in its cache.
 */
export async function grepBlobs(
  place: Place,
  oids: readonly string[],
  options: GrepOptions,
): Promise<void> {
  const { children } = options;
  const runs = runsOf(oids.length, children);
  const scratch = await scratchObjects(place).catch(() => null);
  if (scratch === null) {
    for (const run of runs) options.onSearched(run, placesIn(run));
    return;
  }
  const stopping = new AbortController();
  const stop = AbortSignal.any([stopping.signal, options.closing]);
  const start: Start = (args, env) =>
    endedBy(stop, spawnGit(place.gitDir, args, { ...scratch.env, ...env }));
  const nextTree = treesOf(start, oids, runs, children);
  let dealt = 0;
  const lane = async (): Promise<void> => {
    for (let run = runs[dealt++]; run !== undefined; run = runs[dealt++]) {
      const tree = await nextTree();
      const holding = tree === undefined ? null : await searchTree(start, tree, options);
      if (stop.aborted) throw gitDied(place, STOPPED);
      options.onSearched(run, holding ?? placesIn(run));
    }
  };
  const lanes = Array.from({ length: children }, lane);
  try {
    await Promise.all(lanes);
  } finally {
    stopping.abort();
    await Promise.allSettled(lanes);
    scratch.remove();
  }
}

/** A child that ends when `stop` comes. */
function endedBy(stop: AbortSignal, child: GitChild): GitChild {
  // A search prints nothing for long, and would not notice that nobody listens any more.
  endWithUs(child.process);
  const kill = () => child.process.kill('SIGKILL');
  stop.addEventListener('abort', kill);
  if (stop.aborted) kill();
  const ended = child.ended.finally(() => {
    stop.removeEventListener('abort', kill);
  });
  return { ...child, ended };
}

/** Large runs first and small ones last, so that all children end together. */
function runsOf(length: number, children: number): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < length; from = runs.at(-1)!.to) {
    const share = Math.ceil((length - from) / (1.5 * children));
    const size = Math.min(Math.max(share, FEWEST), MOST);
    runs.push({ from, to: Math.min(from + size, length) });
  }
  return runs;
}

function placesIn({ from, to }: Run): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/**
 * Makes a tree of each run, some ahead of those that are asked for.
 *
 * @returns gives the next one's id; undefined when git has failed
 */
function treesOf(
  start: Start,
  oids: readonly string[],
  runs: readonly Run[],
  ahead: number,
): () => Promise<string | undefined> {
  const { process: child, ended } = start(['mktree', '--batch', '--missing', '-z'], {});
  // When it cannot be started, it prints no id.
  ended.catch(() => undefined);
  const ids = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let made = 0;
  const make = () => {
    const run = runs[made++];
    if (run === undefined) child.stdin.end();
    else child.stdin.write(treeOf(oids, run));
  };
  for (let i = 0; i < ahead; i++) make();
  return async () => {
    make();
    const id = await ids.next();
    return id.done === true ? undefined : id.value;
  };
}

/** What `git mktree -z --batch` makes a run's tree of. Names are of one length, so as to keep the order. */
function treeOf(oids: readonly string[], { from, to }: Run): string {
  let entries = '';
  for (let i = from; i < to; i++) {
    entries += `100644 blob ${oids[i]!}\t${String(i).padStart(10, '0')}\0`;
  }
  return `${entries}\0`;
}

/** The places of blobs in a tree that hold one of the words; null where git cannot tell of all of them. */
async function searchTree(
  start: Start,
  tree: string,
  { words, maxBytes }: GrepOptions,
): Promise<number[] | null> {
  const { process: child, ended } = start(
    [
      ...['-c', BASES, 'grep', '-l', '-z', '-F', '--text', '--threads=1'],
      ...['--no-color', '--no-textconv', '--no-recurse-submodules'],
      // An id that git has just made, and never an option.
      ...['-f', '-', tree, '--'],
    ],
    // For git's own tests, but git holds to it: what is larger is not brought into memory, and grep says so.
    { ...KEPT_MEMORY, GIT_ALLOC_LIMIT: String(maxBytes + 1) },
  );
  // A name out of the kernel's source may be longer than an argument can be.
  child.stdin.end(words.map((word) => `${word}\n`).join(''));
  let names = '';
  child.stdout.setEncoding('latin1').on('data', (text: string) => {
    names += text;
  });
  const { code, stderr } = await ended;
  // 1 is for nothing found. Of a blob that it cannot read, grep complains, and goes on.
  if ((code !== 0 && code !== 1) || stderr !== '') return null;
  return names
    .split('\0')
    .slice(0, -1)
    .map((name) => Number(name.slice(tree.length + 1)));
}
