import { expect, test } from 'vitest';
import { filesExist } from './files-exist.ts';
import { sourceFindings } from './testing.ts';

test('finds files that the release has not got', async () => {
  const found = await sourceFindings(filesExist, (_, { state, file }) => {
    state('bpf_lamp_dim').config.parts[0]!.file = 'kernel/Kbuild';
    state('bpf_lamp_dim').definitions[0]!.file = 'kernel/dim.c';
    file('v7.0').users.bpf_lamp_get = ['tools/dim.bpf.c'];
  });
  expect(found).toEqual([
    'bpf_lamp_dim@v7.0: is at kernel/Kbuild:1, expected the file, there is no such line',
    'bpf_lamp_dim@v7.0: is at kernel/dim.c:1, expected the file, there is no such line',
    'bpf_lamp_get@v7.0: is at tools/dim.bpf.c:1, expected a program, there is no such line',
  ]);
});
