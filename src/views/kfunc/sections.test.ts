import { expect, it } from 'vitest';
import { entry, kfunc, span, state } from '../../data/test-dataset.ts';
import { atlasOf } from '../test-atlas.ts';
import { kfuncPage } from './page.ts';
import { sectionsOf } from './sections.ts';

const releases = ['v6.1', 'v6.2', 'v6.3', 'v6.4'].map((id) => entry(id));
const sections = (...states: ReturnType<typeof state>[]) => {
  const record = kfunc({ spans: [span('v6.2', 'v6.1')], states });
  return sectionsOf(kfuncPage(atlasOf(releases, [record]), record));
};

it('lists the sections that a kfunc has, in the order in which they stand', () => {
  const { contents } = sections(state('v6.2', 'v6.3'), state('v6.4', null, { flags: [] }));
  expect(contents.map(({ title }) => title)).toEqual([
    'Availability',
    'History',
    'Stability',
    'Declare and probe',
    'Before that',
    'Cite',
  ]);
});

it('shows the newest state at once, and the others below', () => {
  const { now, lines } = sections(state('v6.2', 'v6.3'), state('v6.4', null, { flags: [] }));
  expect(now!.title).toBe('v6.4');
  expect(lines.map(({ states }) => states.map(({ title }) => title))).toEqual([['v6.2 to v6.3']]);
});

it('has nothing below for what never changed', () => {
  expect(sections(state('v6.2', null)).lines).toEqual([]);
});
