import { expect, test } from 'vitest';
import { deprecationOf, deprecationTexts } from './deprecation.ts';
import { kfunc, words } from './testing.ts';

const facts = (...deprecation: ReturnType<typeof words>[]) =>
  kfunc('bpf_kettle_boil', { deprecation }).facts;

test('says who speaks, what was promised and what to use', () => {
  const found = facts(words({ kind: 'warning', promised: 'v7.3', instead: 'bpf_kettle_heat' }));
  expect(deprecationTexts(found)).toEqual([
    'warning, removal promised for v7.3, use bpf_kettle_heat',
  ]);
});

test('does not take a wrapper alone for deprecation', () => {
  expect(deprecationOf(facts(words({ kind: 'wrapper', hash: null, instead: 'bpf_heat' })))).toEqual(
    [],
  );
});

test('takes the flag for deprecation', () => {
  expect(deprecationTexts(facts(words({ kind: 'flag', hash: null })))).toEqual(['KF_DEPRECATED']);
});

test('says once what two paragraphs say', () => {
  expect(deprecationTexts(facts(words({ hash: 'a' }), words({ hash: 'b' })))).toEqual(['comment']);
});
