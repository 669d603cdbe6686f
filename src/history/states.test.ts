import { expect, test } from 'vitest';
import type { KfuncFacts } from '../data/schema/index.ts';
import { statesOf } from './states.ts';
import { kfunc, kfuncSet, type Invented } from './testing.ts';

const ids = ['v6.1', 'v6.2', 'v6.3'];
const facts = (invented?: Invented) => kfunc('bpf_kettle_boil', invented).facts;
const runs = (list: (KfuncFacts | null)[]) =>
  statesOf(ids, list).map((s) => `${s.from}..${s.to ?? ''} ${s.flags.join()}`);

test('joins releases with equal facts, and leaves the last state open', () => {
  const list = [facts(), facts({ flags: ['KF_RCU'] }), facts({ flags: ['KF_RCU'] })];
  expect(runs(list)).toEqual(['v6.1..v6.1 ', 'v6.2.. KF_RCU']);
});

test('ends a state where the kfunc is gone, and begins an equal one when it is back', () => {
  expect(runs([facts(), null, facts()])).toEqual(['v6.1..v6.1 ', 'v6.3.. ']);
});

test('begins a state for a difference in any field', () => {
  const base = facts();
  const others: Invented[] = [
    { roles: ['kfunc', 'destructor'] },
    { params: 'struct kettle *kettle' },
    { sets: [kfuncSet({ name: 'other_set' })] },
    { types: ['BPF_PROG_TYPE_XDP'] },
    { config: 'CONFIG_KITCHEN' },
    { arch: ['s390'] },
    { otherFiles: ['include/linux/kitchen.h'] },
    { doc: 'boils' },
  ];
  for (const other of others) {
    expect(statesOf(['a', 'b'], [base, facts(other)]), JSON.stringify(other)).toHaveLength(2);
  }
});

test('does not begin a state for another order of keys', () => {
  const reversed = Object.fromEntries(Object.entries(facts()).reverse()) as KfuncFacts;
  expect(statesOf(['a', 'b'], [facts(), reversed])).toHaveLength(1);
});
