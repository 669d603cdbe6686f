import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sampleDataset } from '../../tests/sample-dataset.ts';
import { formatJson } from './format.ts';
import { kfuncRecordSchema, releaseFileSchema } from './schema/index.ts';

/** The same value with the keys of all objects in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, item]) => [key, shuffled(item)]));
}

const param = z.object({ name: z.string(), type: z.string() });

describe('the text of the dataset', () => {
  const { kfuncs, releaseFiles } = sampleDataset({ releases: 30, kfuncs: 60 });

  it('is the same bytes whatever the order of keys', () => {
    for (const record of kfuncs) {
      const other = shuffled(record) as typeof record;
      expect(Object.keys(other)).not.toEqual(Object.keys(record));
      expect(formatJson(kfuncRecordSchema, other)).toBe(formatJson(kfuncRecordSchema, record));
    }
    const file = releaseFiles.at(-1)!;
    expect(formatJson(releaseFileSchema, shuffled(file) as typeof file)).toBe(
      formatJson(releaseFileSchema, file),
    );
  });

  it('reads back as what was written', () => {
    for (const record of kfuncs) {
      expect(JSON.parse(formatJson(kfuncRecordSchema, record))).toEqual(record);
    }
    for (const file of releaseFiles) {
      expect(JSON.parse(formatJson(releaseFileSchema, file))).toEqual(file);
    }
  });

  it('changes few lines when a kfunc gets one flag more', () => {
    const record = kfuncs.find((k) => k.lines[0]!.states.length > 2)!;
    const later = structuredClone(record);
    const state = later.lines[0]!.states.at(-1)!;
    state.flags = [...state.flags, 'KF_ANEW'];
    const before = formatJson(kfuncRecordSchema, record).split('\n');
    const after = formatJson(kfuncRecordSchema, later).split('\n');
    expect(after.filter((line, i) => line !== before[i])).toHaveLength(1);
  });

  it('puts one small fact on a line', () => {
    const schema = z.object({ params: z.array(param), note: z.string().nullable() });
    const params = [
      { type: 'int', name: 'a' },
      { type: 'u32', name: 'b__sz' },
    ];
    expect(formatJson(schema, { note: null, params })).toBe(`{
  "params": [
    { "name": "a", "type": "int" },
    { "name": "b__sz", "type": "u32" }
  ],
  "note": null
}
`);
  });

  it('keeps a list of texts on one line up to 100 columns, comma included, and no further', () => {
    const schema = z.object({ list: z.array(z.string()), other: z.array(param) });
    const ofWidth = (width: number) => 'x'.repeat(width - '  "list": [""],'.length);
    const lineOf = (text: string) =>
      formatJson(schema, { list: [text], other: [] }).split('\n')[1]!;
    expect(lineOf(ofWidth(100))).toHaveLength(100);
    expect(lineOf(ofWidth(101))).toBe('  "list": [');
  });

  it('sorts the keys of a record by code unit, not by locale or as numbers', () => {
    const schema = z.record(z.string(), z.number());
    const record = { b: 1, a: 2, B: 3, _: 4, '10': 5, '9': 6, ä: 7 };
    expect(Object.keys(record).slice(0, 2)).toEqual(['9', '10']);
    expect(formatJson(schema, record)).toBe(`{
  "10": 5,
  "9": 6,
  "B": 3,
  "_": 4,
  "a": 2,
  "b": 1,
  "ä": 7
}
`);
  });

  it('gives each entry of a record one line while it is short', () => {
    const schema = z.record(z.string(), z.array(param));
    expect(formatJson(schema, { f: [{ name: 'a', type: 'int' }], e: [] })).toBe(`{
  "e": [],
  "f": [{ "name": "a", "type": "int" }]
}
`);
  });

  it('writes what no text may hold as escapes: quotes, line ends, half a character', () => {
    expect(formatJson(z.string(), 'a"\n\ud800')).toBe('"a\\"\\n\\ud800"\n');
  });
});
