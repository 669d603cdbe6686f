import { execFile } from 'node:child_process';
import xz from 'xz-decompress';
import { UserError } from '../../user-error.ts';

/**
 * Unpacks xz. Modules, as distributions compress them, go through a WebAssembly build of the kernel's
 * own decoder. That knows no filter for machine code and no dictionary over 64 MiB, both of which a
 * kernel has (scripts/xz_wrap.sh): those go through the `xz` program.
 *
 * @param limit of what comes out, in bytes
 * @param path for messages
 * @throws UserError when the data is damaged or too long, or needs an `xz` that is not there
 */
export async function unxz(bytes: Uint8Array, limit: number, path: string): Promise<Uint8Array> {
  try {
    return await collect(new xz.XzReadableStream(streamOf(bytes)), limit, path);
  } catch (error) {
    if (error instanceof UserError) throw error;
    // enum xz_ret in linux/xz.h: memory, memory limit, options; and an end that is not that of the
    // data, since in a vmlinuz its length follows.
    if (!/error code [3468]$/.test((error as Error).message))
      throw new UserError(`${path} holds xz data that is damaged.`);
  }
  return await runXz(bytes, limit, path);
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

async function collect(
  stream: ReadableStream<Uint8Array>,
  limit: number,
  path: string,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > limit) throw tooLong(path, limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function runXz(bytes: Uint8Array, limit: number, path: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'xz',
      ['--decompress', '--stdout', '--single-stream', '--memlimit-decompress=512MiB'],
      { encoding: 'buffer', maxBuffer: limit },
      (error, stdout) => {
        if (error === null) resolve(stdout);
        else if (error.code === 'ENOENT')
          reject(
            new UserError(
              `${path} holds xz data that only the xz program reads, and there is none: install xz-utils.`,
            ),
          );
        else if ((error.code as unknown) === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
          reject(tooLong(path, limit));
        else reject(new UserError(`${path} holds xz data that is damaged.`));
      },
    );
    // A xz that has seen enough does not read the rest.
    child.stdin!.on('error', () => undefined).end(bytes);
  });
}

/** What to say of data that unpacks to more than a kernel can be. */
export function tooLong(path: string, limit: number): UserError {
  return new UserError(`${path} unpacks to more than ${Math.floor(limit / 2 ** 20)} MiB.`);
}
