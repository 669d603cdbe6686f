import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SocketPair {
  ours: Socket;
  /** For a child's stdio; to be destroyed here once the child has it. */
  theirs: Socket;
}

/**
 * Two sockets that are connected, of which ours reads everything into `buffer`, again and again.
 *
 * The pipe that `spawn` makes gives fresh memory with each chunk. V8 counts it, and marks its whole
 * heap anew with every 64 MB: for gigabytes that are looked at and forgotten, this is half of all the
 * work. A socket can be told where to read to, but only when it connects by itself.
 *
 * @param onBytes the bytes are overwritten once this returns
 */
export async function socketPair(
  buffer: Buffer,
  onBytes: (bytes: Buffer) => void,
): Promise<SocketPair> {
  // The folder is open to this user alone, and so is the socket in it.
  const folder = await mkdtemp(join(tmpdir(), 'kfunc-atlas-'));
  const server = createServer({ pauseOnConnect: true });
  try {
    const path = join(folder, 'socket');
    server.listen(path);
    await once(server, 'listening');
    const accepted = once(server, 'connection');
    const callback = (length: number) => {
      onBytes(buffer.subarray(0, length));
      return true;
    };
    const ours = connect({ path, onread: { buffer, callback } });
    const [[theirs]] = await Promise.all([accepted as Promise<[Socket]>, once(ours, 'connect')]);
    return { ours, theirs };
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
