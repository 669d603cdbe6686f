import { BtfError, hex } from './btf-error.ts';
import type { Btf } from './btf.ts';
import { checkTypes } from './check-types.ts';
import { refuseCycles } from './cycles.ts';
import { readHeader, type BtfHeader } from './header.ts';
import { trailing } from './kinds.ts';

/** Reads what is `/sys/kernel/btf/vmlinux`, or a `.BTF` section.
 *
 * All of it is checked before anything is returned, by the rules of kernel/bpf/btf.c: what later
 * reads a type need not ask whether an id, a name or a count is in range. The bytes are kept, not
 * copied; beside them stand four bytes a type.
 *
 * @param bytes raw BTF of either byte order, and nothing else
 * @param options.base what a module's split BTF continues
 * @throws BtfError with the first thing that is wrong
 */
export function readBtf(bytes: Uint8Array, options: { base?: Btf | undefined } = {}): Btf {
  const base = options.base ?? null;
  const header = readHeader(bytes);
  if (header.size !== bytes.length)
    throw new BtfError(
      `The BTF sections end at ${hex(header.size)}, and the data at ${hex(bytes.length)}.`,
    );
  const strings = bytes.subarray(
    header.strings.start,
    header.strings.start + header.strings.length,
  );
  checkStrings(strings, base, header.strings.start);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const firstId = base?.endId ?? 1;
  const starts = typeStarts(view, header, firstId);
  const firstString = base?.endString ?? 0;
  const btf: Btf = {
    base,
    view,
    littleEndian: header.littleEndian,
    firstId,
    endId: firstId + starts.length,
    starts,
    firstString,
    endString: firstString + strings.length,
    strings,
  };
  checkTypes(btf);
  refuseCycles(btf);
  return btf;
}

/**
 * Strings are ended by NUL, and the first is empty, so that offset 0 is "no name". A split BTF's go on
 * where its base's end, and start with a name at once.
 */
function checkStrings(strings: Uint8Array, base: Btf | null, start: number): void {
  if (base === null && strings[0] !== 0)
    throw new BtfError(
      `The BTF string section at ${hex(start)} does not start with a NUL: this is the split BTF of ` +
        'a module, to be read with the BTF of its kernel as the base.',
      { needsBase: true },
    );
  if (strings.length > 0 && strings.at(-1) !== 0)
    throw new BtfError(
      `The BTF string section does not end with a NUL at ${hex(start + strings.length - 1)}.`,
    );
}

/** Walks over the type section once: where each type starts. */
function typeStarts(view: DataView, { types, littleEndian }: BtfHeader, firstId: number) {
  const end = types.start + types.length;
  const starts = new Uint32Array(Math.floor(types.length / 12));
  let count = 0;
  let at = types.start;
  while (at < end) {
    const id = firstId + count;
    if (end - at < 12)
      throw new BtfError(
        `BTF type ${id} at ${hex(at)} needs 12 bytes; the type section has ${end - at} left.`,
      );
    const info = view.getUint32(at + 4, littleEndian);
    const kind = (info >>> 24) & 0x7f;
    const shape = trailing[kind];
    if (kind === 0 || shape === undefined)
      throw new BtfError(
        `BTF type ${id} at ${hex(at)} is of kind ${kind}; kinds 1 to ${trailing.length - 1} are known.`,
      );
    const size = 12 + shape.fixed + shape.each * (info & 0xffffff);
    if (end - at < size)
      throw new BtfError(
        `BTF type ${id} at ${hex(at)} needs ${size} bytes; the type section has ${end - at} left.`,
      );
    starts[count++] = at;
    at += size;
  }
  return starts.slice(0, count);
}
