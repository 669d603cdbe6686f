/** What a file is, by how it starts. */
export type Form =
  | 'btf'
  | 'elf'
  | 'bzImage'
  | 'zboot'
  | 'Image'
  | 'gzip'
  | 'xz'
  | 'zstd'
  | 'bzip2'
  | 'lz4'
  | 'lzma'
  | 'lzo'
  | 'text'
  | 'unknown';

const magics: readonly { form: Form; at: number; bytes: readonly number[] }[] = [
  { form: 'btf', at: 0, bytes: [0x9f, 0xeb, 1] },
  { form: 'btf', at: 0, bytes: [0xeb, 0x9f, 1] },
  { form: 'elf', at: 0, bytes: ascii('\x7fELF') },
  { form: 'gzip', at: 0, bytes: [0x1f, 0x8b, 8] },
  { form: 'xz', at: 0, bytes: [0xfd, ...ascii('7zXZ'), 0] },
  { form: 'zstd', at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { form: 'bzip2', at: 0, bytes: ascii('BZh') },
  { form: 'lz4', at: 0, bytes: [0x02, 0x21, 0x4c, 0x18] },
  { form: 'lz4', at: 0, bytes: [0x04, 0x22, 0x4d, 0x18] },
  { form: 'lzma', at: 0, bytes: [0x5d, 0, 0, 0] },
  { form: 'lzo', at: 0, bytes: [0x89, ...ascii('LZO')] },
  // An EFI program around a compressed kernel: drivers/firmware/efi/libstub/zboot-header.S.
  { form: 'zboot', at: 4, bytes: ascii('zimg') },
  // The boot protocol of x86: Documentation/arch/x86/boot.rst.
  { form: 'bzImage', at: 0x202, bytes: ascii('HdrS') },
  // Documentation/arch/arm64/booting.rst, Documentation/arch/riscv/boot-image-header.rst.
  { form: 'Image', at: 0x38, bytes: ascii('ARM\x64') },
  { form: 'Image', at: 0x38, bytes: ascii('RSC\x05') },
];

function ascii(text: string): number[] {
  return Array.from(text, (char) => char.charCodeAt(0));
}

/** Tells the form of a file from its first bytes; `text` is what has no control characters. */
export function formOf(bytes: Uint8Array): Form {
  const known = magics.find(({ at, bytes: magic }) =>
    magic.every((byte, i) => bytes[at + i] === byte),
  );
  if (known !== undefined) return known.form;
  const head = bytes.subarray(0, 4096);
  const isText = head.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
  return isText && head.length > 0 ? 'text' : 'unknown';
}
