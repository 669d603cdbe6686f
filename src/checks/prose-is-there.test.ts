import { expect, test } from 'vitest';
import { proseIsThere } from './prose-is-there.ts';
import { findings } from './testing.ts';

test('finds documentation without words, and what is no hash', () => {
  const found = findings(proseIsThere, ({ state }) => {
    state('bpf_lamp_get').doc.hash = null;
    state('bpf_lamp_put').doc.hash = 'words';
  });
  expect(found).toEqual([
    'bpf_lamp_get@v6.12: has documentation of the kind kernel-doc without words',
    'bpf_lamp_put@v6.12: refers to the words words, which are not there',
  ]);
});

test('finds words that were not kept', () => {
  const found = findings(proseIsThere, ({ dataset, file }) => {
    dataset.prose = new Map([['0123456789abcdef0123', 'A lamp.']]);
    file('v7.0').flags[0]!.meaning = 'ffffffffffffffffffff';
    for (const { id, examples } of dataset.releaseFiles) {
      if (id !== 'v7.0') delete examples.bpf_lamp_get;
    }
    file('v7.0').examples.bpf_lamp_get!.length = 1;
  });
  expect(found).toEqual([
    'bpf_lamp_old@v7.0: refers to the words abcdef0123456789abcd, which are not there',
    'KF_ACQUIRE@v7.0: refers to the words ffffffffffffffffffff, which are not there',
    'bpf_lamp_get@v7.0: refers to the words 00112233445566778899, which are not there',
  ]);
});
