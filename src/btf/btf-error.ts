/**
 * Bytes that are not what BTF or ELF must be: one sentence with the place and what was expected
 * there. `needsBase` says that nothing is damaged: it is the split BTF of a module, which can only be
 * read together with the BTF of its kernel.
 */
export class BtfError extends Error {
  readonly needsBase: boolean;
  constructor(message: string, options: { needsBase?: boolean } = {}) {
    super(message);
    this.name = 'BtfError';
    this.needsBase = options.needsBase ?? false;
  }
}

/** An offset as it stands in messages: `0x1f4`. */
export function hex(offset: number | bigint): string {
  return `0x${offset.toString(16)}`;
}
