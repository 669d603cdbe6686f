import { describe, expect, it } from 'vitest';
import { entry, kfunc, span, state } from '../../data/test-dataset.ts';
import { allPrograms } from './catalogue.ts';
import { atlasOf } from '../test-atlas.ts';
import { plain } from '../text.ts';
import { flagPage, programPage } from './topic.ts';

const releases = ['v6.2', 'v6.3'].map((id) => entry(id));
const lamp = kfunc({ spans: [span('v6.3', 'v6.2')], states: [state('v6.3', null)] });

describe('the page of a flag or a program type', () => {
  it('keeps kfuncs that had the flag apart from those that have it', () => {
    const moon = kfunc(
      {
        spans: [span('v6.2', null)],
        states: [state('v6.2', 'v6.2', { flags: ['KF_RCU'] }), state('v6.3', null, { flags: [] })],
      },
      { name: 'bpf_moon' },
    );
    const { groups } = flagPage(atlasOf(releases, [lamp, moon]), 'KF_RCU');
    expect(groups.map((g) => [g.id, g.rows.map((r) => r.name.text)])).toEqual([
      ['once', ['bpf_moon']],
    ]);
  });

  it('counts kfuncs for all program types once, beside those of one', () => {
    const every = kfunc(
      { spans: lamp.lines[0]!.spans, states: [state('v6.3', null, { programTypes: ['*'] })] },
      { name: 'bpf_sky' },
    );
    const made = atlasOf(releases, [lamp, every]);
    const page = programPage(made, 'BPF_PROG_TYPE_XDP');
    expect(plain(page.lead)).toContain('the 1 kfunc for all program types');
    expect(page.groups[0]!.rows.map((r) => r.name.text)).toEqual(['bpf_lamp_get']);
    expect(allPrograms(made)).toEqual(['*', 'BPF_PROG_TYPE_XDP']);
  });
});
