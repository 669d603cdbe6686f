import type { Cache } from '../data/cache/cache.ts';

type Stamps = Pick<Cache, 'stamp' | 'putStamp'>;

/**
 * Small things that were found out of thousands of blobs, kept in one piece from run to run: what a
 * new release shares with the one before need not be read again.
 */
export class KeptByBlob<T> {
  private readonly cache: Stamps;
  private readonly name: string;
  private readonly earlier: Partial<Record<string, T>>;
  private readonly used = new Map<string, T>();
  private isNew = false;

  /** `name` says what is kept; everything under it is of one form. */
  constructor(cache: Stamps, name: string) {
    this.cache = cache;
    this.name = name;
    this.earlier = cache.stamp(name) ?? {};
  }

  get(oid: string): T | undefined {
    let value = this.used.get(oid);
    if (value === undefined && Object.hasOwn(this.earlier, oid)) {
      value = this.earlier[oid]!;
      this.used.set(oid, value);
    }
    return value;
  }

  set(oid: string, value: T): void {
    this.used.set(oid, value);
    this.isNew = true;
  }

  /**
   * Keeps what was asked for or set in this run, or only what is of `oids`, and forgets the rest, which
   * is of older releases.
   */
  save(oids: Iterable<string> = this.used.keys()): void {
    if (!this.isNew) return;
    const kept = [...new Set(oids)].flatMap((oid) => {
      const value = this.get(oid);
      return value === undefined ? [] : [[oid, value] as const];
    });
    this.cache.putStamp(this.name, Object.fromEntries(kept));
    this.isNew = false;
  }
}
