import { BtfError } from './btf-error.ts';
import type { Btf } from './btf.ts';
import { elfSections } from './elf.ts';
import { readBtf } from './read-btf.ts';

/**
 * Reads the BTF of a vmlinux or a module. A module that was built outside the kernel's tree can carry
 * the part of its kernel's BTF that it needs (`.BTF.base`): then that is its base, whatever the
 * caller has. What is kept of the file is a copy of that section, since a vmlinux is ten times as large.
 *
 * @throws BtfError, with `needsBase` for a module of the tree that comes without a base
 */
export function readElfBtf(bytes: Uint8Array, options: { base?: Btf | undefined } = {}): Btf {
  const sections = elfSections(bytes, ['.BTF', '.BTF.base', '.gnu.linkonce.this_module']);
  const btf = sections.get('.BTF');
  if (btf === undefined)
    throw new BtfError(
      'The ELF file has no .BTF section: it was built without CONFIG_DEBUG_INFO_BTF, or stripped.',
    );
  const own = sections.get('.BTF.base');
  const base = own === undefined ? options.base : readBtf(own.slice());
  if (base === undefined && sections.has('.gnu.linkonce.this_module'))
    throw new BtfError(
      'A module has split BTF, to be read with the BTF of its kernel as the base.',
      {
        needsBase: true,
      },
    );
  return readBtf(btf.slice(), { base });
}
