import { describe, expect, test } from 'vitest';
import { BtfError } from './btf-error.ts';
import { readElfBtf } from './elf-btf.ts';
import { elfSections } from './elf.ts';
import { kfuncsOf } from './kfuncs.ts';
import { readBtf } from './read-btf.ts';
import { btfWriter, elfFile, smallKernel } from './testing.ts';

const contents = Uint8Array.from([1, 2, 3]);
const layouts = [
  { wide: true, bigEndian: false },
  { wide: true, bigEndian: true },
  { wide: false, bigEndian: false },
  { wide: false, bigEndian: true },
];

describe('elfSections', () => {
  test.each(layouts)('finds sections by name in $wide, $bigEndian', (layout) => {
    const file = elfFile({ '.text': Uint8Array.from([9]), '.BTF': contents }, layout);
    const found = elfSections(file, ['.BTF', '.BTF.base']);
    expect([...found]).toEqual([['.BTF', contents]]);
  });

  test('does not take a longer or a shorter name', () => {
    const file = elfFile({ '.BTF_ids': contents, '.BT': contents });
    expect(elfSections(file, ['.BTF']).size).toBe(0);
  });

  test('reads the number of sections and of their names where they do not fit', () => {
    const file = elfFile({ '.BTF': contents });
    const view = new DataView(file.buffer);
    const table = Number(view.getBigUint64(40, true));
    view.setBigUint64(table + 32, 3n, true);
    view.setUint32(table + 40, 2, true);
    view.setUint16(60, 0, true);
    view.setUint16(62, 0xffff, true);
    expect(elfSections(file, ['.BTF']).get('.BTF')).toEqual(contents);
  });

  test('lets another section be damaged', () => {
    const file = elfFile({ '.text': contents, '.BTF': contents });
    const view = new DataView(file.buffer);
    const table = Number(view.getBigUint64(40, true));
    view.setBigUint64(table + 64 + 24, 2n ** 63n, true);
    expect(elfSections(file, ['.BTF']).get('.BTF')).toEqual(contents);
  });

  test.each<[string, RegExp, (view: DataView, table: number) => void]>([
    [
      'is of another class',
      /class 3/,
      (v) => {
        v.setUint8(4, 3);
      },
    ],
    [
      'is of another byte order',
      /byte order 0/,
      (v) => {
        v.setUint8(5, 0);
      },
    ],
    [
      'has its table beyond the end',
      /said to be at 0xffffffffffffffff/,
      (v) => {
        v.setBigUint64(40, 2n ** 64n - 1n, true);
      },
    ],
    [
      'has no table',
      /said to be at 0x0/,
      (v) => {
        v.setBigUint64(40, 0n, true);
      },
    ],
    [
      'has a table of shorter entries',
      /of 32 bytes each/,
      (v) => {
        v.setUint16(58, 32, true);
      },
    ],
    [
      'has more sections than fit',
      /before the last of its 65000/,
      (v) => {
        v.setUint16(60, 65000, true);
      },
    ],
    [
      'has more sections than any file',
      /before the last of its/,
      (v, table) => {
        v.setUint16(60, 0, true);
        v.setBigUint64(table + 32, 2n ** 60n, true);
      },
    ],
    [
      'has its names in no section',
      /in section 9 of 3/,
      (v) => {
        v.setUint16(62, 9, true);
      },
    ],
    [
      'has names beyond the end',
      /section names ends at/,
      (v, table) => {
        v.setBigUint64(table + 2 * 64 + 32, 2n ** 40n, true);
      },
    ],
    [
      'has the section beyond the end',
      /\.BTF ends at/,
      (v, table) => {
        v.setBigUint64(table + 64 + 24, 2n ** 53n, true);
      },
    ],
    [
      'has the section without bytes',
      /holds no bytes/,
      (v, table) => {
        v.setUint32(table + 64 + 4, 8, true);
      },
    ],
    [
      'has the section compressed',
      /compressed/,
      (v, table) => {
        v.setBigUint64(table + 64 + 8, 0x800n, true);
      },
    ],
  ])('refuses a file that %s', (_, message, edit) => {
    const file = elfFile({ '.BTF': contents });
    const view = new DataView(file.buffer);
    edit(view, Number(view.getBigUint64(40, true)));
    expect(() => elfSections(file, ['.BTF'])).toThrow(BtfError);
    expect(() => elfSections(file, ['.BTF'])).toThrow(message);
  });

  test('refuses two sections of one name', () => {
    const file = elfFile({ '.BTF': contents, '.BTQ': contents });
    file[file.lastIndexOf('Q'.charCodeAt(0))] = 'F'.charCodeAt(0);
    expect(() => elfSections(file, ['.BTF'])).toThrow(/two sections named \.BTF/);
  });

  test.each([0, 3, 4, 16, 63])('refuses a file of %i bytes', (length) => {
    expect(() => elfSections(elfFile({}).subarray(0, length), ['.BTF'])).toThrow(BtfError);
  });
});

describe('readElfBtf', () => {
  const kernel = smallKernel().build();
  const base = readBtf(kernel);
  const w = btfWriter({ base });
  w.kfunc('bellows_blow', 1);
  const split = w.build();
  const module = { '.gnu.linkonce.this_module': contents, '.BTF': split };
  const names = (btf: Parameters<typeof kfuncsOf>[0]) => kfuncsOf(btf).map((kfunc) => kfunc.name);

  test('reads a kernel', () => {
    expect(names(readElfBtf(elfFile({ '.BTF': kernel })))).toHaveLength(3);
  });

  test('reads a module with the base that is given', () => {
    expect(names(readElfBtf(elfFile(module), { base }))).toEqual(['bellows_blow']);
  });

  test('reads a module with the base that it carries, whatever is given', () => {
    const other = btfWriter();
    other.int('int');
    const file = elfFile({ ...module, '.BTF.base': kernel });
    expect(names(readElfBtf(file))).toEqual(['bellows_blow']);
    expect(names(readElfBtf(file, { base: readBtf(other.build()) }))).toEqual(['bellows_blow']);
  });

  test('says that a module needs a base', () => {
    expect(() => readElfBtf(elfFile(module))).toThrow(expect.objectContaining({ needsBase: true }));
  });

  test('says that a file has no BTF', () => {
    expect(() => readElfBtf(elfFile({ '.text': contents }))).toThrow(/no \.BTF section/);
  });
});
