/**
 * How a built kernel spells what the source says: the rules by which the declarations of a `vmlinux.h`
 * (bpftool, tools/lib/bpf/btf_dump.c) differ from the prototypes of the source, and no others. Both
 * sides are brought to one form, so that what is left differs in truth.
 */

/** Names that the compiler gives to C's integer types, by the words that the source may use, sorted. */
const INTEGERS: ReadonlyMap<string, string> = new Map(
  (
    [
      ['unsigned int', 'unsigned', 'unsigned int'],
      ['int', 'int', 'signed', 'signed int'],
      ['long int', 'long', 'long int', 'signed long', 'signed long int'],
      ['long unsigned int', 'unsigned long', 'unsigned long int'],
      ['long long int', 'long long', 'long long int', 'signed long long', 'signed long long int'],
      ['long long unsigned int', 'unsigned long long', 'unsigned long long int'],
      ['short int', 'short', 'short int', 'signed short', 'signed short int'],
      ['short unsigned int', 'unsigned short', 'unsigned short int'],
    ] as const
  ).flatMap(([name, ...spellings]) => spellings.map((s) => [sorted(s), name] as const)),
);

function sorted(words: string): string {
  return words.split(' ').sort().join(' ');
}

const INTEGER_WORDS = /\b(?:(?:unsigned|signed|long|short|int)\b ?)+/g;

/**
 * A type in the one form: marks that the compiler drops or that depend on who built are gone, C's
 * integers have the compiler's names, names inside a function type too, and blanks are single.
 *
 * @param type a type without a name: `const struct foo *`, `int (*)(void *map, int *key)`
 */
export function plainType(type: string): string {
  return type
    .replace(/__attribute__\(\((?:address_space|btf_type_tag)\([^()]*\)\)\)/g, ' ')
    .replace(/\b(?:__user|__rcu|__percpu|__kernel|__iomem|__arena|__force)\b/g, ' ')
    .replace(/\b_Bool\b/g, 'bool')
    .replace(INTEGER_WORDS, (words) => `${INTEGERS.get(sorted(words.trim())) ?? words.trim()} `)
    .replace(/\s+/g, ' ')
    .replace(/ ?([*(),[\]]) ?/g, '$1')
    .trim();
}

/**
 * A parameter's type as BTF has it: a function or an array is the pointer that C makes of it, and what is
 * inside a function type has no names.
 *
 *     bool (struct node *a)     ->  bool(*)(struct node*)
 *     int (*)(void *map, u32)   ->  int(*)(void*,u32)
 *     u8 [16]                   ->  u8*
 */
export function plainParameter(type: string): string {
  const plain = plainType(type);
  const [, returns, stars, list] =
    /^([^()]+)\((\*+)\)\((.*)\)$/.exec(plain) ?? /^([^()]+)()\((.*)\)$/.exec(plain) ?? [];
  if (returns !== undefined && list !== undefined) {
    const types = atCommas(list).map(withoutName).map(plainParameter);
    return `${returns}(${stars === '' ? '*' : stars!})(${types.join(',')})`;
  }
  return plain.replace(/\[[^\]]*\]$/, '*');
}

/** Cuts at the commas that stand in no parentheses. */
function atCommas(list: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const c of list) {
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === ',' && depth === 0) parts.push('');
    else parts.push(parts.pop()! + c);
  }
  return parts;
}

const TYPE_WORDS = new Set('int char long short unsigned signed bool void float double'.split(' '));

/**
 * `const struct foo*p` without `p`: the last of several words, unless a type is made of them all; and
 * `int(*cb)(void*)` without `cb`.
 */
function withoutName(parameter: string): string {
  const [, head, list] = /^([^()]+\(\*+)\w+(\)\(.*\))$/.exec(parameter) ?? [];
  if (head !== undefined) return `${head}${list!}`;
  const [, before, last] = /^(.*[ *])(\w+)$/.exec(parameter) ?? [];
  if (before === undefined || TYPE_WORDS.has(last!)) return parameter;
  const needsMore = /(?:^| )(?:const|volatile|struct|union|enum) $/.test(before);
  return needsMore ? parameter : before.trim();
}
