import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';
import { endWithUs } from '../git/children.ts';
import { UserError } from '../user-error.ts';

type DpkgDeb = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * The source tree that a `linux-source-X.Y` package holds, as a tar stream:
 *
 *     linux-source-6.12_6.12.107-1_all.deb
 *       usr/src/linux-source-6.12.tar.xz
 *         linux-source-6.12/Makefile …
 *
 * Nothing is written to disk. The inner archive is unpacked by dpkg-deb too, by handing it over as
 * the content of a package: where there is apt there is dpkg-deb, while `xz` may be missing.
 *
 * @throws UserError, through the stream, when the package holds no such archive or is damaged
 */
export function sourceTar(deb: string): Readable {
  const output = new PassThrough({ highWaterMark: 1 << 20 });
  pump(deb, output).catch((error: unknown) => {
    output.destroy(error as Error);
  });
  return output;
}

async function pump(deb: string, output: PassThrough): Promise<void> {
  const outer = dpkgDeb(deb);
  outer.child.stdin.end();
  output.once('close', () => outer.child.kill('SIGKILL'));
  const entries = extract();
  outer.child.stdout.pipe(entries);
  let found = false;
  for await (const entry of entries) {
    const { name, size, type } = entry.header;
    if (found || type !== 'file' || !/^\.?\/?usr\/src\/linux-source-[\d.]+\.tar\.xz$/.test(name)) {
      entry.resume();
      continue;
    }
    found = true;
    const inner = dpkgDeb('-');
    output.once('close', () => inner.child.kill('SIGKILL'));
    inner.child.stdout.pipe(output, { end: false });
    await pipeline(asPackage(entry, size), inner.child.stdin).catch(() => undefined);
    await inner.ended;
  }
  await outer.ended;
  if (!found) throw new UserError(`${deb} holds no usr/src/linux-source-*.tar.xz.`);
  output.end();
}

/** An ar archive as deb(5) has it, around a compressed tar that has `size` bytes. */
async function* asPackage(tarXz: AsyncIterable<unknown>, size: number): AsyncGenerator<Buffer> {
  const control = Buffer.alloc(1024);
  yield Buffer.concat([
    Buffer.from('!<arch>\n'),
    arHeader('debian-binary', 4),
    Buffer.from('2.0\n'),
    arHeader('control.tar', control.length),
    control,
    arHeader('data.tar.xz', size),
  ]);
  for await (const chunk of tarXz) yield chunk as Buffer;
  if (size % 2 === 1) yield Buffer.from('\n');
}

function arHeader(name: string, size: number): Buffer {
  const fields = [
    name.padEnd(16),
    '0'.padEnd(12),
    '0'.padEnd(6),
    '0'.padEnd(6),
    '100644'.padEnd(8),
  ];
  return Buffer.from(`${fields.join('')}${String(size).padEnd(10)}\`\n`);
}

/** `dpkg-deb --fsys-tarfile`: a package's files as a tar stream on stdout. */
function dpkgDeb(deb: string): { child: DpkgDeb; ended: Promise<void> } {
  const child = spawn('dpkg-deb', ['--fsys-tarfile', deb], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  endWithUs(child);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-2000);
  });
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(damaged(deb, stderr.trim() || String(signal ?? code)));
    });
  });
  ended.catch(() => undefined);
  return { child, ended };
}

function damaged(deb: string, why: string): UserError {
  return new UserError(`dpkg-deb could not unpack ${deb}: ${why.split('\n')[0]!}`);
}
