import { Readable } from 'node:stream';
import { pack, type Pack } from 'tar-stream';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostic.ts';
import { readTree } from './tree-entries.ts';

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function read(fill: (tar: Pack) => void) {
  const tar = pack();
  fill(tar);
  tar.finalize();
  const diagnostics: Diagnostic[] = [];
  const entries: string[] = [];
  const source = Readable.from(tar as AsyncIterable<Buffer>);
  for await (const { path, mode, content } of readTree(source, (d) => diagnostics.push(d))) {
    entries.push(`${mode} ${path} ${content.toString()}`);
  }
  return { entries, left: diagnostics.map((d) => `${d.path ?? ''}: ${d.message}`) };
}

test('reads files, executables and symlinks without the outermost folder', async () => {
  const { entries, left } = await read((tar) => {
    tar.entry({ name: 'linux-source-9.1/', type: 'directory' });
    tar.entry({ name: 'linux-source-9.1/Makefile' }, 'all:\n');
    tar.entry({ name: 'linux-source-9.1/run.sh', mode: 0o755 }, '#!/bin/sh\n');
    tar.entry({ name: 'linux-source-9.1/link', type: 'symlink', linkname: '../run.sh' });
    tar.entry({ name: 'linux-source-9.1/odd "näme"\n' }, '');
    tar.entry({ name: `linux-source-9.1/${'deep/'.repeat(60)}file` }, 'x');
  });
  expect(left).toEqual([]);
  expect(entries).toEqual([
    '100644 Makefile all:\n',
    '100755 run.sh #!/bin/sh\n',
    '120000 link ../run.sh',
    '100644 odd "näme"\n ',
    `100644 ${'deep/'.repeat(60)}file x`,
  ]);
});

test('leaves out what leads elsewhere or is no file, and says so', async () => {
  const { entries, left } = await read((tar) => {
    tar.entry({ name: 'linux/../../etc/passwd' }, 'x');
    tar.entry({ name: '/etc/shadow' }, 'x');
    tar.entry({ name: 'linux/a//b' }, 'x');
    tar.entry({ name: 'linux/.GIT/config' }, 'x');
    tar.entry({ name: 'linux/hard', type: 'link', linkname: 'linux/Makefile' });
    tar.entry({ name: 'linux/device', type: 'character-device', devmajor: 1, devminor: 3 });
    tar.entry({ name: 'linux/pipe', type: 'fifo' });
    tar.entry({ name: 'linux/.gitmodules', type: 'symlink', linkname: 'x' });
    tar.entry({ name: 'linux/esc\u001b[2J/../x' }, 'x');
    tar.entry({ name: 'linux/ok' }, 'fine');
  });
  expect(entries).toEqual(['100644 ok fine']);
  expect(left).toEqual([
    'linux/../../etc/passwd: left out: a path that leads elsewhere',
    '/etc/shadow: left out: a path that leads elsewhere',
    'linux/a//b: left out: a path that leads elsewhere',
    'linux/.GIT/config: left out: a path inside a .git',
    'linux/hard: left out: a hard link',
    'linux/device: left out: not a file (character-device)',
    'linux/pipe: left out: not a file (fifo)',
    'linux/.gitmodules: left out: a symlink named as git names files',
    'linux/esc?[2J/../x: left out: a path that leads elsewhere',
  ]);
});

test('leaves out a file that is far too large without holding it in memory', async () => {
  const header = Buffer.alloc(512);
  header.write('linux/huge');
  header.write('0000644\0', 100);
  header.write(`${(65 * 2 ** 20).toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  function* bytes() {
    yield header;
    for (let i = 0; i < 65; i++) yield Buffer.alloc(1 << 20);
    yield Buffer.alloc(1024);
  }
  const diagnostics: Diagnostic[] = [];
  const entries = await collect(readTree(Readable.from(bytes()), (d) => diagnostics.push(d)));
  expect(entries).toEqual([]);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    `left out: too large (${65 * 2 ** 20} bytes)`,
  ]);
});

test('fails on a stream that ends in the middle of a file', async () => {
  const tar = pack();
  tar.entry({ name: 'linux/a' }, 'x'.repeat(5000));
  tar.finalize();
  const whole = Buffer.concat(await collect(tar as AsyncIterable<Buffer>));
  const cut = Readable.from([whole.subarray(0, 2000)]);
  await expect(collect(readTree(cut, () => undefined))).rejects.toThrow(/end of data/i);
});
