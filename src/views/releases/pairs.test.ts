import { describe, expect, it } from 'vitest';
import { change, entry, kfunc, state } from '../../data/test-dataset.ts';
import { allPairs, diffHref, predecessor, sidesOf } from './pairs.ts';
import { atlasOf } from '../test-atlas.ts';

const releases = [
  entry('v6.2'),
  entry('v6.3'),
  entry('v6.4-rc1'),
  entry('v6.3.1', '6.3.y'),
  entry('v6.3.9', '6.3.y'),
  entry('mine', 'mine'),
];
const lamp = kfunc({ states: [state('v6.2', null)] });
lamp.lines.push({
  id: '6.3.y',
  base: 'v6.3',
  spans: [],
  states: [],
  changes: [change('v6.3.9', 'removed')],
});
const atlas = atlasOf(releases, [lamp]);
const names = allPairs(atlas).map(({ from, to }) => `${from.id}..${to.id}`);

describe('pairs of releases that have a page', () => {
  it('are every two of mainline, the older first, and the newest of a series with its base', () => {
    expect(names).toEqual(['v6.2..v6.3', 'v6.2..v6.4-rc1', 'v6.3..v6.4-rc1', 'v6.3..v6.3.9']);
  });

  it('are those that have an address, and no others', () => {
    const having = releases.flatMap((from) =>
      releases.filter((to) => diffHref(atlas, from, to) !== null).map((to) => [from.id, to.id]),
    );
    expect(having.map((pair) => pair.join('..')).sort()).toEqual([...names].sort());
    expect(diffHref(atlas, releases[0]!, releases[1]!)).toBe('/diff/v6.2..v6.3/');
  });

  it('offer for either side what the other can be compared with, newest first', () => {
    const [pair] = allPairs(atlas);
    expect(
      sidesOf(atlas, pair!).map(({ label, choices }) => [
        label,
        choices.map(({ text, current }) => (current ? `[${text}]` : text)),
      ]),
    ).toEqual([
      ['From', ['[v6.2]']],
      ['To', ['v6.4-rc1', '[v6.3]']],
    ]);
  });
});

describe('the release that one is compared with', () => {
  it('is the one before it in its line, or else the base of the line', () => {
    expect(releases.map((release) => predecessor(atlas, release)?.id ?? null)).toEqual([
      null,
      'v6.2',
      'v6.3',
      'v6.3',
      'v6.3.1',
      null,
    ]);
  });
});
