import { expect, test } from 'vitest';
import { eventsAndChanges } from './events-and-changes.ts';
import { findings } from './testing.ts';

test('finds a kfunc that an event changed and no change tells', () => {
  const found = findings(eventsAndChanges, ({ line }) => {
    line('bpf_lamp_get').changes.pop();
  });
  expect(found).toEqual([
    'bpf_lamp_get@v7.0: was changed by trusted-by-default, and no change of it tells flags',
  ]);
});

test('finds a change by a hook that names no event', () => {
  const found = findings(eventsAndChanges, ({ line }) => {
    line('bpf_lamp_put').changes[1]!.event = null;
  });
  expect(found).toEqual([
    'bpf_lamp_put@v6.13: was changed by hook-changed:BTF_KFUNC_HOOK_TRACING alone, and its change names no event',
  ]);
});

test('finds a change that names an event which does not name it', () => {
  const found = findings(eventsAndChanges, ({ file }) => {
    file('v7.0').events[1]!.changed = [];
  });
  expect(found).toEqual([
    'bpf_lamp_get@v7.0: tells a change (flags) as part of trusted-by-default, which does not name it',
  ]);
});

test('finds names that are no kfunc, not there, or both changed and stricter', () => {
  const found = findings(eventsAndChanges, ({ file }) => {
    const [, trusted] = file('v7.0').events;
    trusted!.stricter = ['bpf_lamp', 'bpf_lamp_dim', 'bpf_lamp_get'];
  });
  expect(found).toEqual([
    'bpf_lamp_get@v7.0: is both changed and made stricter by trusted-by-default',
    'bpf_lamp@v7.0: is named by trusted-by-default, but is no kfunc',
    'bpf_lamp_dim@v7.0: is named by trusted-by-default, but is not in both releases',
  ]);
});

test('finds names out of order', () => {
  const found = findings(eventsAndChanges, ({ file }) => {
    file('v7.0').events[1]!.stricter = ['bpf_lamp_put', 'bpf_lamp_old'];
  });
  expect(found).toEqual(['trusted-by-default@v7.0: names bpf_lamp_old twice or out of order']);
});
