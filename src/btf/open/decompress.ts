import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { UserError } from '../../user-error.ts';
import type { Form } from './form.ts';
import { tooLong, unxz } from './xz.ts';

const gunzip = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.gunzip);
const inflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflateRaw);
const unzstd = promisify<Uint8Array, zlib.ZstdOptions, Buffer>(zlib.zstdDecompress);

/** The forms that are a compressed file, whether or not this can unpack it. */
const compressions: readonly Form[] = ['gzip', 'xz', 'zstd', 'bzip2', 'lz4', 'lzma', 'lzo'];

/** Whether a form is a compression. */
export function isCompressed(form: Form): boolean {
  return compressions.includes(form);
}

/**
 * Unpacks gzip, xz and zstd, which is what kernels and modules come in today.
 *
 * @param form one that `isCompressed`
 * @param limit of what comes out, in bytes
 * @param path for messages
 * @throws UserError when the data is damaged, too long, or compressed in another way
 */
export async function decompress(
  bytes: Uint8Array,
  form: Form,
  limit: number,
  path: string,
): Promise<Uint8Array> {
  const options = { maxOutputLength: limit, chunkSize: 1 << 20 };
  try {
    switch (form) {
      case 'gzip':
        return await unzip(bytes, options);
      case 'zstd':
        return await unzstd(bytes, options);
      case 'xz':
        return await unxz(bytes, limit, path);
      default:
        throw new UserError(
          `${path} is compressed with ${form}, of gzip, xz and zstd: unpack it first.`,
        );
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLong(path, limit);
    throw new UserError(`${path} holds ${form} data that is damaged.`, { cause: error });
  }
}

/**
 * Node takes what follows gzip data for more of it, and refuses it; in a boot image it is the rest of
 * that. When all was well up to there, the deflated data are unpacked alone, after the shortest header,
 * which is what the kernel's build makes (`gzip -n`):
 *
 *     1f 8b 08 flags:1 time:4 -:2 | deflated data | crc:4 length:4 | whatever
 */
async function unzip(bytes: Uint8Array, options: zlib.ZlibOptions): Promise<Uint8Array> {
  try {
    return await gunzip(bytes, options);
  } catch (error) {
    if ((error as Error).message !== 'incorrect header check' || bytes[3] !== 0) throw error;
    return await inflateRaw(bytes.subarray(10), options);
  }
}
