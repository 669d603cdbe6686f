import type { Cache } from '../data/cache/cache.ts';
import type { ObjectReader } from '../git/objects.ts';
import { KeptByBlob } from './kept-by-blob.ts';

/** The largest blob that is read as text; the kernel's largest sources are a third of it. */
export const MAX_TEXT = 32 * 1024 * 1024;

/** Texts of this size and less are kept: Makefiles and headers, which releases share. */
const KEPT = 65_536;

/** Texts of blobs and searches through many of them, by object id, each read once. */
export class BlobTexts {
  private readonly reader: ObjectReader;
  private readonly kept = new Map<string, string>();
  private readonly cache: Cache;
  /** What was found of some words, by the words. */
  private readonly searches = new Map<string, KeptByBlob<string[]>>();

  constructor(reader: ObjectReader, cache: Cache) {
    this.reader = reader;
    this.cache = cache;
  }

  /** The blob's text, bytes that are not UTF-8 replaced; undefined when it is too large to be text. */
  async text(oid: string): Promise<string | undefined> {
    const kept = this.kept.get(oid);
    if (kept !== undefined) return kept;
    const body = await this.reader.read(oid, { maxBytes: MAX_TEXT });
    if (!Buffer.isBuffer(body)) return undefined;
    const text = body.toString('utf8');
    if (text.length <= KEPT) this.kept.set(oid, text);
    return text;
  }

  /** Which of `words` each blob holds; a blob that holds none is left out. */
  async search(oids: readonly string[], words: readonly string[]): Promise<Map<string, string[]>> {
    const searched = this.searchOf(words);
    const found = new Map<string, string[]>();
    const unread = [...new Set(oids)].filter((oid) => searched.get(oid) === undefined);
    await this.reader.readAll(unread, {
      maxBytes: MAX_TEXT,
      onBlob: (index, body) => {
        searched.set(
          unread[index]!,
          words.filter((word) => body.includes(word)),
        );
      },
    });
    for (const oid of oids) {
      const held = searched.get(oid);
      if (held && held.length > 0) found.set(oid, held);
    }
    return found;
  }

  /** Keeps what was found for later runs. */
  save(): void {
    for (const search of this.searches.values()) search.save();
  }

  private searchOf(words: readonly string[]): KeptByBlob<string[]> {
    const name = `search for ${words.join(' ')}`;
    let search = this.searches.get(name);
    if (search === undefined) {
      search = new KeptByBlob(this.cache, name);
      this.searches.set(name, search);
    }
    return search;
  }
}
