import { spawnSync } from 'node:child_process';
import zlib from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { UserError } from '../../user-error.ts';
import { elfFile, smallKernel } from '../testing.ts';
import { formOf } from './form.ts';
import { bzImage, xzOf, zboot } from './testing.ts';
import { unpack } from './unpack.ts';
import { bzImagePayload, zbootPayload } from './vmlinuz.ts';

const elf = elfFile({ '.BTF': smallKernel().build() });
const text = new TextEncoder().encode('#ifndef __VMLINUX_H__\n');
const mib = 1 << 20;
const hasXz = spawnSync('xz', ['--version']).error === undefined;

describe('formOf', () => {
  test.each([
    ['btf', smallKernel().build()],
    ['btf', smallKernel({ bigEndian: true }).build()],
    ['elf', elf],
    ['gzip', zlib.gzipSync(elf)],
    ['zstd', zlib.zstdCompressSync(elf)],
    ['xz', xzOf.elf],
    ['bzImage', bzImage(elf)],
    ['zboot', zboot(elf)],
    ['bzip2', new TextEncoder().encode('BZh91AY&SY')],
    ['text', text],
    ['unknown', Uint8Array.from([0, 1, 2, 3])],
    ['unknown', new Uint8Array()],
  ] as const)('tells %s', (form, bytes) => {
    expect(formOf(bytes)).toBe(form);
  });
});

describe('unpack', () => {
  test.each<[string, Uint8Array, string[]]>([
    ['a vmlinux as it is', elf, []],
    ['gzip', zlib.gzipSync(elf), ['gzip']],
    ['zstd', zlib.zstdCompressSync(elf), ['zstd']],
    ['a vmlinuz with gzip', bzImage(zlib.gzipSync(elf)), ['bzImage', 'gzip']],
    ['a vmlinuz with zstd', bzImage(zlib.zstdCompressSync(elf)), ['bzImage', 'zstd']],
    ['a vmlinuz that is not compressed', bzImage(elf), ['bzImage']],
    ['an EFI program', zboot(zlib.gzipSync(elf)), ['zboot', 'gzip']],
    ['a vmlinuz in gzip', zlib.gzipSync(bzImage(zlib.gzipSync(elf))), ['gzip', 'bzImage', 'gzip']],
  ])('takes off %s', async (_, bytes, wrappings) => {
    const unpacked = await unpack(bytes, 'vmlinuz');
    expect(unpacked.form).toBe('elf');
    expect(Buffer.compare(unpacked.bytes, elf)).toBe(0);
    expect(unpacked.wrappings).toEqual(wrappings);
  });

  test('takes off xz', async () => {
    const unpacked = await unpack(xzOf.elf, 'anvil.ko.xz');
    expect(unpacked.form).toBe('elf');
    expect(unpacked.wrappings).toEqual(['xz']);
  });

  test('does not mind the length that follows the data in a vmlinuz', async () => {
    for (const compressed of [zlib.gzipSync(elf), zlib.zstdCompressSync(elf)]) {
      const payload = Buffer.concat([compressed, Buffer.from([1, 2, 3, 4])]);
      expect((await unpack(bzImage(payload), 'vmlinuz')).form).toBe('elf');
    }
  });

  test.each([
    ['gzip', zlib.gzipSync(elf)],
    ['zstd', zlib.zstdCompressSync(elf)],
    // The decoder in WebAssembly minds what follows; the program does not.
    ...(hasXz ? [['xz', xzOf.elf] as const] : []),
  ] as const)(
    'searches for the kernel in %s where the header does not say',
    async (_, compressed) => {
      // A magic number that stands there by chance comes first.
      const chance = Buffer.from([...compressed.subarray(0, 6), 9, 9, 9, 9]);
      const image = bzImage(Buffer.concat([chance, compressed, Buffer.from('the rest')]));
      new DataView(image.buffer).setUint16(0x206, 0x0207, true);
      const unpacked = await unpack(image, 'vmlinuz');
      expect([unpacked.form, unpacked.wrappings]).toEqual(['elf', ['bzImage']]);
    },
  );

  test.each<[string, RegExp, Uint8Array]>([
    ['is something else', /is not a vmlinux\.h, raw BTF, an ELF file/, Uint8Array.from([0, 1, 2])],
    ['is empty', /is not a vmlinux\.h/, new Uint8Array()],
    ['is an EFI program without a kernel', /no kernel was found/, Buffer.from('MZ\0\0program')],
    ['is a vmlinuz without a kernel', /no kernel was found/, bzImage(Buffer.from([1, 2, 3]))],
    ['is gzip cut off', /gzip data that is damaged/, zlib.gzipSync(elf).subarray(0, 60)],
    ['is zstd cut off', /zstd data that is damaged/, zlib.zstdCompressSync(elf).subarray(0, 60)],
    [
      'is compressed in another way',
      /compressed with bzip2, of gzip, xz and zstd/,
      Buffer.from('BZh91AY&SY'),
    ],
    [
      'is wrapped in itself too often',
      /wrapped more than 4 times/,
      [1, 2, 3, 4, 5].reduce((inner) => zlib.gzipSync(inner), Buffer.from(elf)),
    ],
  ])('refuses what %s', async (_, message, bytes) => {
    const refused = unpack(bytes, 'FILE');
    await expect(refused).rejects.toBeInstanceOf(UserError);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toThrow(/^FILE /);
  });

  test.runIf(hasXz)('leaves xz with the filter for machine code to the xz program', async () => {
    expect((await unpack(xzOf.filtered, 'FILE')).form).toBe('elf');
  });

  test('says when the xz program is needed, and there is none', async () => {
    vi.stubEnv('PATH', '/nonexistent');
    await expect(unpack(xzOf.filtered, 'FILE')).rejects.toThrow(
      'FILE holds xz data that only the xz program reads, and there is none: install xz-utils.',
    );
  });

  test('refuses xz that is damaged', async () => {
    const damaged = Uint8Array.from(xzOf.elf);
    damaged[damaged.length >> 1]! ^= 0xff;
    await expect(unpack(damaged, 'FILE')).rejects.toThrow('FILE holds xz data that is damaged.');
  });

  test.each([
    ['gzip', zlib.gzipSync(Buffer.alloc(64 * mib))],
    ['zstd', zlib.zstdCompressSync(Buffer.alloc(64 * mib))],
    ['xz', xzOf.zeros],
  ])('stops at the limit in a bomb of %s', async (_, bomb) => {
    const before = process.memoryUsage().rss;
    await expect(unpack(bomb, 'FILE', 2 * mib)).rejects.toThrow('FILE unpacks to more than 2 MiB.');
    expect(process.memoryUsage().rss - before).toBeLessThan(48 * mib);
  });
});

describe('the header of a boot image', () => {
  test('is not believed when it leads out of the file', () => {
    const image = bzImage(elf);
    const view = new DataView(image.buffer);
    for (const [offset, length] of [
      [0xffffffff, 1],
      [0, 0xffffffff],
      [0, 0],
    ] as const) {
      view.setUint32(0x248, offset, true);
      view.setUint32(0x24c, length, true);
      expect(bzImagePayload(image)).toBeNull();
    }
    expect(bzImagePayload(image.subarray(0, 0x24f))).toBeNull();
    expect(zbootPayload(zboot(elf).subarray(0, 20))).toBeNull();
    expect(zbootPayload(zboot(elf).subarray(0, 15))).toBeNull();
  });
});
