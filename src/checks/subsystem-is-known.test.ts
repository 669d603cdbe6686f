import { expect, test } from 'vitest';
import { subsystemIsKnown } from './subsystem-is-known.ts';
import { findings } from './testing.ts';

test('finds a kfunc of none, of the rest, and of one that cannot be printed', () => {
  const found = findings(subsystemIsKnown, ({ record }) => {
    record('bpf_lamp_dim').subsystem = null;
    record('bpf_lamp_get').subsystem = 'THE REST';
    record('bpf_lamp_put').subsystem = 'LAMPS\n';
  });
  expect(found).toEqual([
    'bpf_lamp_dim: has the subsystem null',
    'bpf_lamp_get: has the subsystem "THE REST"',
    'bpf_lamp_put: has the subsystem "LAMPS\\n"',
  ]);
});
