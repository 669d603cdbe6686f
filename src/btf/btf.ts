import { kindNames } from './kinds.ts';

/**
 * BTF that was read and found whole. Types stay where they are in the input; here is only where each
 * starts. A split BTF continues the numbers of its base:
 *
 *     type ids   0 (void)  1 … firstId-1  | firstId … endId-1
 *     strings    0 … firstString-1        | firstString … endString-1
 *                base                     | this one
 */
export interface Btf {
  readonly base: Btf | null;
  readonly view: DataView;
  readonly littleEndian: boolean;
  readonly firstId: number;
  readonly endId: number;
  /** Where each type starts in `view`: of type id `firstId + i`. */
  readonly starts: Uint32Array;
  readonly firstString: number;
  readonly endString: number;
  /** The string section, without those of the base. */
  readonly strings: Uint8Array;
}

/** The fixed 12 bytes of a type, and where to find what follows them. */
export interface BtfType {
  /** The part that holds it: this BTF or one of its bases. */
  owner: Btf;
  kind: number;
  /** Offset of its name; 0 when it has none. */
  name: number;
  /** Number of members, parameters or values; the linkage of a FUNC. */
  count: number;
  /** `kind_flag`. */
  flag: boolean;
  /** `type` or `size`, as the kind has it. */
  ref: number;
  /** Where what follows the 12 bytes starts in the owner's `view`. */
  rest: number;
}

/** Looks up a type. Id 0 is void; `id` must be less than `endId`. */
export function typeAt(btf: Btf, id: number): BtfType {
  if (id === 0) return { owner: btf, kind: 0, name: 0, count: 0, flag: false, ref: 0, rest: 0 };
  let owner = btf;
  while (id < owner.firstId) owner = owner.base!;
  const at = owner.starts[id - owner.firstId]!;
  const { view, littleEndian } = owner;
  const info = view.getUint32(at + 4, littleEndian);
  return {
    owner,
    kind: (info >>> 24) & 0x7f,
    name: view.getUint32(at, littleEndian),
    count: info & 0xffffff,
    flag: info >>> 31 === 1,
    ref: view.getUint32(at + 8, littleEndian),
    rest: at + 12,
  };
}

/** The kind alone, for checks that ask it of every reference. */
export function kindAt(btf: Btf, id: number): number {
  if (id === 0) return 0;
  let owner = btf;
  while (id < owner.firstId) owner = owner.base!;
  const at = owner.starts[id - owner.firstId]!;
  return (owner.view.getUint32(at + 4, owner.littleEndian) >>> 24) & 0x7f;
}

/** A number of four bytes after a type: the `index`th. */
export function wordAt(type: BtfType, index: number): number {
  return type.owner.view.getUint32(type.rest + 4 * index, type.owner.littleEndian);
}

/** The bytes in which the string at `offset` starts, and where; null when it is beyond the end. */
export function locateString(btf: Btf, offset: number): { bytes: Uint8Array; at: number } | null {
  if (offset >= btf.endString) return null;
  let owner = btf;
  while (offset < owner.firstString) owner = owner.base!;
  return { bytes: owner.strings, at: offset - owner.firstString };
}

const decoder = new TextDecoder('latin1');

/** The string at an offset that was checked: up to its NUL. */
export function stringAt(btf: Btf, offset: number): string {
  const { bytes, at } = locateString(btf, offset)!;
  return decoder.decode(bytes.subarray(at, bytes.indexOf(0, at)));
}

/** `STRUCT`, `TYPEDEF`, … for messages. */
export function kindName(kind: number): string {
  return kindNames[kind] ?? `kind ${kind}`;
}
