import { BtfError, hex } from './btf-error.ts';

/** Whether the bytes start as an ELF file does. */
export function isElf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

/** Reads numbers of an ELF file of either class and byte order. */
interface Layout {
  view: DataView;
  littleEndian: boolean;
  wide: boolean;
}

/** A `Elf32_Shdr` or `Elf64_Shdr`, as far as it matters here. */
interface Section {
  name: number;
  type: number;
  flags: bigint;
  offset: bigint;
  size: bigint;
  link: number;
}

const noBits = 8;
const compressed = 0x800n;

/**
 * Finds sections of an ELF file by name: 32 or 64 bits, either byte order. Only the headers and the
 * names are looked at, so that a damaged section elsewhere does no harm.
 *
 * @param names of which at most one section each is expected
 * @returns those that exist, as parts of `bytes`
 * @throws BtfError when the file is no ELF file, is cut off, or an offset leads out of it
 */
export function elfSections(bytes: Uint8Array, names: readonly string[]): Map<string, Uint8Array> {
  const layout = readLayout(bytes);
  const table = sectionTable(layout);
  const strings = contents(bytes, readSection(layout, table, table.strings), 'section names');
  const wanted = names.map((name) => ({ name, bytes: new TextEncoder().encode(`${name}\0`) }));
  const found = new Map<string, Uint8Array>();
  for (let index = 1; index < table.count; index++) {
    const section = readSection(layout, table, index);
    const name = wanted.find((one) => startsAt(strings, section.name, one.bytes))?.name;
    if (name === undefined) continue;
    if (found.has(name)) throw new BtfError(`The ELF file has two sections named ${name}.`);
    found.set(name, contents(bytes, section, name));
  }
  return found;
}

/** `e_ident`: class 1 or 2 at offset 4, byte order 1 or 2 at offset 5. */
function readLayout(bytes: Uint8Array): Layout {
  if (!isElf(bytes)) throw new BtfError('An ELF file starts with \\x7fELF, which is not here.');
  const [elfClass, order] = [bytes[4], bytes[5]];
  if ((elfClass !== 1 && elfClass !== 2) || (order !== 1 && order !== 2))
    throw new BtfError(
      `The ELF file is of class ${elfClass} and byte order ${order}; 1 or 2 each.`,
    );
  const wide = elfClass === 2;
  const header = wide ? 64 : 52;
  if (bytes.length < header)
    throw new BtfError(`The ELF header has ${header} bytes; here are ${bytes.length}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { view, littleEndian: order === 1, wide };
}

interface Table {
  start: number;
  entry: number;
  count: number;
  /** Index of the section that holds the names. */
  strings: number;
}

/**
 * Where the section headers are. With 0xff00 sections and more, the numbers that do not fit stand in
 * the first, unused one: their count in `sh_size`, the index of the names in `sh_link`.
 */
function sectionTable(layout: Layout): Table {
  const { view, littleEndian, wide } = layout;
  const total = BigInt(view.byteLength);
  const offset = wide
    ? view.getBigUint64(40, littleEndian)
    : BigInt(view.getUint32(32, littleEndian));
  const tail = wide ? 58 : 46;
  const entry = view.getUint16(tail, littleEndian);
  if (entry < (wide ? 64 : 40))
    throw new BtfError(`The ELF section headers are said to be of ${entry} bytes each.`);
  if (offset === 0n || offset + BigInt(entry) > total)
    throw new BtfError(`The ELF section headers are said to be at ${hex(offset)}, and are not.`);
  const start = Number(offset);
  const table = { start, entry, count: 1, strings: 0 };
  const first = readSection(layout, table, 0);
  const count = BigInt(view.getUint16(tail + 2, littleEndian)) || first.size;
  if (offset + count * BigInt(entry) > total)
    throw new BtfError(`The ELF file ends before the last of its ${count} section headers.`);
  const named = view.getUint16(tail + 4, littleEndian);
  const strings = named === 0xffff ? first.link : named;
  if (strings === 0 || strings >= Number(count))
    throw new BtfError(`The ELF section names are said to be in section ${strings} of ${count}.`);
  return { start, entry, count: Number(count), strings };
}

function readSection({ view, littleEndian, wide }: Layout, table: Table, index: number): Section {
  const at = table.start + index * table.entry;
  const word = (offset: number) => view.getUint32(at + offset, littleEndian);
  const long = (offset: number) => view.getBigUint64(at + offset, littleEndian);
  const common = { name: word(0), type: word(4) };
  return wide
    ? { ...common, flags: long(8), offset: long(24), size: long(32), link: word(40) }
    : {
        ...common,
        flags: BigInt(word(8)),
        offset: BigInt(word(16)),
        size: BigInt(word(20)),
        link: word(24),
      };
}

function contents(bytes: Uint8Array, section: Section, name: string): Uint8Array {
  if (section.type === noBits || (section.flags & compressed) !== 0n)
    throw new BtfError(`The ELF section ${name} holds no bytes, or compressed ones.`);
  if (section.offset + section.size > BigInt(bytes.length))
    throw new BtfError(
      `The ELF section ${name} ends at ${hex(section.offset + section.size)}, after the end of ` +
        `the file at ${hex(bytes.length)}.`,
    );
  const start = Number(section.offset);
  return bytes.subarray(start, start + Number(section.size));
}

function startsAt(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  if (at + expected.length > bytes.length) return false;
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false;
  return true;
}
