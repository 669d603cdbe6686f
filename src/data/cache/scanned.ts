import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { isAbsent } from '../file-errors.ts';
import { writeAtomically } from './entries.ts';
import type { CacheHealth } from './health.ts';
import { OidTable, type OidRows } from './oid-table.ts';

/** Ids of blobs that were scanned and hold nothing of interest. */
export interface ScannedSet {
  /** Reads what is on disk, as the first question does. */
  load(): void;
  /** By its place among others: a tree's ids are asked for by the hundred thousand. */
  has(ids: OidRows, index: number): boolean;
  /** `oid` is 40 or 64 hex digits, in lower case. Is on disk after the next flush. */
  add(oid: string): void;
  flush(): void;
}

/*
 * A file holds frames, one a flush, each appended by one write:
 *
 *     mark (8) | crc32 (4) | bytes of ids (4) | ids (20 or 32 each)
 *
 * The crc32 covers the version, the length of the ids and the ids. After a frame that was cut the reader goes on at the
 * next mark, so that a run that was killed costs no more than what it was writing.
 */
const mark = Buffer.from('\x89kfscan1', 'latin1');
const headLength = mark.length + 8;
/** Ids that are held back at most. */
const flushEvery = 50_000;
/** More frames than this are made one. */
const mostFrames = 64;

export function scannedIn(dir: string, version: string, health: CacheHealth): ScannedSet {
  const widths = new Map<number, ReturnType<typeof openWidth>>();
  const ofBytes = (bytes: number) => {
    let width = widths.get(bytes);
    if (width === undefined) {
      if (bytes !== 20 && bytes !== 32) return undefined;
      widths.set(bytes, (width = openWidth(dir, version, bytes, health)));
    }
    return width;
  };
  return {
    load: () => {
      // Almost always of SHA-1; others wait for the first question.
      ofBytes(20);
    },
    has: ({ words, width }, index) => ofBytes(width * 4)?.table.has(words, index * width) ?? false,
    add: (oid) => {
      const width = ofBytes(oid.length / 2);
      if (width === undefined || !decode(oid)) return;
      if (width.table.add(decoded) && width.pending() >= flushEvery) width.flush();
    },
    flush: () => {
      for (const width of widths.values()) width.flush();
    },
  };
}

function openWidth(dir: string, version: string, bytes: number, health: CacheHealth) {
  const path = join(dir, `scanned-${bytes}`);
  const { table, frames, damaged } = load(path, version, bytes);
  health.damaged += damaged;
  let written = table.size;
  // A file with many frames, or with damage, is written anew: once, by the first flush.
  let anew = damaged > 0 || frames > mostFrames;
  return {
    table,
    pending: () => table.size - written,
    flush: () => {
      if (health.unwritable !== null || (table.size === written && !anew)) return;
      try {
        if (anew) writeAtomically(dir, path, frameOf(version, table.rows()));
        else append(path, frameOf(version, table.rows(written)));
        anew = false;
        written = table.size;
      } catch (error) {
        health.gaveUp(error);
      }
    },
  };
}

function load(
  path: string,
  version: string,
  bytes: number,
): { table: OidTable; frames: number; damaged: number } {
  let file: Buffer;
  try {
    file = readFileSync(path);
  } catch (error) {
    const damaged = isAbsent(error) ? 0 : 1;
    return { table: new OidTable(bytes), frames: 0, damaged };
  }
  const table = new OidTable(bytes, Math.ceil(file.length / bytes));
  let frames = 0;
  let damaged = 0;
  for (let at = 0; at < file.length;) {
    const ids = frameAt(file, at, version, bytes);
    if (ids === null) {
      damaged++;
      const next = file.indexOf(mark, at + 1);
      at = next < 0 ? file.length : next;
      continue;
    }
    frames++;
    table.addAll(ids);
    at += headLength + ids.byteLength;
  }
  return { table, frames, damaged };
}

/** The ids of the frame that begins at `at`; null when there is none that is whole. */
function frameAt(file: Buffer, at: number, version: string, bytes: number): Uint32Array | null {
  if (file.length < at + headLength || file.compare(mark, 0, mark.length, at, at + mark.length)) {
    return null;
  }
  const sum = file.readUInt32LE(at + mark.length);
  const length = file.readUInt32LE(at + mark.length + 4);
  const start = at + headLength;
  if (length % bytes > 0 || file.length < start + length) return null;
  if (crc32(file.subarray(at + mark.length + 4, start + length), crc32(version)) !== sum)
    return null;
  // Copied, since words can only be read where memory is aligned.
  return new Uint32Array(Uint8Array.from(file.subarray(start, start + length)).buffer);
}

function frameOf(version: string, ids: Uint32Array): Buffer {
  const body = Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength);
  const frame = Buffer.alloc(headLength + body.length);
  mark.copy(frame);
  frame.writeUInt32LE(body.length, mark.length + 4);
  body.copy(frame, headLength);
  frame.writeUInt32LE(crc32(frame.subarray(mark.length + 4), crc32(version)), mark.length);
  return frame;
}

/** By one write to the file's end, so that the frames of two processes never mix. */
function append(path: string, frame: Buffer): void {
  const file = openSync(path, 'a');
  try {
    if (writeSync(file, frame) < frame.length) {
      throw Object.assign(new Error('the file took only a part'), { code: 'ENOSPC' });
    }
  } finally {
    closeSync(file);
  }
}

/** The id that was decoded last. */
const decoded = new Uint32Array(8);
const decodedBytes = new Uint8Array(decoded.buffer);

/** Reads hex digits into `decoded`; false for anything that is no object id. */
function decode(oid: string): boolean {
  for (let at = 0; at < oid.length; at += 2) {
    const high = digitAt(oid, at);
    const low = digitAt(oid, at + 1);
    if (high < 0 || low < 0) return false;
    decodedBytes[at >> 1] = (high << 4) | low;
  }
  return true;
}

/** The value of a hex digit in lower case; less than 0 for anything else. */
function digitAt(oid: string, at: number): number {
  const code = oid.charCodeAt(at);
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}
