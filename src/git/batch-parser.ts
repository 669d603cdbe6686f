/** What `git cat-file --batch` says, answer by answer, in the order of the questions. */
export interface BatchHandler {
  /** An object comes: true to be given its body, false to let it pass by. */
  wants(oid: string, type: string, size: number): boolean;
  /** The body that was wanted. The bytes are overwritten once this returns. */
  body(bytes: Buffer): void;
  /** There is no such object; `answer` is git's line. */
  missing(answer: string): void;
}

/** Longer than any header: a name that was asked for comes back in the answer `<name> missing`. */
const LONGEST_HEADER = 65_536;
/** A larger buffer is given back after the body that needed it. */
const BUFFER_KEPT = 4 << 20;
const NEWLINE = 0x0a;
const header = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/;

/**
 * Reads the output of `git cat-file --batch` (git-cat-file(1), "BATCH OUTPUT") as it arrives:
 *
 *     <oid> blob 5⏎hello⏎<oid> missing⏎
 *
 * A body that lies within one chunk is handed on as it is, without a copy; one that spans chunks is
 * put together in a buffer that all bodies share, since fresh memory for each costs more than the
 * copy.
 */
export class BatchParser {
  private readonly handler: BatchHandler;
  private headerStart = '';
  /** Bytes of the body, and its newline, that are still to come; 0 while a header is. */
  private remaining = 0;
  private size = 0;
  private wanted = false;
  private buffer = Buffer.allocUnsafe(1 << 18);

  constructor(handler: BatchHandler) {
    this.handler = handler;
  }

  feed(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      at = this.remaining === 0 ? this.takeHeader(chunk, at) : this.takeBody(chunk, at);
    }
  }

  private takeHeader(chunk: Buffer, at: number): number {
    const end = chunk.indexOf(NEWLINE, at);
    const line = this.headerStart + chunk.toString('latin1', at, end === -1 ? chunk.length : end);
    if (end === -1) {
      if (line.length > LONGEST_HEADER) throw new Error('git cat-file gave a header without end');
      this.headerStart = line;
      return chunk.length;
    }
    this.headerStart = '';
    const match = header.exec(line);
    if (match === null) {
      this.handler.missing(line);
    } else {
      this.size = Number(match[3]);
      this.remaining = this.size + 1;
      this.wanted = this.handler.wants(match[1]!, match[2]!, this.size);
      if (this.wanted && this.size > this.buffer.length) {
        this.buffer = Buffer.allocUnsafe(2 ** Math.ceil(Math.log2(this.size)));
      }
    }
    return end + 1;
  }

  private takeBody(chunk: Buffer, at: number): number {
    const taken = Math.min(this.remaining, chunk.length - at);
    const isWhole = taken === this.size + 1;
    if (this.wanted && !isWhole) {
      const filled = this.size + 1 - this.remaining;
      chunk.copy(this.buffer, filled, at, at + Math.min(taken, this.size - filled));
    }
    this.remaining -= taken;
    if (this.remaining === 0 && this.wanted) {
      this.handler.body(
        isWhole ? chunk.subarray(at, at + this.size) : this.buffer.subarray(0, this.size),
      );
      if (this.buffer.length > BUFFER_KEPT) this.buffer = Buffer.allocUnsafe(BUFFER_KEPT);
    }
    return at + taken;
  }
}
