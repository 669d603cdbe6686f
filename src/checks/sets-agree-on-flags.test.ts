import { expect, test } from 'vitest';
import { setsAgreeOnFlags } from './sets-agree-on-flags.ts';
import { findings } from './testing.ts';

test('finds sets that differ, in each release', () => {
  const found = findings(setsAgreeOnFlags, ({ state }) => {
    const { sets } = state('bpf_lamp_old');
    sets.push({ ...sets[0]!, name: 'more_ids', flags: ['KF_RELEASE'] });
  });
  expect(found).toEqual([
    'bpf_lamp_old@v6.12: has none in lamp_ids and KF_RELEASE in more_ids',
    'bpf_lamp_old@v6.13: has none in lamp_ids and KF_RELEASE in more_ids',
    'bpf_lamp_old@garden: has none in lamp_ids and KF_RELEASE in more_ids',
  ]);
});
