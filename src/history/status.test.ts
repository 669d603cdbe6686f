import { expect, test } from 'vitest';
import { foldHistory } from './fold.ts';
import { kfunc, release, words } from './testing.ts';

const kettle = kfunc('bpf_kettle_boil');
const old = kfunc('bpf_kettle_boil', { deprecation: [words()] });
const statusOf = (...readings: ReturnType<typeof release>[]) =>
  foldHistory(readings).kfuncs[0]!.status;

test('is what the newest mainline release says', () => {
  expect(statusOf(release('v6.1', [kettle]), release('v6.2', [kettle]))).toBe('active');
  expect(statusOf(release('v6.1', [kettle]), release('v6.2', [old]))).toBe('deprecated');
  expect(statusOf(release('v6.1', [old]), release('v6.2', [kettle]))).toBe('active');
  expect(statusOf(release('v6.1', [kettle]), release('v6.2', []))).toBe('removed');
});

test('is not decided by a preview', () => {
  const preview = release('v6.3-rc1', [], { preview: true });
  expect(statusOf(release('v6.2', [kettle]), preview)).toBe('active');
});

test('is active for a kfunc that only a preview has so far', () => {
  const preview = release('v6.3-rc1', [kettle], { preview: true });
  expect(statusOf(release('v6.2', []), preview)).toBe('active');
});

test('is what a tree says of a kfunc that mainline never had', () => {
  const tree = release('anvil', [old], { line: 'anvil' });
  expect(statusOf(release('v6.2', []), tree)).toBe('deprecated');
});

test('is removed for a kfunc that a stable series had for a while and mainline never', () => {
  const line = '6.2.y';
  const series = [release('v6.2.1', [kettle], { line }), release('v6.2.2', [], { line })];
  expect(statusOf(release('v6.2', []), ...series)).toBe('removed');
});

test('takes the subsystem from the last mainline release that has the kfunc', () => {
  const at = (subsystem: string) => [kfunc('bpf_kettle_boil', { subsystem })];
  const { kfuncs } = foldHistory([
    release('v6.1', at('KETTLES')),
    release('v6.2', at('KITCHEN [CORE]')),
    release('v6.3', []),
    release('anvil', at('ANVILS'), { line: 'anvil' }),
  ]);
  expect(kfuncs[0]!.subsystem).toBe('KITCHEN [CORE]');
});
