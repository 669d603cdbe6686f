import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parseConfig } from '../kfunc/config/dot-config.ts';
import { UserError } from '../user-error.ts';
import type { KernelConfig } from './prediction.ts';

/** Far more than any kernel's configuration has. */
const MAX_TEXT = 16 << 20;

/**
 * Reads a kernel's configuration: a `.config`, `boot/config-*`, or `/proc/config.gz`.
 *
 * @throws UserError when the file cannot be read, is damaged, or sets no symbol
 */
export async function readKernelConfig(path: string): Promise<KernelConfig> {
  const bytes = await readFile(path).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : (code ?? 'unknown error');
    throw new UserError(`Could not read ${path}: ${why}.`, { cause: error });
  });
  const config = parseConfig(textOf(bytes, path));
  if (config.size === 0) {
    throw new UserError(`${path} sets no CONFIG_ symbol: it is no configuration of a kernel.`);
  }
  return config;
}

function textOf(bytes: Buffer, path: string): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_TEXT }).toString('utf8');
  } catch (error) {
    throw new UserError(`${path} is damaged: it cannot be unpacked.`, { cause: error });
  }
}
