import { expect, test } from 'vitest';
import { changesAreOrdered } from './changes-are-ordered.ts';
import { findings } from './testing.ts';

test('finds changes of one release in the wrong order', () => {
  const found = findings(changesAreOrdered, ({ line }) => {
    line('bpf_lamp_dim').changes.reverse();
  });
  expect(found).toEqual(['bpf_lamp_dim@v7.0: tells a change (added) after renamed of v7.0']);
});

test('finds releases in the wrong order', () => {
  const found = findings(changesAreOrdered, ({ line }) => {
    line('bpf_lamp_get').changes.reverse();
  });
  expect(found).toEqual(['bpf_lamp_get@v6.12: tells a change (added) after flags of v7.0']);
});

test('finds a change told twice', () => {
  const found = findings(changesAreOrdered, ({ line }) => {
    const { changes } = line('bpf_lamp_get');
    changes.push(changes[1]!);
  });
  expect(found).toEqual(['bpf_lamp_get@v7.0: tells a change twice (flags)']);
});

test('finds a change of a release of another line, and one after a newer release', () => {
  const found = findings(changesAreOrdered, ({ line }) => {
    line('bpf_lamp_get').changes[1]!.release = 'garden';
    line('bpf_lamp_put').changes[1]!.after = 'v7.0';
  });
  expect(found).toEqual([
    'bpf_lamp_get@garden: tells a change (flags), but is no release of mainline',
    'bpf_lamp_get@garden: tells a change (flags) after added of v6.12',
    'bpf_lamp_put@v6.13: tells a change (programTypes) after v7.0, which is not older',
  ]);
});
