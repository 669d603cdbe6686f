import type { Cache } from '../data/cache/cache.ts';

type Stamps = Pick<Cache, 'stamp' | 'putStamp'>;
type ByBlob<T> = Partial<Record<string, T>>;

/** As long as there is so much more in the main piece, what is new is put beside it. */
const MUCH_MORE = 4;

/**
 * Small things that were found out of thousands of blobs, kept from run to run: what a new release
 * shares with the one before need not be read again. They are in one piece, beside which stands the
 * little that a few runs have added: the whole is not written each time.
 */
export class KeptByBlob<T> {
  private readonly cache: Stamps;
  private readonly name: string;
  private readonly addition: string;
  private readonly main: ByBlob<T>;
  private readonly added: ByBlob<T>;
  private readonly used = new Map<string, T>();
  private isNew = false;

  /** `name` says what is kept; everything under it is of one form. */
  constructor(cache: Stamps, name: string) {
    this.cache = cache;
    this.name = name;
    this.addition = `${name}, added`;
    this.main = cache.stamp(name) ?? {};
    this.added = cache.stamp(this.addition) ?? {};
  }

  get(oid: string): T | undefined {
    let value = this.used.get(oid);
    if (value === undefined) {
      // A value may be null, and is there then.
      value = this.added[oid];
      if (value === undefined) value = this.main[oid];
      if (value !== undefined) this.used.set(oid, value);
    }
    return value;
  }

  set(oid: string, value: T): void {
    this.used.set(oid, value);
    this.added[oid] = value;
    this.isNew = true;
  }

  /**
   * Keeps what was asked for or set in this run, or only what is of `oids`. The rest, which is of older
   * releases, is forgotten when the whole is written.
   */
  save(oids: Iterable<string> = this.used.keys()): void {
    if (!this.isNew) return;
    this.isNew = false;
    if (sizeOf(this.added) * MUCH_MORE <= sizeOf(this.main)) {
      this.cache.putStamp(this.addition, this.added);
      return;
    }
    const kept = [...new Set(oids)].flatMap((oid) => {
      const value = this.get(oid);
      return value === undefined ? [] : [[oid, value] as const];
    });
    this.cache.putStamp(this.name, Object.fromEntries(kept));
    this.cache.putStamp(this.addition, {});
  }
}

function sizeOf(kept: ByBlob<unknown>): number {
  return Object.keys(kept).length;
}
