import { UserError } from '../../user-error.ts';
import { decompress, isCompressed } from './decompress.ts';
import { formOf, type Form } from './form.ts';
import { bzImagePayload, zbootPayload } from './vmlinuz.ts';

/** What a file holds when every wrapping is off. */
export interface Unpacked {
  form: 'btf' | 'elf' | 'Image' | 'text';
  bytes: Uint8Array;
  /** The wrappings, from the outside in: `['bzImage', 'zstd']`, `['xz']`; none for what came bare. */
  wrappings: Form[];
}

/** More than any vmlinux with its debugging information stripped, and most that have it. */
export const unpackedLimit = 2 ** 30;

const accepted =
  'a vmlinux.h, raw BTF, an ELF file with a .BTF section (vmlinux, a module), or a vmlinuz';

/**
 * Takes off compressions and boot wrappers until BTF, ELF, a raw image or text is left.
 *
 * @param path for messages
 * @param limit of what one compression may unpack to, in bytes
 * @throws UserError when the file is something else, is damaged, or unpacks to too much
 */
export async function unpack(
  bytes: Uint8Array,
  path: string,
  limit = unpackedLimit,
): Promise<Unpacked> {
  const wrappings: Form[] = [];
  // A vmlinuz.gz with a zboot around gzip is three; nobody wraps deeper.
  while (wrappings.length < 4) {
    const form = formOf(bytes);
    switch (form) {
      case 'btf':
      case 'elf':
      case 'Image':
      case 'text':
        return { form, bytes, wrappings };
      case 'bzImage':
      case 'zboot':
      case 'unknown':
        bytes = await kernelIn(bytes, form, path, limit);
        break;
      default:
        bytes = await decompress(bytes, form, limit, path);
    }
    wrappings.push(form);
  }
  throw new UserError(
    `${path} is wrapped more than ${wrappings.length} times: expected ${accepted}.`,
  );
}

/** The compressed kernel in a boot image: where its header says, or else where it can be found. */
async function kernelIn(
  bytes: Uint8Array,
  form: 'bzImage' | 'zboot' | 'unknown',
  path: string,
  limit: number,
): Promise<Uint8Array> {
  if (form !== 'unknown') {
    const payload = form === 'bzImage' ? bzImagePayload(bytes) : zbootPayload(bytes);
    if (payload !== null) {
      const inner = formOf(payload);
      if (isCompressed(inner) || inner === 'elf' || inner === 'Image') return payload;
    }
  }
  // 'MZ' starts an EFI program.
  const bootable = form !== 'unknown' || (bytes[0] === 0x4d && bytes[1] === 0x5a);
  const kernel = bootable ? await searchKernel(bytes, path, limit) : null;
  if (kernel !== null) return kernel;
  throw new UserError(
    bootable
      ? `${path} looks like a boot image, and no kernel was found in it.`
      : `${path} is not ${accepted}.`,
  );
}

const searched: readonly (readonly [Form, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
];

/** A magic number stands in machine code by chance, too; but not often. */
const mostTries = 32;

/** As scripts/extract-vmlinux: tries what follows each magic number until that unpacks to a kernel. */
async function searchKernel(
  bytes: Uint8Array,
  path: string,
  limit: number,
): Promise<Uint8Array | null> {
  let tries = 0;
  for (const [form, magic] of searched) {
    const needle = Uint8Array.from(magic);
    const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
      if (++tries > mostTries) return null;
      const kernel = await decompress(bytes.subarray(at), form, limit, path).catch(
        (error: unknown) => {
          if (error instanceof UserError) return null;
          throw error;
        },
      );
      if (kernel !== null && ['elf', 'Image'].includes(formOf(kernel))) return kernel;
    }
  }
  return null;
}
