import type { ObjectReader } from '../git/objects.ts';

/** The largest blob that is read as text; the kernel's largest sources are a third of it. */
export const MAX_TEXT = 32 * 1024 * 1024;

/** Texts of this size and less are kept: Makefiles and headers, which releases share. */
const KEPT = 65_536;

/** Texts of blobs, by object id, each read once. */
export class BlobTexts {
  private readonly reader: ObjectReader;
  private readonly kept = new Map<string, string>();

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
}
