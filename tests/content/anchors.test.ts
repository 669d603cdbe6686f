import { expect, test } from 'vitest';
import { anchorsOf } from './anchors.ts';

test('makes a fragment of a title, without its number', () => {
  expect(anchorsOf('2.5.6 KF_LAMP flag\n------------------\n')).toEqual(new Set(['kf-lamp-flag']));
});

test('takes a title whose rule is longer, and one between two rules', () => {
  expect(anchorsOf('====\nLamps\n=======\n')).toEqual(new Set(['lamps']));
});

test('leaves out what is no letter at the ends of a title', () => {
  expect(anchorsOf('Q: May ``lamp___init`` burn?\n----------------------------\n')).toEqual(
    new Set(['q-may-lamp-init-burn']),
  );
});

test('takes a label', () => {
  expect(anchorsOf('.. _Lamp_lifecycle:\n\nWords.\n')).toEqual(new Set(['lamp-lifecycle']));
});

test.each([
  ['A line of words that is longer than what is below\n---\n'],
  ['Words\n-+-+-\n'],
  ['.. code-block:: c\n'],
  ['.. _lamp: https://example.org\n'],
])('does not take %j for a title or a label', (text) => {
  expect(anchorsOf(text)).toEqual(new Set());
});
