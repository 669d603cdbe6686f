import { describe, expect, test } from 'vitest';
import type { ReleaseFile } from '../data/schema/index.ts';
import { changesOf, compareFacts } from './changes.ts';
import { kfunc, kfuncSet, words, type Invented } from './testing.ts';

const name = 'bpf_kettle_boil';
const at = (invented: Invented, hooks: ReleaseFile['hooks'] = []) => ({
  facts: kfunc(name, invented).facts,
  hooks,
});
const compare = (was: Invented, now: Invented, hooks: ReleaseFile['hooks'] = []) =>
  compareFacts(at(was, hooks), at(now, hooks));

describe('compareFacts', () => {
  test('says nothing of equal facts', () => {
    expect(compare({ flags: ['KF_RCU'] }, { flags: ['KF_RCU'] })).toEqual([]);
  });

  test('tells one entry a kind, in the order of kinds', () => {
    const now: Invented = {
      roles: ['kfunc', 'destructor'],
      flags: ['KF_RCU'],
      params: 'u32 n',
      types: ['BPF_PROG_TYPE_XDP'],
      config: 'CONFIG_KITCHEN',
      doc: 'boils a kettle',
      deprecation: [words()],
      file: 'kernel/bpf/stove.c',
    };
    expect(compare({}, now).map((c) => c.kind)).toEqual([
      'roles',
      'flags',
      'prototype',
      'programTypes',
      'config',
      'doc',
      'deprecated',
      'moved',
    ]);
  });

  test('does not take another order of flags for a change', () => {
    expect(
      compare({ flags: ['KF_RCU', 'KF_ACQUIRE'] }, { flags: ['KF_ACQUIRE', 'KF_RCU'] }),
    ).toEqual([]);
  });

  test('does not take a set of another name for a change', () => {
    const was = { sets: [kfuncSet({ name: 'kettle_check_set' })] };
    expect(compare(was, { sets: [kfuncSet({ name: 'kettle_kfuncs' })] })).toEqual([]);
  });

  test('tells flags of some sets with the program types that they are for', () => {
    const both = (flags: string[]) => ({
      flags: ['KF_ACQUIRE'],
      sets: [
        kfuncSet({ flags: ['KF_ACQUIRE'] }),
        kfuncSet({ name: 'syscall_set', flags, types: ['BPF_PROG_TYPE_SYSCALL'] }),
      ],
    });
    expect(compare(both(['KF_ACQUIRE']), both(['KF_ACQUIRE', 'KF_SLEEPABLE']))).toEqual([
      {
        kind: 'flags',
        was: ['KF_ACQUIRE'],
        now: ['KF_ACQUIRE', 'KF_SLEEPABLE (BPF_PROG_TYPE_SYSCALL)'],
      },
    ]);
  });

  test('takes the flags of the common hook for all program types', () => {
    const sets = [
      kfuncSet({ flags: ['KF_RCU'], types: ['BPF_PROG_TYPE_UNSPEC'] }),
      kfuncSet({ name: 'other_set', flags: [] }),
    ];
    const now = { flags: ['KF_RCU'], sets, types: ['BPF_PROG_TYPE_TRACING'] };
    expect(compare({ flags: ['KF_RCU'] }, now)).toEqual([]);
  });

  test('does not count the flags of an attach point', () => {
    const attach = kfuncSet({ name: 'fmodret', role: 'attach-point', flags: ['KF_SLEEPABLE'] });
    expect(compare({}, { sets: [kfuncSet(), attach] })).toEqual([]);
  });

  test('tells the prototype that a program declares', () => {
    const [change] = compare({ params: 'struct kettle *k' }, { params: 'struct kettle *k, u32 n' });
    expect(change).toEqual({
      kind: 'prototype',
      was: ['int bpf_kettle_boil(struct kettle *k)'],
      now: ['int bpf_kettle_boil(struct kettle *k, u32 n)'],
    });
  });

  test("tells the kernel's prototypes when only they differ", () => {
    const now = { params: 'struct kettle *k | struct bpf_prog_aux *aux' };
    expect(compare({ params: 'struct kettle *k' }, now)).toEqual([
      {
        kind: 'prototype',
        was: ['int bpf_kettle_boil(struct kettle *k)'],
        now: ['int bpf_kettle_boil(struct kettle *k, struct bpf_prog_aux *aux)'],
      },
    ]);
  });

  test('does not take a definition that was not found for a change of prototype or file', () => {
    expect(compare({}, { body: null })).toEqual([]);
    expect(compare({ body: null }, {})).toEqual([]);
  });

  test('tells a filter beside each program type of its hook', () => {
    const hooks = [
      { hook: 'TRACING', programTypes: ['BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_TRACING'] },
      { hook: 'XDP', programTypes: ['BPF_PROG_TYPE_XDP'] },
    ];
    const programTypes = ['BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_TRACING', 'BPF_PROG_TYPE_XDP'];
    const xdp = kfuncSet({ name: 'xdp_set', types: ['BPF_PROG_TYPE_XDP'] });
    const lsm = (filter: string | null) =>
      kfuncSet({
        registrations: [{ programType: 'BPF_PROG_TYPE_LSM', filter, condition: null }],
      });
    const was = { programTypes, sets: [lsm(null), xdp] };
    const [change] = compare(was, { programTypes, sets: [lsm('kettle_filter'), xdp] }, hooks);
    expect(change?.now).toEqual([
      'BPF_PROG_TYPE_LSM (filtered by kettle_filter)',
      'BPF_PROG_TYPE_TRACING (filtered by kettle_filter)',
      'BPF_PROG_TYPE_XDP',
    ]);
  });

  test('tells the filter of a kfunc that all may call', () => {
    const was = { types: ['BPF_PROG_TYPE_UNSPEC'], programTypes: ['*'] };
    const [change] = compare(was, { ...was, filter: 'kettle_filter' });
    expect(change?.now).toEqual(['* (filtered by kettle_filter)']);
  });

  test('tells an architecture that alone has it as configuration', () => {
    const [change] = compare({ config: 'CONFIG_A' }, { config: 'CONFIG_A', arch: ['s390'] });
    expect(change).toEqual({
      kind: 'config',
      was: ['CONFIG_A'],
      now: ['CONFIG_A', 'only on s390'],
    });
  });

  test('tells a move of the file, and no removal', () => {
    const was = { file: 'kernel/stove.c' };
    expect(compare(was, { file: 'kernel/stove/stove.c' })).toEqual([
      { kind: 'moved', was: ['kernel/stove.c'], now: ['kernel/stove/stove.c'] },
    ]);
  });

  test('does not take a stub that comes, goes or is preferred for a move', () => {
    const [real, stub] = ['kernel/stove.c', 'include/linux/stove.h'];
    expect(compare({ file: real }, { file: real, otherFiles: [stub] })).toEqual([]);
    expect(compare({ file: real, otherFiles: [stub] }, { file: stub, otherFiles: [real] })).toEqual(
      [],
    );
  });

  test('does not take a reworded notice for a change of deprecation', () => {
    const was = { deprecation: [words({ hash: 'a1', promised: 'v7.1' })] };
    expect(compare(was, { deprecation: [words({ hash: 'b2', promised: 'v7.1' })] })).toEqual([]);
  });
});

describe('changesOf', () => {
  const moments = (...list: (Invented | null)[]) =>
    list.map((invented, i) => ({
      id: `v6.${i + 1}`,
      hooks: [],
      facts: invented && kfunc(name, invented).facts,
    }));
  const told = (list: (Invented | null)[], fromBase = false) =>
    changesOf(name, moments(...list), fromBase).map((c) => `${c.release} ${c.after} ${c.kind}`);

  test('says of the first release only that the kfunc is there', () => {
    expect(told([{ flags: ['KF_RCU'] }])).toEqual(['v6.1 null added']);
  });

  test('tells what came, what left and what changed in between, each in its release', () => {
    expect(told([null, {}, { flags: ['KF_RCU'] }, null])).toEqual([
      'v6.2 v6.1 added',
      'v6.3 v6.2 flags',
      'v6.4 v6.3 removed',
    ]);
  });

  test('tells a return, and how it differs from when it left', () => {
    expect(told([{}, null, { params: 'u64 n' }])).toEqual([
      'v6.1 null added',
      'v6.2 v6.1 removed',
      'v6.3 v6.2 returned',
      'v6.3 v6.1 prototype',
    ]);
  });

  test('tells a name that was only an attach point and becomes a kfunc by its roles', () => {
    const list: Invented[] = [{ roles: ['attach-point'] }, { roles: ['kfunc', 'attach-point'] }];
    expect(told(list)).toEqual(['v6.1 null added', 'v6.2 v6.1 roles']);
  });

  test('says nothing of the base of a line, but compares with it', () => {
    expect(told([{}, { flags: ['KF_RCU'] }], true)).toEqual(['v6.2 v6.1 flags']);
    expect(told([null, {}], true)).toEqual(['v6.2 v6.1 added']);
    expect(told([{}, null], true)).toEqual(['v6.2 v6.1 removed']);
  });
});
