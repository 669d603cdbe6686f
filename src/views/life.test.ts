import { describe, expect, it } from 'vitest';
import type { Span } from '../data/schema/index.ts';
import { entry, kfunc, span } from '../data/test-dataset.ts';
import { atlasOf } from './test-atlas.ts';
import { lifeOf, lifeText, readFrom } from './life.ts';
import { plain } from './text.ts';

const every = ['v6.1', 'v6.2', 'v6.3', 'v6.4', 'v6.5'].map((id) => entry(id));
const few = ['v5.10', 'v6.1=v6.1.176', 'v6.12=v6.12.107', 'v6.15', 'v7.3'].map((t) => entry(t));

function life(releases: typeof every, spans: Span[], status: 'active' | 'deprecated' = 'active') {
  const record = kfunc({ spans }, { status });
  return lifeOf(atlasOf(releases, [record]), record);
}

describe('the life of a kfunc in one line', () => {
  it('names the first release when the one right before it was read', () => {
    const told = life(every, [span('v6.2', 'v6.1')]);
    expect(lifeText(told)).toBe('Since v6.2. Still there in v6.5.');
    expect([told.badge, told.first, told.cell]).toEqual([null, 'v6.2', 'still there']);
  });

  it('takes v6.0 for the one right after v5.19', () => {
    const releases = ['v5.19', 'v6.0'].map((id) => entry(id));
    expect(lifeText(life(releases, [span('v6.0', 'v5.19')]))).toBe(
      'Since v6.0. Still there in v6.0.',
    );
  });

  it('says between which releases it came when those between were not read', () => {
    const told = life(few, [span('v6.12', 'v6.1')]);
    expect(lifeText(told)).toBe('Since v6.12 or earlier, after v6.1. Still there in v7.3.');
    expect(told.first).toBe('≤ v6.12');
    expect(plain(readFrom(atlasOf(few, []), told.sentence))).toBe(
      'v6.1 read from v6.1.176, v6.12 from v6.12.107.',
    );
  });

  it('says "a little" where only a few releases were not read', () => {
    const told = life(few, [span('v6.15', 'v6.12')]);
    expect(lifeText(told)).toContain('Since v6.15 or a little earlier, after v6.12.');
  });

  it('does not date what the oldest release has', () => {
    const told = life(few, [span('v5.10', null)]);
    expect(lifeText(told)).toContain('Since v5.10 or earlier (no older release was read).');
    expect(told.first).toBe('≤ v5.10');
  });

  it('begins with the end of one that is gone', () => {
    const told = life(every, [span('v6.2', 'v6.1', 'v6.3', 'v6.4')]);
    expect(lifeText(told)).toBe('Removed. Gone in v6.4. It came with v6.2.');
    expect([told.status, told.cell]).toEqual(['removed', 'gone in v6.4']);
  });

  it('keeps the bounds of an end honest', () => {
    const told = life(few, [span('v6.1', 'v5.10', 'v6.12', 'v7.3')]);
    expect(plain(told.sentence)).toContain('Gone in v7.3 or earlier, after v6.12.');
    expect(told.cell).toBe('gone in ≤ v7.3');
  });

  it('tells of one that came back', () => {
    const told = life(every, [span('v6.1', null, 'v6.2', 'v6.3'), span('v6.4', 'v6.3')]);
    expect(lifeText(told)).toBe('Back since v6.4; earlier from v6.1 to v6.2. Still there in v6.5.');
  });

  it('warns of one that is deprecated', () => {
    const told = life(every, [span('v6.2', 'v6.1')], 'deprecated');
    expect(lifeText(told)).toBe('Deprecated. Since v6.2. Still there in v6.5.');
  });

  it('tells what a preview takes away, and does not take it for removed', () => {
    const releases = [...every, entry('v6.6-rc2')];
    const told = life(releases, [span('v6.2', 'v6.1', 'v6.5', 'v6.6-rc2')]);
    expect(lifeText(told)).toBe('Since v6.2. Still there in v6.5; gone in v6.6-rc2, a preview.');
    expect(told.status).toBe('there');
  });

  it('does not say that the newest release has what only a preview has', () => {
    const releases = [...every, entry('v6.6-rc2')];
    expect(lifeText(life(releases, [span('v6.6-rc2', 'v6.5')]))).toBe(
      'New in v6.6-rc2, a preview.',
    );
  });

  it('says so of one that no mainline release has', () => {
    const record = kfunc({ id: 'my-tree', base: 'v6.5', spans: [span('my-tree', 'v6.5')] });
    const atlas = atlasOf([...every, entry('my-tree', 'my-tree')], [record]);
    expect(lifeText(lifeOf(atlas, record))).toBe('In no mainline release. Found in my-tree.');
  });
});
