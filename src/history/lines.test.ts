import { describe, expect, test } from 'vitest';
import { UserError } from '../user-error.ts';
import { foldHistory } from './fold.ts';
import { linesOf } from './lines.ts';
import { kfunc, release } from './testing.ts';

const kettle = kfunc('bpf_kettle_boil');
const stricter = kfunc('bpf_kettle_boil', { flags: ['KF_RCU'] });
const record = (readings: ReturnType<typeof release>[], name = 'bpf_kettle_boil') =>
  foldHistory(readings).kfuncs.find((k) => k.name === name)!;
const tree = (kfuncs: Parameters<typeof release>[1], tag = 'topic/kettles') =>
  release('anvil', kfuncs, { line: 'anvil', tag });

test('refuses two releases of one name', () => {
  const readings = [
    release('v6.1', []),
    release('v6.1', [], { line: 'anvil', tag: 'topic/kettles' }),
  ];
  expect(() => foldHistory(readings)).toThrow(UserError);
  expect(() => foldHistory(readings)).toThrow(
    'Two releases have the name v6.1 (v6.1 and topic/kettles): give one of them another name.',
  );
});

describe('the base of a line', () => {
  const mainline = [
    release('v6.1', []),
    release('v6.12', []),
    release('v7.2', []),
    release('v7.3-rc1', [], { preview: true }),
  ];
  const baseOf = (line: string, id: string, tag = id) =>
    linesOf([...mainline, release(id, [], { line, tag })]).find((l) => l.id === line)!.base?.id;

  test('is the release that a series belongs to', () => {
    expect(baseOf('6.12.y', 'v6.12.3')).toBe('v6.12');
  });

  test('is the newest older release where the series has none of its own', () => {
    expect(baseOf('6.6.y', 'v6.6.3')).toBe('v6.1');
  });

  test('is found by the version that a tree was named with', () => {
    expect(baseOf('debian-13', 'debian-13', 'v6.12.107')).toBe('v6.12');
  });

  test('is the newest release, and no preview, for a tree of unknown version', () => {
    expect(baseOf('anvil', 'anvil', 'topic/kettles')).toBe('v7.2');
  });

  test('is missing where no mainline release was read', () => {
    const [line] = linesOf([tree([kettle])]);
    expect(line).toMatchObject({ id: 'anvil', base: null });
  });
});

describe('a tree of its own', () => {
  test('has nothing to say of a kfunc that is as in its base', () => {
    expect(record([release('v6.1', [kettle]), tree([kettle])]).lines).toHaveLength(1);
  });

  test('tells a kfunc that differs, with its states and the change from the base', () => {
    const { lines, status } = record([release('v6.1', [kettle]), tree([stricter])]);
    expect(status).toBe('active');
    expect(lines[1]).toMatchObject({
      id: 'anvil',
      base: 'v6.1',
      spans: [{ first: 'anvil', after: null, last: null, goneIn: null }],
      states: [{ from: 'anvil', to: null, flags: ['KF_RCU'] }],
      changes: [{ release: 'anvil', after: 'v6.1', kind: 'flags', was: [], now: ['KF_RCU'] }],
    });
  });

  test('tells a kfunc that it lacks by a removal and no span', () => {
    const { lines, status } = record([release('v6.1', [kettle]), tree([])]);
    expect(status).toBe('active');
    expect(lines[1]).toMatchObject({
      spans: [],
      states: [],
      changes: [{ release: 'anvil', after: 'v6.1', kind: 'removed' }],
    });
  });

  test('tells a kfunc that only it has, which came after the base', () => {
    const { lines, status } = record([release('v6.1', []), tree([kettle])]);
    expect(status).toBe('active');
    expect(lines).toMatchObject([
      {
        id: 'anvil',
        spans: [{ first: 'anvil', after: 'v6.1', last: null, goneIn: null }],
        changes: [{ kind: 'added', release: 'anvil', after: 'v6.1' }],
      },
    ]);
  });

  test('tells what a stable series got in the middle', () => {
    const line = '6.4.y';
    const series = [1, 2, 3].map((n) =>
      release(`v6.4.${n}`, [n === 1 ? kettle : stricter], { line }),
    );
    const { lines } = record([...series, release('v6.4', [kettle])]);
    expect(lines[1]!.states.map((s) => [s.from, s.to])).toEqual([
      ['v6.4.1', 'v6.4.1'],
      ['v6.4.2', null],
    ]);
    expect(lines[1]!.changes).toMatchObject([{ release: 'v6.4.2', after: 'v6.4.1' }]);
  });

  test('does not read the renames of mainline backwards when it is older than its base', () => {
    const body = { body: `{ ${Array.from({ length: 60 }, (_, i) => `w${i}`).join(' ')} }` };
    const [cup, mug] = [kfunc('bpf_cup_fill', body), kfunc('bpf_mug_fill', body)];
    const { lines, replaces } = record(
      [release('v6.1', [cup]), release('v6.2', [mug]), tree([cup])],
      'bpf_cup_fill',
    );
    expect(replaces).toEqual([]);
    expect(lines[1]!.changes.map((c) => c.kind)).toEqual(['added']);
  });

  test('tells a rename of its own', () => {
    const body = { body: `{ ${Array.from({ length: 60 }, (_, i) => `w${i}`).join(' ')} }` };
    const [cup, mug] = [kfunc('bpf_cup_fill', body), kfunc('bpf_mug_fill', body)];
    const { lines, replacedBy } = record([release('v6.1', [cup]), tree([mug])], 'bpf_cup_fill');
    expect(replacedBy).toMatchObject([{ name: 'bpf_mug_fill', release: 'anvil' }]);
    expect(lines[1]!.changes.map((c) => c.kind)).toEqual(['removed', 'renamed']);
  });
});
