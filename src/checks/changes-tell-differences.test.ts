import { expect, test } from 'vitest';
import { changesTellDifferences } from './changes-tell-differences.ts';
import { findings } from './testing.ts';

test('finds a difference that no change tells', () => {
  const found = findings(changesTellDifferences, ({ line, state }) => {
    line('bpf_lamp_get').changes.pop();
    state('bpf_lamp_put', 1).config.expr = 'CONFIG_LAMP && CONFIG_DIMMER';
    state('bpf_lamp_put', 1).arch = ['s390'];
  });
  expect(found).toEqual([
    'bpf_lamp_get@v7.0: differs from v6.13 (flags), and no change tells it',
    'bpf_lamp_put@v6.13: differs from v6.12 (config), and no change tells it',
  ]);
});

test('finds a change that is no difference', () => {
  const found = findings(changesTellDifferences, ({ line, state }) => {
    line('bpf_lamp_get').states[1] = {
      ...state('bpf_lamp_get', 1),
      flags: state('bpf_lamp_get').flags,
      sets: state('bpf_lamp_get').sets,
    };
  });
  expect(found).toEqual(['bpf_lamp_get@v7.0: is told to differ from v6.13 (flags), and does not']);
});

test('finds differences of every kind', () => {
  const found = findings(changesTellDifferences, ({ state }) => {
    const put = state('bpf_lamp_put', 1);
    put.roles = ['kfunc'];
    put.flags = [];
    put.sets[0]!.flags = [];
    put.prototype!.kernel = 'void bpf_lamp_put(struct lamp __rcu *lamp)';
    put.programTypes = ['*'];
    put.config.expr = null;
    put.doc = { kind: 'none', hash: null };
    put.definitions = [{ file: 'kernel/light.c', guard: null }];
    put.deprecation = state('bpf_lamp_old', 1).deprecation;
  });
  expect(found).toEqual([
    'bpf_lamp_put@v6.13: differs from v6.12 (roles), and no change tells it',
    'bpf_lamp_put@v6.13: differs from v6.12 (flags), and no change tells it',
    'bpf_lamp_put@v6.13: differs from v6.12 (prototype), and no change tells it',
    'bpf_lamp_put@v6.13: tells programTypes with BPF_PROG_TYPE_LSM (filtered by lamp_filter), BPF_PROG_TYPE_PERF_EVENT (filtered by lamp_filter), BPF_PROG_TYPE_TRACING (filtered by lamp_filter), its state has *',
    'bpf_lamp_put@v6.13: differs from v6.12 (config), and no change tells it',
    'bpf_lamp_put@v6.13: differs from v6.12 (doc), and no change tells it',
    'bpf_lamp_put@v6.13: differs from v6.12 (deprecated), and no change tells it',
    'bpf_lamp_put@v6.13: differs from v6.12 (moved), and no change tells it',
  ]);
});

test('finds a change with other words than its states have, and after another release', () => {
  const found = findings(changesTellDifferences, ({ line }) => {
    const change = line('bpf_lamp_get').changes[1]!;
    change.now = [];
    change.after = 'v6.12';
  });
  expect(found).toEqual([
    'bpf_lamp_get@v7.0: tells flags after v6.12, expected v6.13',
    'bpf_lamp_get@v7.0: tells flags with none, its state has KF_ACQUIRE, KF_RET_NULL',
  ]);
});

test('finds other program types than the states have', () => {
  const found = findings(changesTellDifferences, ({ line }) => {
    line('bpf_lamp_put').changes[1]!.now.pop();
  });
  expect(found).toEqual([
    'bpf_lamp_put@v6.13: tells programTypes with BPF_PROG_TYPE_LSM (filtered by lamp_filter), BPF_PROG_TYPE_PERF_EVENT (filtered by lamp_filter), its state has BPF_PROG_TYPE_LSM, BPF_PROG_TYPE_PERF_EVENT, BPF_PROG_TYPE_TRACING',
  ]);
});

test('finds a change in the release that brings the kfunc', () => {
  const found = findings(changesTellDifferences, ({ line }) => {
    const { changes } = line('bpf_lamp_get');
    changes.push({ ...changes[1]!, release: 'v6.12' });
  });
  expect(found).toEqual([
    'bpf_lamp_get@v6.12: is told to differ (flags), but is not in two releases',
  ]);
});

test('does not take a stub that comes for a move', () => {
  const found = findings(changesTellDifferences, ({ state }) => {
    state('bpf_lamp_put', 1).definitions.push({ file: 'kernel/stub.c', guard: null });
  });
  expect(found).toEqual([]);
});
