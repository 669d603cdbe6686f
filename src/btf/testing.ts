import type { Btf } from './btf.ts';
import { Kind } from './kinds.ts';

/** A type to write: its header, and the words that follow it. */
interface TypeSpec {
  name?: string;
  flag?: boolean;
  count?: number;
  ref?: number;
  words?: readonly number[];
}

/** Members, parameters: a name ('' for none) and a type id. */
type Pair = readonly [name: string, type: number];

/**
 * Writes BTF for tests. Each function adds one type and returns its id; `build` gives the bytes.
 * Nothing is checked, so that what is wrong can be written as well.
 *
 * @param options.base what to continue: ids and string offsets go on where its end
 * @param options.headerLength 24, or from 32 on with an empty layout section
 */
export function btfWriter(
  options: { bigEndian?: boolean; base?: Btf | undefined; headerLength?: number } = {},
) {
  const little = options.bigEndian !== true;
  const firstString = options.base?.endString ?? 0;
  const words: number[] = [];
  const offsets = new Map<string, number>();
  let strings = options.base === undefined ? '\0' : '';
  let nextId = options.base?.endId ?? 1;

  function string(text: string): number {
    if (text === '') return 0;
    const known = offsets.get(text);
    if (known !== undefined) return known;
    const offset = firstString + strings.length;
    offsets.set(text, offset);
    strings += `${text}\0`;
    return offset;
  }

  function add(kind: number, spec: TypeSpec = {}): number {
    const { name = '', flag = false, count = 0, ref = 0 } = spec;
    const info = ((flag ? 0x80000000 : 0) | (kind << 24) | count) >>> 0;
    words.push(string(name), info, ref, ...(spec.words ?? []));
    return nextId++;
  }

  const pairs = (list: readonly Pair[]) => list.flatMap(([name, type]) => [string(name), type]);
  return {
    add,
    string,
    int: (name: string, size = 4) => add(Kind.int, { name, ref: size, words: [size * 8] }),
    ptr: (ref: number) => add(Kind.ptr, { ref }),
    const: (ref: number) => add(Kind.const, { ref }),
    volatile: (ref: number) => add(Kind.volatile, { ref }),
    restrict: (ref: number) => add(Kind.restrict, { ref }),
    typedef: (name: string, ref: number) => add(Kind.typedef, { name, ref }),
    array: (element: number, index: number, length: number) =>
      add(Kind.array, { words: [element, index, length] }),
    /** Members at bit 0, as in a union; enough for what is not laid out. */
    struct: (name: string, members: readonly Pair[] = [], kind: number = Kind.struct) =>
      add(kind, {
        name,
        count: members.length,
        ref: 8,
        words: members.flatMap((member) => [...pairs([member]), 0]),
      }),
    enum: (name: string, values: readonly string[] = []) =>
      add(Kind.enum, {
        name,
        count: values.length,
        ref: 4,
        words: values.flatMap((value, i) => [string(value), i]),
      }),
    fwd: (name: string, union = false) => add(Kind.fwd, { name, flag: union }),
    proto: (ref: number, params: readonly Pair[] = []) =>
      add(Kind.funcProto, { ref, count: params.length, words: pairs(params) }),
    func: (name: string, proto: number) => add(Kind.func, { name, count: 1, ref: proto }),
    declTag: (name: string, ref: number, component = -1) =>
      add(Kind.declTag, { name, ref, words: [component >>> 0] }),
    typeTag: (name: string, ref: number, attribute = false) =>
      add(Kind.typeTag, { name, ref, flag: attribute }),
    /** A function with the tag `bpf_kfunc`, and more tags. */
    kfunc(name: string, result: number, params: readonly Pair[] = [], ...tags: string[]): number {
      const func = this.func(name, this.proto(result, params));
      for (const tag of ['bpf_kfunc', ...tags]) this.declTag(tag, func);
      return func;
    },
    build(): Uint8Array {
      const headerLength = options.headerLength ?? 24;
      const text = new TextEncoder().encode(strings);
      const bytes = new Uint8Array(headerLength + words.length * 4 + text.length);
      const view = new DataView(bytes.buffer);
      view.setUint16(0, 0xeb9f, little);
      view.setUint8(2, 1);
      const header = [headerLength, 0, words.length * 4, words.length * 4, text.length];
      header.forEach((word, i) => {
        view.setUint32(4 + 4 * i, word, little);
      });
      words.forEach((word, i) => {
        view.setUint32(headerLength + 4 * i, word, little);
      });
      bytes.set(text, headerLength + words.length * 4);
      return bytes;
    },
  };
}

/** An invented kernel with one of each kind of type, and three kfuncs. */
export function smallKernel(options: { bigEndian?: boolean; headerLength?: number } = {}) {
  const w = btfWriter(options);
  const int = w.int('int');
  const u32 = w.typedef('u32', w.int('unsigned int'));
  const size = w.int('long unsigned int', 8);
  w.add(Kind.float, { name: 'double', ref: 8 });
  const anvil = w.struct('anvil', [['weight', u32]]);
  const callback = w.ptr(w.proto(w.int('_Bool', 1), [['', w.ptr(0)]]));
  w.struct('forge', [['anvil', w.ptr(anvil)]], Kind.union);
  w.enum('heat', ['COLD', 'HOT']);
  w.add(Kind.enum64, { name: 'wide', count: 1, ref: 8, words: [w.string('FAR'), 1, 2] });
  w.fwd('bellows');
  const bytes = w.array(w.const(w.volatile(u32)), size, 4);
  const held = w.add(Kind.var, { name: 'last_anvil', ref: w.restrict(w.ptr(anvil)), words: [1] });
  w.add(Kind.datasec, { name: '.data..percpu', count: 1, ref: 8, words: [held, 0, 8] });
  const arena = w.ptr(w.typeTag('address_space(1)', 0, true));
  w.kfunc('anvil_acquire', w.ptr(anvil), [['anvil', w.ptr(w.const(anvil))]]);
  w.kfunc('anvil_cast', w.ptr(0), [['obj', w.ptr(0)]], 'bpf_fastcall');
  w.kfunc('anvil_strike', int, [
    ['where__arena', arena],
    ['marks', w.ptr(bytes)],
    ['less', callback],
    ['size__sz', size],
  ]);
  w.declTag('helper', w.func('anvil_helper', w.proto(0, [['x', int]])), 0);
  return w;
}

/** An ELF file with the sections given, of which only headers, names and contents are written. */
export function elfFile(
  sections: Readonly<Record<string, Uint8Array>>,
  options: { wide?: boolean; bigEndian?: boolean } = {},
): Uint8Array {
  const wide = options.wide ?? true;
  const little = options.bigEndian !== true;
  const encoder = new TextEncoder();
  const names = ['', ...Object.keys(sections), '.shstrtab'];
  const contents = [
    new Uint8Array(),
    ...Object.values(sections),
    encoder.encode(names.join('\0') + '\0'),
  ];
  const [header, entry] = wide ? [64, 64] : [52, 40];
  const table = contents.reduce((sum, part) => sum + part.length, header);
  const bytes = new Uint8Array(table + entry * names.length);
  const view = new DataView(bytes.buffer);
  const long = (at: number, value: number) => {
    if (wide) view.setBigUint64(at, BigInt(value), little);
    else view.setUint32(at, value, little);
  };
  bytes.set([0x7f, 0x45, 0x4c, 0x46, wide ? 2 : 1, little ? 1 : 2, 1]);
  long(wide ? 40 : 32, table);
  const tail = wide ? 58 : 46;
  view.setUint16(tail, entry, little);
  view.setUint16(tail + 2, names.length, little);
  view.setUint16(tail + 4, names.length - 1, little);
  let at = header;
  let name = 0;
  contents.forEach((part, i) => {
    const section = table + entry * i;
    bytes.set(part, at);
    view.setUint32(section, name, little);
    view.setUint32(section + 4, i === 0 ? 0 : 1, little);
    long(section + (wide ? 24 : 16), at);
    long(section + (wide ? 32 : 20), part.length);
    at += part.length;
    name += names[i]!.length + 1;
  });
  return bytes;
}
