import { expect, test } from 'vitest';
import { definitionLines } from './definition-lines.ts';
import { sourceFindings } from './testing.ts';

test('finds a line that holds another name', async () => {
  const found = await sourceFindings(definitionLines, (lines) => {
    lines.set('v7.0 kernel/lamp.c:130', 'int bpf_lamp_get_all(void)');
  });
  expect(found).toEqual([
    'bpf_lamp_get@v7.0: is at kernel/lamp.c:130, expected its name, found "int bpf_lamp_get_all(void)"',
  ]);
});

test('finds a line that the file has not got', async () => {
  const found = await sourceFindings(definitionLines, (lines) => {
    lines.delete('v7.0 kernel/lamp.c:130');
  });
  expect(found).toEqual([
    'bpf_lamp_get@v7.0: is at kernel/lamp.c:130, expected its name, there is no such line',
  ]);
});
