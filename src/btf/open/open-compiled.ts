import fs from 'node:fs/promises';
import { UserError } from '../../user-error.ts';
import { BtfError } from '../btf-error.ts';
import type { Btf } from '../btf.ts';
import type { CompiledKfunc } from '../compiled-kfunc.ts';
import { readElfBtf } from '../elf-btf.ts';
import { embeddedBtf } from '../embedded.ts';
import { functionsOf, kfuncsOf, marksKfuncs } from '../kfuncs.ts';
import { readBtf } from '../read-btf.ts';
import { readVmlinuxHeader } from '../vmlinux-header.ts';
import type { Form } from './form.ts';
import { unpack, unpackedLimit, type Unpacked } from './unpack.ts';

/** What a file says about kfuncs, and what kind of file it is. */
export interface Compiled {
  /** Sorted by name. Of a module, only its own. */
  kfuncs: CompiledKfunc[];
  /**
   * Where kfuncs are not marked as such, since an older pahole made the BTF: the functions of given names,
   * sorted by name. null where they are.
   */
  unmarked: ((names: ReadonlySet<string>) => CompiledKfunc[]) | null;
  kind: 'vmlinux.h' | 'btf' | 'elf' | 'image';
  /** Whether it is a module's. */
  module: boolean;
  /** What was taken off, from the outside in: `['bzImage', 'zstd']`. */
  wrappings: Form[];
}

/**
 * Reads the kfuncs of a compiled kernel or module from any of:
 *
 * - `vmlinux.h`, as bpftool prints it
 * - raw BTF: `/sys/kernel/btf/vmlinux`, `/sys/kernel/btf/<module>`
 * - an ELF file with a `.BTF` section: vmlinux, a module
 * - an image that boots: `vmlinuz` of x86, an EFI zboot, `Image` of arm64
 * - each of them compressed with gzip, xz or zstd
 *
 * @param path of the file
 * @param options.base for a module: its kernel's BTF, or a file that holds it (all forms but vmlinux.h)
 * @throws UserError when the file cannot be read, is none of these, is damaged, is of a module and comes
 *   without a base, or is of no module and comes with one
 */
export async function openCompiled(
  path: string,
  options: { base?: string | Btf | undefined } = {},
): Promise<Compiled> {
  const unpacked = await unpackFile(path);
  const { form, wrappings } = unpacked;
  if (form === 'text') {
    const kfuncs = readVmlinuxHeader(new TextDecoder().decode(unpacked.bytes));
    if (kfuncs.length === 0)
      throw new UserError(
        `${path} declares no kfuncs ("extern … __weak __ksym;"): a vmlinux.h has them when bpftool ` +
          '7.5 or later printed it.',
      );
    return { kfuncs, unmarked: null, kind: 'vmlinux.h', module: false, wrappings };
  }
  const base = typeof options.base === 'string' ? await openBtf(options.base) : options.base;
  const kind = form === 'Image' ? 'image' : form;
  return inWords(path, base !== undefined, () => {
    const btf = btfOf(unpacked, base);
    const unmarked = marksKfuncs(btf)
      ? null
      : (names: ReadonlySet<string>) =>
          inWords(path, base !== undefined, () => functionsOf(btf, names));
    return { kfuncs: kfuncsOf(btf), unmarked, kind, module: btf.base !== null, wrappings };
  });
}

/**
 * Reads the BTF of a kernel, to be the base of its modules: from any form but a vmlinux.h.
 *
 * @throws UserError as openCompiled
 */
export async function openBtf(path: string): Promise<Btf> {
  const unpacked = await unpackFile(path);
  if (unpacked.form === 'text')
    throw new UserError(`${path} is text: the base of a module's BTF must be BTF itself.`);
  return inWords(path, false, () => btfOf(unpacked, undefined));
}

function btfOf({ form, bytes }: Unpacked, base: Btf | undefined): Btf {
  const btf = form === 'elf' ? readElfBtf(bytes, { base }) : readBtf(rawBtf(form, bytes), { base });
  // The first string of split BTF is a name at once.
  if (base !== undefined && btf.base === base && btf.strings[0] === 0)
    throw new BtfError('This BTF is whole: a base is for that of a module.');
  return btf;
}

function rawBtf(form: Unpacked['form'], bytes: Uint8Array): Uint8Array {
  if (form === 'btf') return bytes;
  const found = embeddedBtf(bytes);
  if (found === null) throw new BtfError('The kernel image holds no BTF.');
  return found.slice();
}

async function unpackFile(path: string): Promise<Unpacked> {
  return await unpack(await readFile(path), path);
}

async function readFile(path: string): Promise<Uint8Array> {
  try {
    const stat = await fs.stat(path);
    if (!stat.isFile()) throw new UserError(`${path} is not a file.`);
    if (stat.size > unpackedLimit)
      throw new UserError(`${path} has more than ${unpackedLimit / 2 ** 20} MiB.`);
    return await fs.readFile(path);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    throw new UserError(`Could not read ${path}: ${why}.`, { cause: error });
  }
}

/** Runs what reads BTF; says which file it was that is damaged, or what to give with it. */
function inWords<T>(path: string, hasBase: boolean, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BtfError)) throw error;
    if (error.needsBase)
      throw new UserError(
        `${path} is of a module, and its BTF continues that of its kernel: give that with --base ` +
          '(/sys/kernel/btf/vmlinux, or the vmlinux or vmlinuz of the same build).',
      );
    const doubt = hasBase ? ' Is the base of the same build?' : '';
    throw new UserError(`${path}: ${error.message}${doubt}`, { cause: error });
  }
}
