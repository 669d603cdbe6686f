import { expect, test } from 'vitest';
import { pathsAreSafe } from './paths-are-safe.ts';
import { findings } from './testing.ts';

test('finds a path that leaves the tree, in a state and in a release', () => {
  const found = findings(pathsAreSafe, ({ state, file }) => {
    state('bpf_lamp_get').definitions[0]!.file = '../../etc/passwd';
    file('v7.0').filters.lamp_filter!.file = '/etc/passwd';
  });
  expect(found).toEqual([
    'bpf_lamp_get@v6.12: names the file "../../etc/passwd"',
    'lamp_filter@v7.0: names the file "/etc/passwd"',
  ]);
});

test('finds a path that cannot be printed', () => {
  const found = findings(pathsAreSafe, ({ state, file }) => {
    state('bpf_lamp_get').config.parts[0]!.file = 'kernel/\u202elamp.c';
    file('v7.0').definitions.bpf_lamp_get![0]!.file = 'kernel/\u0007.c';
    file('v7.0').users.bpf_lamp_get = ['tools//lamp.bpf.c'];
  });
  expect(found).toEqual([
    'bpf_lamp_get@v6.12: names the file "kernel/\u202elamp.c"',
    'bpf_lamp_get@v7.0: names the file "kernel/\\u0007.c"',
    'bpf_lamp_get@v7.0: names the file "tools//lamp.bpf.c"',
  ]);
});
