import { describe, expect, test } from 'vitest';
import { Anchors, makeId, titleText } from './anchors.ts';

describe('makeId()', () => {
  test.each([
    ['2.3.1 __sz Annotation', 'sz-annotation'],
    ['struct lamp * kfuncs', 'struct-lamp-kfuncs'],
    ['What is a lamp?', 'what-is-a-lamp'],
    ['Größe — Ünïcode', 'grosze-unicode'],
    ['v1.0', 'v1-0'],
    ['1.2', ''],
    ['灯', ''],
  ])('makes of %j the id %j', (title, id) => {
    expect(makeId(title)).toBe(id);
  });
});

describe('titleText()', () => {
  test.each([
    ['``struct lamp`` of *ours*', 'struct lamp of ours'],
    ['The :c:func:`bpf_lamp_get` kfunc', 'The bpf_lamp_get kfunc'],
    ['See :ref:`lamps <lamps-label>`', 'See lamps'],
    ['Lamps, `the site <https://lamps.example.org>`_', 'Lamps, the site'],
    [' 2 * 3 * 4  lamps ', '2 * 3 * 4 lamps'],
  ])('takes the markup out of %j', (title, text) => {
    expect(titleText(title)).toBe(text);
  });
});

describe('Anchors', () => {
  test('counts up where an id is taken, or where a name gives none', () => {
    const anchors = new Anchors();
    expect(['Lamps', 'lamps', '1.', 'Id4', 'LAMPS'].map((name) => anchors.named(name).id)).toEqual([
      'lamps',
      'id1',
      'id2',
      'id4',
      'id3',
    ]);
    expect(anchors.numbered()).toBe('id5');
  });
});
