import { BtfError, hex } from './btf-error.ts';

/** A part of the input, in bytes from its start. */
export interface Extent {
  start: number;
  length: number;
}

/** Where the two sections of raw BTF are. */
export interface BtfHeader {
  littleEndian: boolean;
  types: Extent;
  strings: Extent;
  /** Bytes of the header and all sections. */
  size: number;
}

const magic = 0xeb9f;
const oldHeader = 24;
const layoutHeader = 32;

/**
 * Reads `struct btf_header` (include/uapi/linux/btf.h):
 *
 *     magic:2 version:1 flags:1 hdr_len:4 type_off:4 type_len:4 str_off:4 str_len:4
 *     layout_off:4 layout_len:4     7.1 on
 *
 * Offsets count from the end of the header. As btf_check_sec_info in kernel/bpf/btf.c, the sections
 * may neither overlap nor leave a gap; that they fill the input is left to the caller.
 *
 * @throws BtfError
 */
export function readHeader(bytes: Uint8Array): BtfHeader {
  if (bytes.length < oldHeader)
    throw new BtfError(`BTF starts with a header of ${oldHeader} bytes; here are ${bytes.length}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = view.getUint16(0, true) === magic;
  if (!littleEndian && view.getUint16(0, false) !== magic)
    throw new BtfError('BTF starts with the magic number 0xeb9f, which is not here.');
  if (view.getUint8(2) !== 1)
    throw new BtfError(`BTF of version 1 was expected; this is version ${view.getUint8(2)}.`);
  if (view.getUint8(3) !== 0)
    throw new BtfError(`BTF without header flags was expected; here is ${hex(view.getUint8(3))}.`);
  const headerLength = view.getUint32(4, littleEndian);
  if (headerLength < oldHeader || headerLength > bytes.length || headerLength % 4 !== 0)
    throw new BtfError(
      `The BTF header says it is ${headerLength} bytes long: a multiple of 4 from ${oldHeader} to ` +
        `${bytes.length} was expected.`,
    );
  for (let at = layoutHeader; at < headerLength; at++)
    if (bytes[at] !== 0)
      throw new BtfError(`The BTF header has a field at ${hex(at)} that is not known.`);
  const section = (name: string, at: number): Extent & { name: string } => {
    const start = headerLength + view.getUint32(at, littleEndian);
    const length = view.getUint32(at + 4, littleEndian);
    if (start + length > bytes.length)
      throw new BtfError(
        `The BTF ${name} section ends at ${hex(start + length)}, after the end of the data at ` +
          `${hex(bytes.length)}.`,
      );
    if (name === 'type' && start % 4 !== 0)
      throw new BtfError(`The BTF type section starts at ${hex(start)}, not at a multiple of 4.`);
    return { name, start, length };
  };
  const types = section('type', 8);
  const strings = section('string', 16);
  const sections = [types, strings];
  if (headerLength >= layoutHeader && view.getUint32(28, littleEndian) !== 0)
    sections.push(section('layout', 24));
  sections.sort((a, b) => a.start - b.start || a.length - b.length);
  let end = headerLength;
  for (const { name, start, length } of sections) {
    if (start !== end)
      throw new BtfError(
        `The BTF ${name} section starts at ${hex(start)}; ${hex(end)} was expected.`,
      );
    end += length;
  }
  return { littleEndian, types, strings, size: end };
}
