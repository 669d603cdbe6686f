import { describe, expect, it } from 'vitest';
import { entry, kfunc } from '../../data/test-dataset.ts';
import { atlasOf } from '../test-atlas.ts';
import { noteLinks, relatedHref, type Topics } from './links.ts';

const topics: Topics = {
  flags: new Set(['KF_LAMP']),
  suffixes: new Set(['__lamp']),
  programs: new Set(['XDP', 'all']),
  guides: new Map([['buying-lamps', 'Buying lamps']]),
};
const atlas = atlasOf([entry('v6.2')], [kfunc({}, { name: 'bpf_lamp' })]);
const { page, name } = noteLinks(atlas, topics, 'KF_SELF');

describe('a link in a note', () => {
  it.each(['/flags/KF_LAMP/', '/programs/XDP/#example', '/k/bpf_lamp/', '/v6.2/all/', '/follow/'])(
    'leads to %s, which has a page',
    (path) => {
      expect(page(path)).toBe(path);
    },
  );

  it.each([
    '/flags/KF_MOON/',
    '/k/bpf_moon/',
    '/v6.3/',
    '/moons/',
    '/moons/XDP/',
    '/flags/KF_LAMP',
    '/guides/constructor/',
  ])('does not lead to %s, which has none', (path) => {
    expect(page(path)).toBeNull();
  });
});

describe('a name in a note', () => {
  it('leads to the page of a flag, a suffix or a kfunc', () => {
    expect([name('KF_LAMP'), name('__lamp'), name('bpf_lamp')]).toEqual([
      '/flags/KF_LAMP/',
      '/suffixes/__lamp/',
      '/k/bpf_lamp/',
    ]);
  });

  it('does not lead to the page that it stands on, nor to what has none', () => {
    const own = noteLinks(atlas, topics, 'KF_LAMP');
    expect([own.name('KF_LAMP'), name('bpf_moon'), name('XDP')]).toEqual([null, null, null]);
  });
});

describe('what a note is related to', () => {
  it('may be a program type, all of them, or a guide', () => {
    const found = ['XDP', 'all', 'buying-lamps'].map((related) =>
      relatedHref(atlas, topics, related),
    );
    expect(found).toEqual(['/programs/XDP/', '/programs/all/', '/guides/buying-lamps/']);
  });

  it('is nothing where this site has no page of it', () => {
    expect(relatedHref(atlas, topics, 'selling-lamps')).toBeNull();
  });
});
