import type { ObjectReader } from '../git/objects.ts';

/** The largest blob that is read as text; the kernel's largest sources are a third of it. */
export const MAX_TEXT = 32 * 1024 * 1024;

/** Texts of this size and less are kept: Makefiles and headers, which releases share. */
const KEPT = 65_536;

/** Texts of blobs and searches through many of them, by object id, each read once. */
export class BlobTexts {
  private readonly reader: ObjectReader;
  private readonly kept = new Map<string, string>();
  private readonly searched = new Map<string, string[]>();

  constructor(reader: ObjectReader) {
    this.reader = reader;
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

  /** Calls `use` with the text of each blob, in no order that counts. */
  async each(oids: readonly string[], use: (oid: string, text: string) => void): Promise<void> {
    const distinct = [...new Set(oids)];
    await this.reader.readAll(distinct, {
      maxBytes: MAX_TEXT,
      onBlob: (index, body) => {
        use(distinct[index]!, body.toString('utf8'));
      },
    });
  }

  /** Which of `words` each blob holds; a blob that holds none is left out. */
  async search(oids: readonly string[], words: readonly string[]): Promise<Map<string, string[]>> {
    const key = words.join('\0');
    const found = new Map<string, string[]>();
    const unread = [...new Set(oids)].filter((oid) => !this.searched.has(`${oid}\0${key}`));
    await this.reader.readAll(unread, {
      maxBytes: MAX_TEXT,
      onBlob: (index, body) => {
        const held = words.filter((word) => body.includes(word));
        this.searched.set(`${unread[index]!}\0${key}`, held);
      },
    });
    for (const oid of oids) {
      const held = this.searched.get(`${oid}\0${key}`);
      if (held && held.length > 0) found.set(oid, held);
    }
    return found;
  }
}
