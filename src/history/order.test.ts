import { expect, test } from 'vitest';
import { versionOf } from '../data/schema/index.ts';
import { compareLines, compareReleases } from './order.ts';
import { release } from './testing.ts';

const sorted = (...ids: string[]) =>
  ids
    .map((id) => release(id, []).release)
    .sort(compareReleases)
    .map((r) => r.id);

test('puts 6.0 after 5.19 and 7.0 after 6.19', () => {
  expect(sorted('v7.0', 'v6.2', 'v6.19', 'v5.19', 'v6.0')).toEqual([
    'v5.19',
    'v6.0',
    'v6.2',
    'v6.19',
    'v7.0',
  ]);
});

test('puts a preview before its release and after the one before', () => {
  expect(sorted('v7.4', 'v7.4-rc10', 'v7.3', 'v7.4-rc9')).toEqual([
    'v7.3',
    'v7.4-rc9',
    'v7.4-rc10',
    'v7.4',
  ]);
});

test('orders releases of a stable series by their last number', () => {
  expect(sorted('v6.12.10', 'v6.12.9')).toEqual(['v6.12.9', 'v6.12.10']);
});

test('orders trees without a version by date', () => {
  const late = release('apple', [], { date: '2025-02-02' }).release;
  const early = release('pear', [], { date: '2024-02-02' }).release;
  expect([late, early].sort(compareReleases)[0]!.id).toBe('pear');
});

test('puts mainline first, then series by version, then other trees by name', () => {
  const lines = ['kettle-next', '6.12.y', 'mainline', '6.6.y', 'distro.y', 'anvil'];
  expect(lines.sort(compareLines)).toEqual([
    'mainline',
    '6.6.y',
    '6.12.y',
    'anvil',
    'distro.y',
    'kettle-next',
  ]);
});

test('does not take other names for versions', () => {
  for (const text of ['', 'v6', '6.x', 'v6.1-next', 'vv6.1', 'v99999.1']) {
    expect(versionOf(text), text).toBeNull();
  }
});
