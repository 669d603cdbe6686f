import { locateString, type Btf } from './btf.ts';

/** What a name may be made of. */
export type NameClass = 'identifier' | 'words' | 'printable';

/** KSYM_NAME_LEN of include/linux/kallsyms.h: where kernel/bpf/btf.c stops reading a name. */
const longest = 512;

const letter = 1;
const digit = 2;
const blank = 4;
const printable = 8;
const classOf = new Uint8Array(256);
for (let code = 0x20; code < 0x7f; code++) {
  const char = String.fromCharCode(code);
  classOf[code] =
    printable |
    (/[A-Za-z_.]/.test(char) ? letter : /[0-9]/.test(char) ? digit : char === ' ' ? blank : 0);
}
const firstOf = { identifier: letter, words: letter, printable };
const laterOf = { identifier: letter | digit, words: letter | digit | blank, printable };

/**
 * Whether a name stands at `offset`: not empty, of the characters of its class, no longer than the
 * kernel reads, ended by a NUL (kernel/bpf/btf.c, btf_name_valid_identifier and
 * btf_name_valid_section).
 */
export function isName(btf: Btf, offset: number, names: NameClass): boolean {
  const found = locateString(btf, offset);
  if (found === null) return false;
  const { bytes, at } = found;
  if ((classOf[bytes[at]!]! & firstOf[names]) === 0) return false;
  const allowed = laterOf[names];
  const limit = Math.min(bytes.length, at + longest);
  for (let i = at + 1; i < limit; i++) {
    if (bytes[i] === 0) return true;
    if ((classOf[bytes[i]!]! & allowed) === 0) return false;
  }
  return false;
}
