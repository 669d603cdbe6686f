/** A vmlinuz of x86 with one sector of setup, around a payload. */
export function bzImage(payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const start = 2 * 512 + 16;
  const image = new Uint8Array(start + payload.length);
  const view = new DataView(image.buffer);
  image.set([0x4d, 0x5a]);
  view.setUint8(0x1f1, 1);
  image.set(new TextEncoder().encode('HdrS'), 0x202);
  view.setUint16(0x206, 0x020f, true);
  view.setUint32(0x248, 16, true);
  view.setUint32(0x24c, payload.length, true);
  image.set(payload, start);
  return image;
}

/** The EFI program around a kernel of other architectures. */
export function zboot(payload: Uint8Array): Uint8Array {
  const image = new Uint8Array(64 + payload.length);
  const view = new DataView(image.buffer);
  image.set(new TextEncoder().encode('MZ\0\0zimg'));
  view.setUint32(8, 64, true);
  view.setUint32(12, payload.length, true);
  image.set(payload, 64);
  return image;
}

/**
 * xz files, since Node writes none: `smallKernel` in an ELF file, that with the filter for x86 code, and
 * 4 MiB of zeros.
 */
export const xzOf = {
  elf: bytes(
    '/Td6WFoAAAFpIt42AgAhAQAAAAA3J5fW4AToAeVdAD+RRYRoPYmm22oo9Yjh4s7/r3HX7EhUefMw0IIFTSjA/TiU' +
      'EdFYXLBdQZJUbR4IkzVtHU1Hd5W7jXxn9t9Iv4hskMarMMtIZVlcfTpsrGsTsWaB0H+PU4xHXUHlWnzcu8jMvP1L' +
      'HW/kz1UPRWrc87Q306+yqmw0uTO7NVV/4XIUlLzNJdvCttHrCIIR+xNtwoBZmvD4hqVaPzb6MC3AgpnVsJoxJ5Un' +
      'HHM+kNQ/T6s0VbhoKqRlxEXZS8V8NMDGwGiivLFVADtOzVQVIW8ZQu99jzg5JVcgl12/tPIgNdj3xtq1cmdofJ+0' +
      'WxkX+8cc6rmy0655xNL+xsH6M7qwe1iVfPNGk21FLBzdA4mq7O3PAfJIvst/4Y1l4EQfx5VY+tlvDuKKjM6EkY4X' +
      'z6rOCgi9abSdxbiyD8RqmaSJQxweHLLzr8yB10tl3Mu+8ehR9j/2KtONepqh+cRQCfotgkbJYjylQRsRxejdXynW' +
      'KdmmKuvB2EGnq+NKBM34ml5XIU4RGvJfqSD/uODyJ2mxGVBMTIVjKktrvEcPYrFxyE34EEDmiM2b/tnFFtC036r1' +
      '3xQff9HXC97fCjD8F4g/cxfAHNjOPqILwQXenDOOpaoY+mj8fAhtP5nebrqcwfftMLax9mvoAAAAAJOhrZ8AAf0D' +
      '6QkAAPeRX4k+MA2LAgAAAAABWVo=',
  ),
  filtered: bytes(
    '/Td6WFoAAAFpIt42AgEEACEBAADaM60D4AToAeVdAD+RRYRoPYmm22oo9Yjh4s7/r3HX7EhUefMw0IIFTSjA/TiU' +
      'EdFYXLBdQZJUbR4IkzVtHU1Hd5W7jXxn9t9Iv4hskMarMMtIZVlcfTpsrGsTsWaB0H+PU4xHXUHlWnzcu8jMvP1L' +
      'HW/kz1UPRWrc87Q306+yqmw0uTO7NVV/4XIUlLzNJdvCttHrCIIR+xNtwoBZmvD4hqVaPzb6MC3AgpnVsJoxJ5Un' +
      'HHM+kNQ/T6s0VbhoKqRlxEXZS8V8NMDGwGiivLFVADtOzVQVIW8ZQu99jzg5JVcgl12/tPIgNdj3xtq1cmdofJ+0' +
      'WxkX+8cc6rmy0655xNL+xsH6M7qwe1iVfPNGk21FLBzdA4mq7O3PAfJIvst/4Y1l4EQfx5VY+tlvDuKKjM6EkY4X' +
      'z6rOCgi9abSdxbiyD8RqmaSJQxweHLLzr8yB10tl3Mu+8ehR9j/2KtONepqh+cRQCfotgkbJYjylQRsRxejdXynW' +
      'KdmmKuvB2EGnq+NKBM34ml5XIU4RGvJfqSD/uODyJ2mxGVBMTIVjKktrvEcPYrFxyE34EEDmiM2b/tnFFtC036r1' +
      '3xQff9HXC97fCjD8F4g/cxfAHNjOPqILwQXenDOOpaoY+mj8fAhtP5nebrqcwfftMLax9mvoAAAAAJOhrZ8AAf0D' +
      '6QkAAPeRX4k+MA2LAgAAAAABWVo=',
  ),
  zeros: bytes(
    '/Td6WFoAAAFpIt42AgAhAQgAAADYDyMT//8RAWxdAABv/f//o7f/Rz5IFXI5YVG4kijmo4YH+e7kHoLTL8U6PAFL' +
      'sX7JiopNL6MN2X+m44wjEVPgWRjFdYrid/i2lH8MasDedElk4ulcU7IE2PdEDKtfDW1G6eXDdoi3llestk3haR1v' +
      '+0uIEGxCy4g/XACP0E6vJiiUcR89jyThcJ6nI1/sKMuF0ZWYin4qkfIndfcZwAaYTZj92K/VkA/EJVP49ZE2MQWl' +
      'sO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1' +
      'O/DEvS5fqg8+S2ZCkBMO/xCT+HF4WfgLzf+VKEYPqfx83vuaMC5WwI+F84OBwGXEJVP49ZE2MQWlsO5vwXBNRwzR' +
      'kRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1O/DEvEgn5lif' +
      '/xABKwDsc1On/b6ufDEan7eNMW5wnqcjX+woy4XRlZiKfiqR8id19xnABphNmP3Yr9WQD8QlU/j1kTYxBaWw7m/B' +
      'cE1HDNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5bIEL53VM9+ClkCTuAyyps37U78MS9' +
      'Ll+qDz5LZkKQEw7/EJP4cXhZ+AvN/5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlU/j1kTYxBaWw7m/BcE1HDNGREaqt' +
      'YB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5bIEL53VM9+ClkCTuAyyps37U78MS9Ll+qDz5LZkKQ' +
      'Ew7/EJP4cXhZ+AvN/5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlUQ8/soAB3AAFAEHqpi0AAGpARxEAAcAFgICAAsUR' +
      'vMM+MA2LAgAAAAABWVo=',
  ),
};

function bytes(base64: string): Uint8Array {
  return Buffer.from(base64, 'base64');
}
