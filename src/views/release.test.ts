import { describe, expect, it } from 'vitest';
import { allPrograms, flagPage, programPage } from './catalogue.ts';
import { change, entry, kfunc, span, state } from '../data/test-dataset.ts';
import { atlasOf } from './test-atlas.ts';
import { hereIn, releasePage } from './release.ts';
import { plain } from './text.ts';

const releases = ['v6.2', 'v6.3', 'v6.4'].map((id) => entry(id));
const lamp = kfunc({
  spans: [span('v6.3', 'v6.2')],
  states: [state('v6.3', null)],
  changes: [change('v6.3', 'added', { after: 'v6.2' })],
});
const sun = kfunc(
  {
    spans: [span('v6.2', null, 'v6.2', 'v6.3')],
    states: [state('v6.2', 'v6.2')],
    changes: [change('v6.3', 'removed', { after: 'v6.2' })],
  },
  {
    name: 'bpf_sun',
    status: 'removed',
    replacedBy: [{ name: 'bpf_lamp_get', release: 'v6.3', evidence: ['same-prototype'] }],
  },
);
const moon = kfunc(
  {
    spans: [span('v6.2', null)],
    states: [state('v6.2', 'v6.2', { flags: ['KF_RCU'] }), state('v6.3', null, { flags: [] })],
    changes: [
      change('v6.3', 'flags', {
        after: 'v6.2',
        was: ['KF_RCU'],
        now: [],
        event: 'flag-removed:KF_RCU',
      }),
    ],
  },
  { name: 'bpf_moon' },
);

function atlas() {
  const made = atlasOf(releases, [lamp, sun, moon]);
  made.file('v6.3').events.push({
    id: 'flag-removed:KF_RCU',
    kind: 'flag-removed',
    subject: 'KF_RCU',
    was: ['KF_RCU'],
    now: [],
    changed: ['bpf_moon'],
    stricter: [],
  });
  return made;
}

describe('the page of a release', () => {
  it('tells what came and what went, and what took its place', () => {
    const page = releasePage(atlas(), releases[1]!);
    expect(page.added.map((r) => r.name.text)).toEqual(['bpf_lamp_get']);
    expect(page.removed.map((r) => `${r.name.text} ${plain(r.text)}`)).toEqual([
      'bpf_sun replaced by bpf_lamp_get (the same prototype)',
    ]);
  });

  it('tells a change of the whole tree once, not with each kfunc', () => {
    const page = releasePage(atlas(), releases[1]!);
    expect(page.changed).toEqual([]);
    expect(page.events.map((e) => [plain(e.title), plain(e.changed.names)])).toEqual([
      ['KF_RCU', 'bpf_moon'],
    ]);
  });

  it('counts what the release has, and says what it was compared with', () => {
    expect(plain(releasePage(atlas(), releases[1]!).lead)).toBe(
      'v6.3 has 2 kfuncs. Since v6.2: 1 added, 0 changed, 1 removed.',
    );
    expect(plain(releasePage(atlas(), releases[0]!).lead)).toBe(
      'v6.2 has 2 kfuncs. No older release was read to compare it with.',
    );
  });

  it('takes a tree to have what its base has, where nothing else is told of it', () => {
    const without = kfunc(
      { id: 'mine', base: 'v6.3', changes: [change('mine', 'removed', { after: 'v6.3' })] },
      { name: 'bpf_star' },
    );
    const made = atlasOf([...releases, entry('mine', 'mine')], [lamp, sun, moon, without]);
    expect(hereIn(made, 'mine').map((h) => h.record.name)).toEqual(['bpf_lamp_get', 'bpf_moon']);
  });
});

describe('the page of a flag or a program type', () => {
  it('keeps kfuncs that had the flag apart from those that have it', () => {
    const { groups } = flagPage(atlas(), 'KF_RCU');
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
