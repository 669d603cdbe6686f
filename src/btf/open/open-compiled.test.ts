import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { UserError } from '../../user-error.ts';
import { readBtf } from '../read-btf.ts';
import { btfWriter, elfFile, smallKernel } from '../testing.ts';
import { openBtf, openCompiled } from './open-compiled.ts';
import { bzImage } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'btf-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const kernel = smallKernel().build();
const split = btfWriter({ base: readBtf(kernel) });
split.kfunc('bellows_blow', 1);
const moduleElf = elfFile({
  '.gnu.linkonce.this_module': new Uint8Array(4),
  '.BTF': split.build(),
});
const names = ['anvil_acquire', 'anvil_cast', 'anvil_strike'];

/** An image without section headers: BTF of some thousand types between other things. */
function rawImage(): Uint8Array {
  const w = smallKernel();
  for (let i = 0; i < 500; i++) w.typedef(`t${i}`, 1);
  const image = Buffer.concat([Buffer.alloc(4096, 0x9f), w.build(), Buffer.alloc(4096, 0xeb)]);
  image.write('ARM\x64', 0x38);
  return image;
}

describe('openCompiled', () => {
  test.each<[string, string, Uint8Array | string, string[]]>([
    ['raw BTF', 'btf', kernel, []],
    ['raw BTF in gzip', 'btf', zlib.gzipSync(kernel), ['gzip']],
    ['a vmlinux', 'elf', elfFile({ '.BTF': kernel }), []],
    [
      'a vmlinuz',
      'elf',
      bzImage(zlib.zstdCompressSync(elfFile({ '.BTF': kernel }))),
      ['bzImage', 'zstd'],
    ],
    ['an image in gzip', 'image', zlib.gzipSync(rawImage()), ['gzip']],
  ])('reads %s', async (_, kind, content, wrappings) => {
    const { kfuncs, ...rest } = await openCompiled(file('kernel', content));
    expect(kfuncs.map((kfunc) => kfunc.name)).toEqual(names);
    expect(rest).toEqual({ kind, module: false, wrappings, unmarked: null });
  });

  test('reads a vmlinux.h, also compressed', async () => {
    const header = 'extern int f(int x) __weak __ksym;\n';
    for (const content of [header, zlib.gzipSync(header)]) {
      const { kfuncs, kind } = await openCompiled(file('vmlinux.h', content));
      expect([kind, kfuncs[0]!.prototype]).toEqual(['vmlinux.h', 'int f(int x)']);
    }
  });

  test('reads a module with a base that is a file, or that was opened before', async () => {
    const module = file('bellows.ko.zst', zlib.zstdCompressSync(moduleElf));
    const base = file('vmlinuz', bzImage(zlib.gzipSync(elfFile({ '.BTF': kernel }))));
    for (const given of [base, await openBtf(base)]) {
      const { kfuncs, ...rest } = await openCompiled(module, { base: given });
      expect(kfuncs.map((kfunc) => kfunc.name)).toEqual(['bellows_blow']);
      expect(rest).toEqual({ kind: 'elf', module: true, wrappings: ['zstd'], unmarked: null });
    }
  });

  test('gives the functions of a kernel that marks no kfuncs by name', async () => {
    const w = btfWriter();
    w.func('anvil_strike', w.proto(0, [['force', w.int('int')]]));
    const { kfuncs, unmarked } = await openCompiled(file('older', w.build()));
    expect(kfuncs).toEqual([]);
    const found = unmarked!(new Set(['anvil_strike', 'anvil_cast']));
    expect(found.map((kfunc) => kfunc.prototype)).toEqual(['void anvil_strike(int force)']);
  });

  test('reads a module from raw BTF', async () => {
    const path = file('bellows', split.build());
    const base = file('vmlinux', kernel);
    expect((await openCompiled(path, { base })).module).toBe(true);
  });

  test.each([
    ['in ELF', moduleElf],
    ['raw', split.build()],
  ])('says that a module, %s, needs --base', async (_, content) => {
    const path = file('bellows', content);
    await expect(openCompiled(path)).rejects.toThrow(
      `${path} is of a module, and its BTF continues that of its kernel: give that with --base ` +
        '(/sys/kernel/btf/vmlinux, or the vmlinux or vmlinuz of the same build).',
    );
  });

  test('asks whether the base is the right one when a module does not fit it', async () => {
    const other = btfWriter();
    other.int('int');
    const base = file('other', other.build());
    await expect(openCompiled(file('bellows.ko', moduleElf), { base })).rejects.toThrow(
      /bellows\.ko: BTF type 3 .* Is the base of the same build\?$/,
    );
  });

  test('does not take a base for what is whole, nor a header for a base', async () => {
    const path = file('vmlinux', kernel);
    await expect(openCompiled(path, { base: path })).rejects.toThrow(/This BTF is whole/);
    const header = file('vmlinux.h', 'extern int f(int x) __weak __ksym;\n');
    await expect(openCompiled(path, { base: header })).rejects.toThrow(/must be BTF itself/);
  });

  test.each<[string, RegExp, Uint8Array | string]>([
    ['is nothing of this', /is not a vmlinux\.h, raw BTF, an ELF file/, Uint8Array.from([0, 1])],
    ['is text without kfuncs', /declares no kfuncs/, 'hello\n'],
    ['is ELF without BTF', /has no \.BTF section/, elfFile({})],
    ['is an image without BTF', /holds no BTF/, rawImage().subarray(0, 4096)],
    ['is damaged', /: The BTF string section ends at/, kernel.subarray(0, -1)],
  ])('refuses a file that %s', async (_, message, content) => {
    const refused = openCompiled(file('odd', content));
    await expect(refused).rejects.toBeInstanceOf(UserError);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toThrow(join(folder, 'odd'));
  });

  test('says that there is no such file, or that it is a folder', async () => {
    await expect(openCompiled(join(folder, 'none'))).rejects.toThrow(
      `Could not read ${join(folder, 'none')}: there is no such file.`,
    );
    await expect(openCompiled(folder)).rejects.toThrow(`${folder} is not a file.`);
  });
});
