import { expect, test } from 'vitest';
import type { Example } from '../data/schema/index.ts';
import { examplesArePlaced } from './examples-are-placed.ts';
import { findings } from './testing.ts';

const found = (spoil: (list: Example[]) => void): string[] =>
  findings(examplesArePlaced, ({ file }) => {
    spoil(file('v7.0').examples.bpf_lamp_get!);
  });

test('finds a place that is in no document', () => {
  expect(found(([first]) => (first!.file = 'Documentation/Makefile'))).toEqual([
    'bpf_lamp_get@v7.0: is shown in Documentation/Makefile, which is no document',
  ]);
});

test('finds code without its hash, and kernel-doc with one', () => {
  const wrong = found(([directive, code]) => {
    [directive!.hash, code!.hash] = [code!.hash, null];
  });
  expect(wrong).toEqual([
    'bpf_lamp_get@v7.0: is shown at Documentation/bpf/lamps.rst:12 as kernel-doc with code',
    'bpf_lamp_get@v7.0: is shown at Documentation/bpf/lamps.rst:20 as code without code',
  ]);
});

test('finds a section whose id is none, and one without a title', () => {
  const wrong = found(([directive, code]) => {
    directive!.anchor = 'Lamps&Lights';
    code!.title = null;
  });
  expect(wrong).toEqual([
    'bpf_lamp_get@v7.0: is shown at Documentation/bpf/lamps.rst:12 in the section "Lamps&Lights", which is no id',
    'bpf_lamp_get@v7.0: is shown at Documentation/bpf/lamps.rst:20 in a section that has an id without a title',
  ]);
});

test('finds places that are not in order', () => {
  expect(found((list) => list.reverse())).toEqual([
    'bpf_lamp_get@v7.0: is shown at Documentation/bpf/lamps.rst:12 after Documentation/bpf/lamps.rst:20',
  ]);
});
