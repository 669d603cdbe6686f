import { expect, test } from 'vitest';
import { exampleLines } from './example-lines.ts';
import { sourceFindings } from './testing.ts';

test('finds code that does not call it, and a directive that asks for another', async () => {
  const found = await sourceFindings(exampleLines, (lines) => {
    lines.set('v7.0 Documentation/bpf/lamps.rst:12', '   :identifiers: bpf_lamp_get_all');
    lines.set('v7.0 Documentation/bpf/lamps.rst:20', '   and bpf_lamp_get, too');
    lines.set('v6.12 Documentation/bpf/lamps.rst:20', '   lamp = bpf_lamp_get');
    lines.set('v6.13 Documentation/bpf/lamps.rst:20', '   bpf_lamp_get + bpf_lamp_get (1);');
  });
  expect(found).toEqual([
    'bpf_lamp_get@v7.0: is at Documentation/bpf/lamps.rst:12, expected its name, found ":identifiers: bpf_lamp_get_all"',
    'bpf_lamp_get@v7.0: is at Documentation/bpf/lamps.rst:20, expected a call, found "and bpf_lamp_get, too"',
  ]);
});

test('finds a document that is not there', async () => {
  const found = await sourceFindings(exampleLines, (_, { file }) => {
    file('v7.0').examples.bpf_lamp_get![1]!.file = 'Documentation/bpf/lights.rst';
  });
  expect(found).toEqual([
    'bpf_lamp_get@v7.0: is at Documentation/bpf/lights.rst:20, expected a call, there is no such line',
  ]);
});
