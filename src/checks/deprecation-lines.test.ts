import { expect, test } from 'vitest';
import { deprecationLines } from './deprecation-lines.ts';
import { sourceFindings } from './testing.ts';

test('finds a comment that is none, and a wrapper of another name', async () => {
  const found = await sourceFindings(deprecationLines, (lines) => {
    lines.set('v7.0 kernel/lamp.c:145', 'return 0;');
    lines.set('v7.0 kernel/lamp.c:146', 'return lamp(l);');
  });
  expect(found).toEqual([
    'bpf_lamp_old@v7.0: is at kernel/lamp.c:145, expected a comment, found "return 0;"',
    'bpf_lamp_old@v7.0: is at kernel/lamp.c:146, expected its name, found "return lamp(l);"',
  ]);
});

test('finds a warning that is no call', async () => {
  const found = await sourceFindings(deprecationLines, (lines, { state }) => {
    state('bpf_lamp_old', 1).deprecation[0]!.kind = 'warning';
    lines.set('v7.0 kernel/lamp.c:145', 'return;');
  });
  expect(found).toEqual([
    'bpf_lamp_old@v7.0: is at kernel/lamp.c:145, expected a call, found "return;"',
  ]);
});
