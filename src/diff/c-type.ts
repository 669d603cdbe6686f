/** Types of C as the source spells them, read as far as BTF tells them apart. */

/** What BTF calls a type once its modifiers and typedefs are gone; `unknown` for a typedef. */
export type Kind =
  'void' | 'integer' | 'enum' | 'struct' | 'union' | 'function' | 'pointer' | 'unknown';

export interface CType {
  kind: Kind;
  /** Without `const`: `struct task_struct`, `u32`, `enum bpf_lru`; of a pointer, all of it. */
  name: string;
  /** Bits of an integer, as BPF has them, where `long` has 64; null for what is none. */
  bits: number | null;
  /** What a pointer points to. */
  target: CType | null;
}

/** Integers by name, with their bits. */
const INTEGERS = new Map<string, number>();
for (const [bits, names] of [
  [8, 'bool,_Bool,char,u8,s8,__u8,__s8,uint8_t,int8_t,unsigned char,signed char'],
  [16, 'short,unsigned short,u16,s16,__u16,__s16,uint16_t,int16_t,__be16,__le16,umode_t'],
  [32, 'int,signed,signed int,unsigned,unsigned int,uint,u32,s32,__u32,__s32,uint32_t,int32_t'],
  [32, '__be32,__le32,__wsum,gfp_t,dev_t,uid_t,gid_t,pid_t'],
  [64, 'long,long int,unsigned long,long unsigned int,size_t,ssize_t,uintptr_t'],
  [64, 'long long,unsigned long long,u64,s64,__u64,__s64,uint64_t,int64_t,__be64,__le64'],
  [64, 'loff_t,ktime_t'],
] as const) {
  for (const name of names.split(',')) INTEGERS.set(name, bits);
}

/**
 * Reads a type without a name. Words that make no other type are gone: `const`, `__user`, address spaces.
 *
 *     const struct task_struct *     a pointer to the struct task_struct
 *     int (*)(void *map)             a pointer to a function
 *     gfp_t                          an integer; another typedef is unknown
 */
export function readType(text: string): CType {
  const plain = text
    .replace(/__attribute__\(\((?:[^()]|\([^()]*\))*\)\)/g, ' ')
    .replace(/\b(?:const|volatile|restrict|__user|__rcu|__percpu|__arena|__kernel)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ?\* ?/g, '*')
    .trim();
  if (plain.includes('(')) return pointerTo({ ...nothing, kind: 'function', name: plain });
  const [, base = '', array = '', stars = ''] = /^([^*[]*)(?:(\[.*)|(\**))?$/.exec(plain) ?? [];
  let type = baseType(base.trim());
  const depth = stars.length + (array === '' ? 0 : 1);
  for (let i = 0; i < depth; i++) type = pointerTo(type);
  return type;
}

const nothing = { bits: null, target: null };

function pointerTo(target: CType): CType {
  return { ...nothing, kind: 'pointer', name: `${target.name} *`.replace('* *', '**'), target };
}

function baseType(name: string): CType {
  const bits = INTEGERS.get(name);
  if (bits !== undefined) return { ...nothing, kind: 'integer', name, bits };
  const [word] = name.split(' ');
  if (name === 'void') return { ...nothing, kind: 'void', name };
  if (word === 'struct' || word === 'union' || word === 'enum') {
    return { ...nothing, kind: word, name };
  }
  return { ...nothing, kind: 'unknown', name };
}
