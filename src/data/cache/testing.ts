import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import { temporaryFolder } from '../../../tests/faults/snapshot.ts';
import { openCache, type Cache } from './cache.ts';

/** A cache for each test of a file, in a folder that is not there yet. */
export class TestCache {
  readonly base = temporaryFolder();
  readonly version = 'parser 1';
  dir = '';

  constructor() {
    let count = 0;
    beforeEach(() => {
      this.dir = join(this.base, `${++count}`);
    });
    afterAll(() => {
      rmSync(this.base, { recursive: true });
    });
  }

  open(version = this.version): Promise<Cache> {
    return openCache(this.dir, version);
  }

  /** Files of the cache whose path has `part` in it. */
  filesWith(part: string): string[] {
    return readdirSync(this.dir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(this.dir, name))
      .filter((path) => path.includes(part) && statSync(path).isFile())
      .sort();
  }

  /** Adds `ids` in one frame. */
  async addEmpty(...ids: string[]): Promise<void> {
    const cache = await this.open();
    for (const id of ids) cache.addEmpty(id);
    cache.flush();
  }
}

/** An invented blob id. */
export function oid(n: number, hash = 'sha1'): string {
  return createHash(hash).update(String(n)).digest('hex');
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

/** Whether the cache takes the blob of an id in hexadecimal for empty. */
export function isEmpty(cache: Cache, id: string): boolean {
  const words = new Uint32Array(Uint8Array.from(Buffer.from(id, 'hex')).buffer);
  return cache.isEmpty({ words, width: words.length }, 0);
}
