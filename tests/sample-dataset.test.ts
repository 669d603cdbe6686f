import { describe, expect, it } from 'vitest';
import { checkReferences } from '../src/data/references.ts';
import {
  kfuncRecordSchema,
  releaseFileSchema,
  releaseListSchema,
} from '../src/data/schema/index.ts';
import { sampleDataset } from './sample-dataset.ts';

describe('the invented dataset', () => {
  const dataset = sampleDataset({ releases: 45, kfuncs: 300, tree: true, preview: true });

  it('keeps the schema', () => {
    expect(releaseListSchema.safeParse(dataset.releases).error).toBeUndefined();
    for (const file of dataset.releaseFiles) releaseFileSchema.parse(file);
    for (const record of dataset.kfuncs) kfuncRecordSchema.parse(record);
  });

  it('is the same each time, and another with another seed', () => {
    expect(sampleDataset({ releases: 12, kfuncs: 40 })).toEqual(
      sampleDataset({ releases: 12, kfuncs: 40 }),
    );
    expect(sampleDataset({ releases: 12, kfuncs: 40, seed: 2 }).kfuncs).not.toEqual(
      sampleDataset({ releases: 12, kfuncs: 40 }).kfuncs,
    );
  });

  it.each([
    [2, 1],
    [3, 5],
    [45, 700],
  ])('has as many releases and kfuncs as were asked for: %i, %i', (releases, kfuncs) => {
    const { releases: entries, kfuncs: records } = sampleDataset({ releases, kfuncs });
    expect([entries.length, records.length]).toEqual([releases, kfuncs]);
    for (const record of records) expect(record.lines[0]!.states).not.toEqual([]);
  });

  it('holds one of each thing that can happen to a kfunc', () => {
    const kinds = new Set(
      dataset.kfuncs.flatMap((k) => k.lines).flatMap((l) => l.changes.map((c) => c.kind)),
    );
    expect([...kinds].sort()).toEqual(
      'added config deprecated doc flags moved programTypes prototype removed renamed returned'.split(
        ' ',
      ),
    );
    const statuses = new Set(dataset.kfuncs.map((k) => k.status));
    expect([...statuses].sort()).toEqual(['active', 'deprecated', 'removed']);
  });

  it('names no release, event, kfunc or text that it does not hold', () => {
    expect(checkReferences(dataset)).toEqual([]);
    for (const k of dataset.kfuncs) {
      for (const state of k.lines.flatMap((l) => l.states)) {
        if (state.doc.hash !== null) expect(dataset.prose!.has(state.doc.hash)).toBe(true);
      }
    }
  });
});
