/**
 * Where the compressed kernel is in a bootable image; null when its header does not say, or says a
 * place that is not in the file.
 *
 * x86 (Documentation/arch/x86/boot.rst), from protocol 2.08 on:
 *
 *     0x1f1 setup_sects:1  …  0x206 version:2  …  0x248 payload_offset:4  0x24c payload_length:4
 *     [boot sector][setup_sects × 512 bytes][protected-mode code …[payload]…]
 *                                            ^ payload_offset counts from here
 *
 * @param bytes a file that formOf took for a bzImage
 */
export function bzImagePayload(bytes: Uint8Array): Uint8Array | null {
  if (bytes.length < 0x250) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0x206, true) < 0x0208) return null;
  // For the oldest boot loaders 0 means 4.
  const setupSectors = view.getUint8(0x1f1) || 4;
  const start = (setupSectors + 1) * 512 + view.getUint32(0x248, true);
  return part(bytes, start, view.getUint32(0x24c, true));
}

/**
 * The same of the EFI program that other architectures put around a kernel
 * (drivers/firmware/efi/libstub/zboot-header.S):
 *
 *     MZ:2 -:2 "zimg":4 payload offset:4 payload size:4 …
 *
 * @param bytes a file that formOf took for such a program
 */
export function zbootPayload(bytes: Uint8Array): Uint8Array | null {
  if (bytes.length < 16) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return part(bytes, view.getUint32(8, true), view.getUint32(12, true));
}

function part(bytes: Uint8Array, start: number, length: number): Uint8Array | null {
  if (length === 0 || start + length > bytes.length) return null;
  return bytes.subarray(start, start + length);
}
