import { expect, test } from 'vitest';
import { eventsMatchReleases } from './events-match-releases.ts';
import { findings } from './testing.ts';

test('finds a flag that comes without an event, and an event without a flag', () => {
  const found = findings(eventsMatchReleases, ({ file }) => {
    file('v7.0').events.shift();
    file('v6.13').events.push({
      ...file('v6.13').events[0]!,
      id: 'flag-added:KF_DIM',
      kind: 'flag-added',
      subject: 'KF_DIM',
    });
  });
  expect(found).toEqual([
    'flag-added KF_DIM@v6.13: is told, but v6.12 does not differ so',
    'flag-added KF_IMPLICIT_ARGS@v7.0: happened, and no event tells it',
  ]);
});

test('finds a suffix and an architecture that nothing tells', () => {
  const found = findings(eventsMatchReleases, ({ file }) => {
    file('v6.13').events = [];
  });
  expect(found).toEqual([
    'suffix-added __nullable@v6.13: happened, and no event tells it',
    'jit-added riscv@v6.13: happened, and no event tells it',
    'BTF_KFUNC_HOOK_TRACING@v6.13: has other program types, and no event tells it',
  ]);
});

test('finds a hook that did not change so', () => {
  const found = findings(eventsMatchReleases, ({ file }) => {
    const [, hook] = file('v6.13').events;
    hook!.was = ['BPF_PROG_TYPE_XDP'];
    hook!.now = ['BPF_PROG_TYPE_LIGHT', 'BPF_PROG_TYPE_XDP'];
  });
  expect(found).toEqual([
    'BTF_KFUNC_HOOK_TRACING@v6.13: is told to be BPF_PROG_TYPE_LIGHT, BPF_PROG_TYPE_XDP in v6.13',
  ]);
});

test('finds a hook that stayed', () => {
  const found = findings(eventsMatchReleases, ({ file }) => {
    const [, hook] = file('v6.13').events;
    hook!.now = hook!.was;
  });
  expect(found).toEqual([
    'BTF_KFUNC_HOOK_TRACING@v6.13: is told to change, and does not',
    'BTF_KFUNC_HOOK_TRACING@v6.13: is told to be BPF_PROG_TYPE_TRACING, BPF_PROG_TYPE_LSM in v6.13',
  ]);
});

test('finds a hook that changed, and no event tells it', () => {
  const found = findings(eventsMatchReleases, ({ file }) => {
    file('v6.13').events.splice(1, 1);
  });
  expect(found).toEqual([
    'BTF_KFUNC_HOOK_TRACING@v6.13: has other program types, and no event tells it',
  ]);
});

test('finds an event twice, and one of the first release', () => {
  const found = findings(eventsMatchReleases, ({ file }) => {
    const { events } = file('v7.0');
    events.push(events[0]!);
    file('v6.12').events = [events[0]!];
  });
  expect(found).toEqual([
    'flag-added:KF_IMPLICIT_ARGS@v6.12: is told, but nothing came before',
    'flag-added:KF_IMPLICIT_ARGS@v7.0: is told twice',
  ]);
});
