import { readBulk, type BulkHandler } from './bulk-read.ts';
import { Conversation, type Answer, type TooLarge } from './conversation.ts';
import { missingObject, type Place } from './errors.ts';
import { grepBlobs } from './grep.ts';

export type { TooLarge } from './conversation.ts';

export interface ReadAllOptions {
  /** How many git children read; two by default. */
  children?: number;
  maxBytes: number;
  /**
   * Called for each blob, in the order of the list but for the children's shares, which come in
   * parallel. `body` is only lent: its bytes are overwritten once the callback returns.
   */
  onBlob(index: number, body: Buffer): void;
  /** A blob of more than `maxBytes`; passed over in silence when not given. */
  onTooLarge?(index: number, size: number): void;
  /** No such object, or one that is no blob; without it, that is a UserError. */
  onMissing?(index: number): void;
}

export interface ReadHoldingOptions extends ReadAllOptions {
  /** None of them is empty or has a newline; matched as they stand. */
  words: readonly string[];
  /** A blob that holds none of them. */
  onWithout(index: number): void;
}

/** To start a child takes as long as to read some hundred objects. */
const FEW = 512;

/** git goes through each blob once for each word: for more than these, it is quicker to read them. */
const MOST_WORDS = 64;

const CHILDREN = 2;

/** For some blobs of a list: tells of each by its place in the whole. */
function inPlacesOf(places: readonly number[], options: ReadAllOptions): ReadAllOptions {
  return {
    ...options,
    onBlob: (n, body) => {
      options.onBlob(places[n]!, body);
    },
    onTooLarge: (n, size) => options.onTooLarge?.(places[n]!, size),
    ...(options.onMissing && { onMissing: (n) => options.onMissing?.(places[n]!) }),
  };
}

/**
 * Reads objects of one repository: a few now and then through a `git cat-file --batch` child that
 * stays, many at once through children of their own. An object's size is known, and checked, before
 * its body is held.
 */
export class ObjectReader {
  private readonly place: Place;
  private conversation: Conversation | undefined;
  private closing = new AbortController();

  constructor(place: Place) {
    this.place = place;
  }

  /**
   * The body of a blob, which is the caller's to keep.
   *
   * @throws UserError when the repository has no such blob, or is damaged
   */
  async read(oid: string, options: { maxBytes: number }): Promise<Buffer | TooLarge> {
    const object = await this.find(oid, options.maxBytes);
    if (object === undefined) throw missingObject(this.place, oid);
    if ('tooLarge' in object) return object;
    if (object.type !== 'blob')
      throw missingObject(this.place, oid, `a ${object.type}, not a blob`);
    return object.body;
  }

  /**
   * Any object by name (`v6.12^{commit}`, an object id); undefined when there is none, which is also
   * the answer to a name that git cannot be asked for.
   */
  async find(name: string, maxBytes: number): Promise<Answer> {
    if (name === '' || /[\n\r\0]/.test(name)) return undefined;
    if (this.conversation?.isOpen !== true) this.conversation = new Conversation(this.place);
    return this.conversation.ask(name, maxBytes);
  }

  /**
   * Reads many blobs. Ask for them by path, oldest release first: git then finds each delta's base
   * in its cache, which is several times as fast as the order of ids.
   */
  async readAll(oids: readonly string[], options: ReadAllOptions): Promise<void> {
    const { children = CHILDREN, maxBytes } = options;
    if (oids.length <= FEW) return this.readFew(oids, options);
    const missing = (index: number) => {
      if (!options.onMissing) throw missingObject(this.place, oids[index]!);
      options.onMissing(index);
    };
    const handler: BulkHandler = {
      wants: (index, _oid, type, size) => {
        if (type !== 'blob') missing(index);
        else if (size > maxBytes) options.onTooLarge?.(index, size);
        else return true;
        return false;
      },
      body: (index, bytes) => {
        options.onBlob(index, bytes);
      },
      missing,
    };
    await readBulk(this.place, oids, children, handler, this.closing.signal);
  }

  /**
   * Reads, of many blobs, those that hold one of some words, and tells which do not: these are searched by
   * git, and not brought here. A blob that holds none may be read nevertheless, as all
   * are of a short list, or for very many words.
   */
  async readHolding(oids: readonly string[], options: ReadHoldingOptions): Promise<void> {
    if (oids.length <= FEW || options.words.length > MOST_WORDS) return this.readAll(oids, options);
    const reading: Promise<void>[] = [];
    await grepBlobs(this.place, oids, {
      words: options.words,
      maxBytes: options.maxBytes,
      children: options.children ?? CHILDREN,
      closing: this.closing.signal,
      onSearched: ({ from, to }, holding) => {
        const list = holding.map((index) => oids[index]!);
        const read = this.readAll(list, inPlacesOf(holding, options));
        // What fails does so for who waits for the end.
        read.catch(() => undefined);
        reading.push(read);
        const isHolding = new Set(holding);
        for (let index = from; index < to; index++) {
          if (!isHolding.has(index)) options.onWithout(index);
        }
      },
    });
    await Promise.all(reading);
  }

  /** The same for a list that is not worth children of its own. */
  private async readFew(oids: readonly string[], options: ReadAllOptions): Promise<void> {
    const take = async (oid: string, index: number) => {
      const answer = await this.find(oid, options.maxBytes);
      if (answer !== undefined && 'tooLarge' in answer) options.onTooLarge?.(index, answer.size);
      else if (answer?.type === 'blob') options.onBlob(index, answer.body);
      else if (options.onMissing) options.onMissing(index);
      else throw missingObject(this.place, oid);
    };
    await Promise.all(oids.map(take));
  }

  /** Ends the child that stays, and what is still being read; a later read starts another. */
  async close(): Promise<void> {
    this.closing.abort();
    this.closing = new AbortController();
    await this.conversation?.end();
  }
}
