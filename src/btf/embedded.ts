import { BtfError } from './btf-error.ts';
import { readHeader } from './header.ts';

/**
 * Finds the BTF in an image without section headers, as `Image` of arm64 and riscv is: the first
 * place where a header stands whose sections are in the image and hold more than a few types.
 *
 * @returns that part of `bytes`; null when there is none
 */
export function embeddedBtf(bytes: Uint8Array): Uint8Array | null {
  for (const [first, second] of [
    [0x9f, 0xeb],
    [0xeb, 0x9f],
  ] as const) {
    for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
      if (bytes[at + 1] !== second || bytes[at + 2] !== 1 || bytes[at + 3] !== 0) continue;
      const size = sizeAt(bytes.subarray(at));
      if (size !== null) return bytes.subarray(at, at + size);
    }
  }
  return null;
}

/** A kernel has tens of thousands of types; what is shorter came about by chance. */
const fewest = 1 << 12;

function sizeAt(bytes: Uint8Array): number | null {
  try {
    const { types, size } = readHeader(bytes);
    return types.length >= fewest ? size : null;
  } catch (error) {
    if (error instanceof BtfError) return null;
    throw error;
  }
}
