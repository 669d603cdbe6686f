import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InventedArchive, lackingPrograms } from '../../tests/debian-archive.ts';
import { KernelStore } from '../git/kernel-store.ts';
import type { KernelPackage } from './choose.ts';
import { sourceTar } from './deb.ts';
import { importKernels } from './import-kernels.ts';

const lacking = lackingPrograms();
const without = lacking.length > 0 ? ` (needs ${lacking.join(', ')})` : '';

describe.skipIf(lacking.length > 0)(`a linux-source package${without}`, () => {
  let dir: string;
  let archive: InventedArchive;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'deb-'));
    archive = new InventedArchive(dir);
    archive.addPackage('9.1', '9.1.4-1');
  });
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });

  async function bytes(deb: string): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of sourceTar(deb)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  function build(name: string, path: string, content: string | Buffer): string {
    const data = join(dir, name);
    mkdirSync(join(data, 'DEBIAN'), { recursive: true });
    mkdirSync(join(data, path, '..'), { recursive: true });
    const control = `Package: ${name}\nVersion: 1\nArchitecture: all\nMaintainer: N <n@example.org>\nDescription: x\n`;
    writeFileSync(join(data, 'DEBIAN/control'), control);
    writeFileSync(join(data, path), content);
    const deb = join(dir, `${name}.deb`);
    spawnSync('dpkg-deb', ['--root-owner-group', '-b', data, deb]);
    return deb;
  }

  test('gives the tree as a tar', async () => {
    const tar = await bytes(archive.deb('9.1', '9.1.4-1'));
    expect(tar.length % 512).toBe(0);
    expect(tar.includes('linux-source-9.1/kernel/bpf/same.c')).toBe(true);
  });

  test('is refused when it holds no source', async () => {
    const deb = build('empty', 'usr/src/linux-patch-9.1.patch.xz', 'x');
    await expect(bytes(deb)).rejects.toThrow(/holds no usr\/src\/linux-source/);
  });

  test('is refused when its archive is damaged', async () => {
    const deb = build('damaged', 'usr/src/linux-source-9.1.tar.xz', 'no xz at all');
    await expect(bytes(deb)).rejects.toThrow(/^dpkg-deb could not unpack/);
  });

  test('is refused when the file is cut off', async () => {
    const whole = readFileSync(archive.deb('9.1', '9.1.4-1'));
    const deb = join(dir, 'cut.deb');
    writeFileSync(deb, whole.subarray(0, whole.length - 300));
    await expect(bytes(deb)).rejects.toThrow(/^dpkg-deb could not unpack/);
  });

  test('leaves nothing behind when another one beside it fails', async () => {
    const store = await KernelStore.open(join(dir, 'store.git'));
    const bad = build('bad', 'usr/src/linux-source-9.2.tar.xz', 'no xz at all');
    const kernel = (series: string): KernelPackage => ({
      name: `linux-source-${series}`,
      series,
      version: `${series}.4-1`,
      tag: `v${series}.4`,
      suite: 'invented',
      size: 1,
      sha256: '',
    });
    const debs = [bad, archive.deb('9.1', '9.1.4-1')];
    const done = importKernels(store, [kernel('9.2'), kernel('9.1')], debs, () => undefined);
    await expect(done).rejects.toThrow(/^dpkg-deb could not unpack/);
    expect(await store.kernels()).toEqual([]);
  });
});
