import { describe, expect, test } from 'vitest';
import { BtfError } from './btf-error.ts';
import { stringAt, typeAt } from './btf.ts';
import { Kind } from './kinds.ts';
import { readBtf } from './read-btf.ts';
import { btfWriter, smallKernel } from './testing.ts';

type Writer = ReturnType<typeof btfWriter>;

/** What is said of BTF that `write` put together. */
function complaint(write: (w: Writer) => unknown): string {
  const w = btfWriter();
  write(w);
  return complaintOn(w.build());
}

function complaintOn(bytes: Uint8Array): string {
  try {
    readBtf(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(BtfError);
    return (error as Error).message;
  }
  return 'nothing';
}

function edited(edit: (view: DataView) => void, bytes = smallKernel().build()): Uint8Array {
  edit(new DataView(bytes.buffer));
  return bytes;
}

describe('readBtf', () => {
  test('reads types of both byte orders alike', () => {
    const [little, big] = [false, true].map((bigEndian) =>
      readBtf(smallKernel({ bigEndian }).build()),
    );
    expect(big!.endId).toBe(little!.endId);
    for (let id = 1; id < little!.endId; id++) {
      const { owner: a, ...of } = typeAt(little!, id);
      const { owner: b, ...same } = typeAt(big!, id);
      expect(same).toEqual(of);
      expect(stringAt(b, same.name)).toBe(stringAt(a, of.name));
    }
  });

  test('reads a header with the layout section of 7.1, and a longer one whose rest is zero', () => {
    const plain = readBtf(smallKernel().build()).endId;
    for (const headerLength of [32, 40])
      expect(readBtf(smallKernel({ headerLength }).build()).endId).toBe(plain);
  });

  test('finds bytes that do not start at the start of their buffer', () => {
    const bytes = smallKernel().build();
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(readBtf(shifted.subarray(3)).endId).toBe(readBtf(bytes).endId);
  });

  test('lets types refer forward, and to themselves through a structure', () => {
    const w = btfWriter();
    w.ptr(2);
    w.struct('node', [['next', 1]]);
    expect(readBtf(w.build()).endId).toBe(3);
  });

  test('continues the ids and the strings of a base', () => {
    const base = readBtf(smallKernel().build());
    const w = btfWriter({ base });
    const own = w.typedef('anvil_t', 1);
    const btf = readBtf(w.build(), { base });
    expect(own).toBe(base.endId);
    expect(stringAt(btf, typeAt(btf, own).name)).toBe('anvil_t');
    expect(stringAt(btf, typeAt(btf, 1).name)).toBe('int');
  });

  test('continues a base that is itself split', () => {
    const base = readBtf(smallKernel().build());
    const middle = btfWriter({ base });
    middle.typedef('middle_t', 1);
    const split = readBtf(middle.build(), { base });
    const w = btfWriter({ base: split });
    w.typedef('top_t', base.endId);
    const btf = readBtf(w.build(), { base: split });
    const top = typeAt(btf, split.endId);
    expect(stringAt(btf, typeAt(btf, top.ref).name)).toBe('middle_t');
  });

  test('reads a split part that has no strings of its own', () => {
    const base = readBtf(smallKernel().build());
    const w = btfWriter({ base });
    w.ptr(1);
    expect(readBtf(w.build(), { base }).endId).toBe(base.endId + 1);
  });

  test('says that split BTF needs a base', () => {
    const base = readBtf(smallKernel().build());
    const w = btfWriter({ base });
    w.typedef('anvil_t', 1);
    let error: unknown;
    try {
      readBtf(w.build());
    } catch (caught) {
      error = caught;
    }
    expect(error).toMatchObject({ needsBase: true });
    expect((error as Error).message).toMatch(/split BTF of a module/);
  });

  test('does not take split BTF whose references are beyond its base', () => {
    const base = readBtf(smallKernel().build());
    const w = btfWriter({ base });
    w.typedef('anvil_t', 5);
    const small = btfWriter();
    small.int('int');
    expect(() => readBtf(w.build(), { base: readBtf(small.build()) })).toThrow(BtfError);
  });
});

describe('a header', () => {
  test.each<[string, RegExp, Uint8Array]>([
    ['is cut off', /header of 24 bytes; here are 7/, smallKernel().build().subarray(0, 7)],
    ['is empty', /here are 0/, new Uint8Array()],
    [
      'has another magic number',
      /magic number 0xeb9f/,
      edited((v) => {
        v.setUint16(0, 0xeb9e);
      }),
    ],
    [
      'has another version',
      /version 2/,
      edited((v) => {
        v.setUint8(2, 2);
      }),
    ],
    [
      'has flags',
      /without header flags/,
      edited((v) => {
        v.setUint8(3, 1);
      }),
    ],
    [
      'is shorter than a header',
      /says it is 20 bytes/,
      edited((v) => {
        v.setUint32(4, 20, true);
      }),
    ],
    [
      'is longer than the data',
      /says it is 4294967292 bytes/,
      edited((v) => {
        v.setUint32(4, 0xfffffffc, true);
      }),
    ],
    [
      'has fields of the future',
      /field at 0x20 that is not known/,
      edited(
        (v) => {
          v.setUint8(32, 1);
        },
        smallKernel({ headerLength: 40 }).build(),
      ),
    ],
    [
      'has a type section beyond the end',
      /type section ends at/,
      edited((v) => {
        v.setUint32(12, 0xfffffff0, true);
      }),
    ],
    [
      'has sections that overlap',
      /string section starts at/,
      edited((v) => {
        v.setUint32(16, v.getUint32(16, true) - 4, true);
      }),
    ],
    [
      'has a type section that is not aligned',
      /not at a multiple of 4/,
      edited((v) => {
        v.setUint32(8, 2, true);
      }),
    ],
  ])('that %s is refused', (_, message, bytes) => {
    expect(complaintOn(bytes)).toMatch(message);
  });

  test('does not let bytes follow the sections', () => {
    const bytes = smallKernel().build();
    const longer = new Uint8Array(bytes.length + 1);
    longer.set(bytes);
    expect(complaintOn(longer)).toMatch(/sections end at/);
  });

  test('does not allocate for counts that the input cannot hold', () => {
    const w = btfWriter();
    w.add(Kind.struct, { name: 'anvil', count: 0xffffff, ref: 8 });
    expect(complaintOn(w.build())).toMatch(/needs 201326592 bytes; the type section has 12 left/);
  });
});

describe('strings', () => {
  test('must end with a NUL', () => {
    const bytes = smallKernel().build();
    bytes[bytes.length - 1] = 0x61;
    expect(complaintOn(bytes)).toMatch(/does not end with a NUL/);
  });

  test('that are longer than the kernel reads are no names', () => {
    expect(complaint((w) => w.fwd('a'.repeat(511)))).toBe('nothing');
    expect(complaint((w) => w.fwd('a'.repeat(512)))).toMatch(/no valid name/);
  });

  test.each(['9lives', 'a-b', 'a b', 'é', '<script>', 'a\n'])('do not name a type %j', (name) => {
    expect(complaint((w) => w.fwd(name))).toMatch(/no valid name for itself/);
  });
});

describe('a type', () => {
  test.each<[string, RegExp, (w: Writer) => unknown]>([
    ['of a kind that is not known', /of kind 20; kinds 1 to 19/, (w) => w.add(20)],
    ['of kind 0', /of kind 0/, (w) => w.add(0)],
    ['that is cut off', /needs 12 bytes/, (w) => w.add(Kind.fwd, { name: 'x', words: [0] })],
    ['of an id that no type has', /type id 9, and there are only 2/, (w) => w.ptr(9)],
    [
      'with a name that no string has',
      /no valid name/,
      (w) => w.add(Kind.struct, { count: 1, ref: 8, words: [999, 1, 0] }),
    ],
    ['that is made of itself', /made of itself/, (w) => w.const(1)],
    [
      'that is made of itself in a circle',
      /made of itself/,
      (w) => [w.const(2), w.ptr(3), w.typedef('loop', 1)],
    ],
    ['that is a function that returns itself', /made of itself/, (w) => [w.ptr(2), w.proto(1)]],
    ['that is an array of itself', /made of itself/, (w) => [w.int('int'), w.array(2, 1, 4)]],
    [
      'that is a pointer to a function itself',
      /a target of type id 2, which is FUNC/,
      (w) => [w.proto(0), w.func('f', 1), w.ptr(2)],
    ],
    ['that is a pointer with a name', /has a name/, (w) => w.add(Kind.ptr, { name: 'p' })],
    ['that is a pointer with elements', /has 1 elements/, (w) => w.add(Kind.ptr, { count: 1 })],
    ['that is a pointer with the kind flag', /kind flag/, (w) => w.add(Kind.ptr, { flag: true })],
    ['that is an array of void', /an element of type id 0, which is void/, (w) => w.array(0, 1, 1)],
    [
      'that is an int of too many bits',
      /255 bits in 4 bytes/,
      (w) => w.add(Kind.int, { name: 'int', ref: 4, words: [255] }),
    ],
    [
      'that is an int of another encoding',
      /encoding/,
      (w) => w.add(Kind.int, { name: 'int', ref: 4, words: [0x03000020] }),
    ],
    ['that is a float of 3 bytes', /the size 3/, (w) => w.add(Kind.float, { name: 'f', ref: 3 })],
    ['that is an enum of 3 bytes', /the size 3/, (w) => w.add(Kind.enum, { ref: 3 })],
    ['that is an enum with a value without a name', /value 0/, (w) => w.enum('e', [''])],
    [
      'that is a forward declaration of something',
      /refers to type id 1/,
      (w) => w.add(Kind.fwd, { name: 'x', ref: 1 }),
    ],
    ['that has a member of void', /a member 0 of type id 0/, (w) => w.struct('s', [['a', 0]])],
    [
      'that has a member beyond its end',
      /member 0 at bit 72/,
      (w) => [w.int('int'), w.add(Kind.struct, { ref: 8, count: 1, words: [0, 1, 72] })],
    ],
    [
      'that is a function without a prototype',
      /prototype of type id 1, which is INT/,
      (w) => [w.int('int'), w.func('f', 1)],
    ],
    [
      'that is a function of unknown linkage',
      /linkage 3/,
      (w) => [w.proto(0), w.add(Kind.func, { name: 'f', count: 3, ref: 1 })],
    ],
    [
      'that has void between its parameters',
      /a parameter 0 of type id 0/,
      (w) => [
        w.int('int'),
        w.proto(0, [
          ['a', 0],
          ['b', 1],
        ]),
      ],
    ],
    [
      'that is a variable of void',
      /a value of type id 0/,
      (w) => w.add(Kind.var, { name: 'v', words: [0] }),
    ],
    [
      'that is a variable of unknown linkage',
      /linkage 7/,
      (w) => [w.int('int'), w.add(Kind.var, { name: 'v', ref: 1, words: [7] })],
    ],
    [
      'that is a section of types',
      /entry 0 of type id 1, which is INT/,
      (w) => [
        w.int('int'),
        w.add(Kind.datasec, { name: '.data', count: 1, ref: 4, words: [1, 0, 4] }),
      ],
    ],
    [
      'that is a section with an entry beyond its end',
      /entry 0 at 0x4/,
      (w) => [
        w.int('int'),
        w.add(Kind.var, { name: 'v', ref: 1, words: [0] }),
        w.add(Kind.datasec, { name: '.data', count: 1, ref: 4, words: [2, 4, 4] }),
      ],
    ],
    [
      'that tags a parameter that is not there',
      /tags component 1/,
      (w) => [w.int('int'), w.proto(0, [['a', 1]]), w.func('f', 2), w.declTag('t', 3, 1)],
    ],
    [
      'that tags component -2',
      /tags component -2/,
      (w) => [w.proto(0), w.func('f', 1), w.declTag('t', 2, -2)],
    ],
    ['that tags an int', /tags type id 1, which is INT/, (w) => [w.int('int'), w.declTag('t', 1)]],
    [
      'that is a tag without a value',
      /no valid name for its value/,
      (w) => [w.struct('s'), w.declTag('', 1)],
    ],
  ])('%s is refused', (_, message, write) => {
    expect(complaint(write)).toMatch(message);
  });
});
