import { describe, expect, it } from 'vitest';
import { change, entry, kfunc, span, state } from '../../data/test-dataset.ts';
import { callablePage } from '../callable.ts';
import { changelogPage } from './changelog.ts';
import { changesPage, releasesPage } from './changes.ts';
import { hereIn } from './release.ts';
import { atlasOf } from '../test-atlas.ts';
import { plain } from '../text.ts';

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
const commit = {
  hash: '0123456789abcdef',
  subject: 'lamp: sleep',
  date: '2023-01-01',
  author: 'A. Lamp',
  links: [],
};
/** Both lose KF_RCU in v6.3, which the flag's end tells; the moon sleeps besides in v6.4. */
const moons = ['bpf_moon', 'bpf_moon_far'].map((name) =>
  kfunc(
    {
      spans: [span('v6.2', null)],
      states: [
        state('v6.2', 'v6.2', { flags: ['KF_RCU'], sets: [] }),
        state('v6.3', 'v6.3', { flags: [], sets: [] }),
        state('v6.4', null, { flags: ['KF_SLEEPABLE'], sets: [] }),
      ],
      changes: [
        change('v6.3', 'flags', { after: 'v6.2', was: ['KF_RCU'], event: 'flag-removed:KF_RCU' }),
        change('v6.4', 'flags', { after: 'v6.3', now: ['KF_SLEEPABLE'], commit }),
      ],
    },
    { name },
  ),
);

function atlas(...more: Parameters<typeof atlasOf>[1]) {
  const made = atlasOf(releases, [lamp, ...moons, sun, ...more]);
  const flag = { bit: 1, meaning: null, file: 'include/linux/btf.h', line: 1 };
  made.file('v6.2').flags = [{ name: 'KF_RCU', ...flag }];
  for (const id of ['v6.3', 'v6.4']) made.file(id).flags = [];
  return made;
}

describe('the page of a release', () => {
  it('tells what came, as a program declares it, and what went, and what took its place', () => {
    const { changes } = changelogPage(atlas(), releases[1]!);
    expect(
      changes?.added.map(({ subsystem, rows }) => [
        subsystem,
        rows.map(({ signature: { before, name, after }, note }) => [
          `${before}${name.text}${after}`,
          name.href,
          plain(note),
        ]),
      ]),
    ).toEqual([
      ['LAMPS', [['struct lamp *bpf_lamp_get(u32 nr)', '/k/bpf_lamp_get/#v6.3', 'XDP; ACQUIRE']]],
    ]);
    expect(changes?.removed.map((row) => `${plain(row.names)} ${plain(row.text)}`)).toEqual([
      'bpf_sun replaced by bpf_lamp_get (the same prototype)',
    ]);
  });

  it('tells a change of the whole tree once, not with each kfunc', () => {
    const { changes } = changelogPage(atlas(), releases[1]!);
    expect([changes?.before, changes?.prototypes, changes?.after]).toEqual([[], [], []]);
    expect(
      changes?.events.map(({ subject, touched }) => [
        subject.text,
        touched.map(({ title, names }) => `${title}: ${plain(names)}`),
      ]),
    ).toEqual([['KF_RCU', ['Changed by it (2): bpf_moon, bpf_moon_far']]]);
  });

  it('tells together what is told alike, with what it means and the commit, once', () => {
    const { changes } = changelogPage(atlas(), releases[2]!);
    const [flags] = changes!.before;
    expect(flags).toMatchObject({ id: 'flags', size: 2 });
    const [row] = flags!.rows;
    expect(flags!.rows).toHaveLength(1);
    expect(plain(row!.names)).toBe('bpf_moon, bpf_moon_far');
    expect(plain(row!.text)).toBe('gained KF_SLEEPABLE');
    expect(row!.badge?.text).toBe('breaks');
    expect(plain(row!.meaning)).toContain('sleep');
    expect(row!.commits.map(({ text }) => text)).toEqual(['0123456789ab ("lamp: sleep")']);
  });

  it('counts what the release has, and says what it was compared with and what that breaks', () => {
    const [first, second, third] = releases.map((r) => plain(changelogPage(atlas(), r).lead));
    expect(first).toBe('v6.2 has 3 kfuncs. No older release was read to compare it with.');
    expect(second).toMatch(/^v6\.3 has 3 kfuncs\. Since v6\.2: 1 added, 1 removed, 0 changed\./);
    expect(second).toContain('1 of these breaks programs that call it.');
    expect(third).toContain('2 of these break programs that call them.');
  });

  it('links to what it says breaks, and compares itself with the newest', () => {
    const page = changelogPage(atlas(), releases[1]!);
    expect(page.lead.map(({ href }) => href)).toContain('/diff/v6.2..v6.3/#breaks');
    expect(page.links.map(({ label, link }) => `${label}${link.text} ${link.href ?? ''}`)).toEqual([
      'older: v6.2 /v6.2/',
      'newer: v6.4 /v6.4/',
      'All kfuncs of v6.3 /v6.3/all/',
      'compare: v6.2..v6.3 /diff/v6.2..v6.3/',
      'compare: v6.3..v6.4 /diff/v6.3..v6.4/',
    ]);
  });

  it('takes a tree to have what its base has, where nothing else is told of it', () => {
    const star = kfunc(
      { id: 'mine', base: 'v6.3', changes: [change('mine', 'removed', { after: 'v6.3' })] },
      { name: 'bpf_star' },
    );
    const made = atlasOf([...releases, entry('mine', 'mine')], [lamp, ...moons, sun, star]);
    const here = hereIn(made, 'mine').map((h) => h.record.name);
    expect(here).toEqual(['bpf_lamp_get', 'bpf_moon', 'bpf_moon_far']);
    expect(plain(changelogPage(made, made.release('mine')).lead)).toContain('Since v6.3: 0 added');
  });
});

describe('the page of all changes', () => {
  it('tells each release in a few lines, newest first, and what breaks', () => {
    const { digests } = changesPage(atlas());
    expect(digests.map(({ id, lead }) => `${id}: ${plain(lead)}`)).toEqual([
      'v6.4: Since v6.3: 0 added, 0 removed, 2 changed.',
      'v6.3: Since v6.2: 1 added, 1 removed, 0 changed.',
      'v6.2: 3 kfuncs. Nothing was read to compare it with.',
    ]);
    expect(digests[1]!.breaks.map(({ names }) => plain(names))).toEqual(['bpf_sun']);
    expect(digests[1]!.facts.map(({ label, items }) => [label, items.map(plain)])).toEqual([
      ['New', ['LAMPS: bpf_lamp_get']],
      ['Flags gone', ['KF_RCU']],
    ]);
  });

  it('says how many more break than are named', () => {
    const gone = 'abcdefgh'.split('').map((letter) =>
      kfunc(
        {
          states: [state('v6.2', 'v6.2')],
          changes: [change('v6.3', 'removed', { after: 'v6.2' })],
        },
        {
          name: `bpf_sun_${letter}`,
          // Each is told with another one, so that no two rows are alike.
          replacedBy: [{ name: `bpf_moon_${letter}`, release: 'v6.3', evidence: [] }],
        },
      ),
    );
    const heirs = 'abcdefgh'
      .split('')
      .map((letter) => kfunc({ states: [state('v6.3', null)] }, { name: `bpf_moon_${letter}` }));
    const [, digest] = changesPage(atlas(...gone, ...heirs)).digests;
    expect(digest!.breaks).toHaveLength(6);
    expect(digest!.moreBreaks).toEqual({ text: 'and 3 more', href: '/diff/v6.2..v6.3/#breaks' });
  });

  it('counts kfuncs that break alike where they are many', () => {
    const gone = Array.from('abcdefghi', (letter) =>
      kfunc(
        {
          states: [state('v6.2', 'v6.2')],
          changes: [change('v6.3', 'removed', { after: 'v6.2' })],
        },
        { name: `bpf_sun_${letter}` },
      ),
    );
    const [, digest] = changesPage(atlas(...gone)).digests;
    expect(digest!.breaks.map(({ names, text }) => [plain(names), plain(text)])).toEqual([
      ['bpf_sun', 'is gone; instead: bpf_lamp_get'],
      ['each of 9 kfuncs', 'is gone'],
    ]);
  });

  it('is told as a table too', () => {
    const [, row] = releasesPage(atlas()).rows;
    expect(row).toMatchObject({ has: 3, tally: { added: 1, removed: 1, breaking: 1 } });
    expect(row!.compare).toEqual({ text: 'v6.2', href: '/diff/v6.2..v6.3/' });
  });
});

describe('the page of what one may call', () => {
  it('tells types together that may call the same, and stars what a filter can refuse', () => {
    const types = ['BPF_PROG_TYPE_LSM', 'BPF_PROG_TYPE_TRACING'];
    const registrations = types.map((programType) => ({
      programType,
      filter: 'lamp_filter',
      condition: null,
    }));
    const filtered = kfunc(
      {
        states: [
          state('v6.2', null, {
            programTypes: types,
            sets: [{ name: 's', file: 'f.c', role: 'kfunc', flags: [], registrations }],
          }),
        ],
      },
      { name: 'bpf_lamp_filtered' },
    );
    const every = kfunc(
      { states: [state('v6.2', null, { programTypes: ['*'], roles: ['kfunc', 'test'] })] },
      { name: 'bpf_sky_test' },
    );
    const made = atlasOf(releases, [lamp, filtered, every]);
    const { programs, rows } = callablePage(made, 'v6.3');
    expect(
      programs.map(({ types: these, names, tests }) => [
        these.map(({ title }) => title),
        plain(names),
        plain(tests),
      ]),
    ).toEqual([
      [['Every program type'], '', 'bpf_sky_test'],
      [['LSM', 'Tracing'], 'bpf_lamp_filtered*', ''],
      [['XDP'], 'bpf_lamp_get', ''],
    ]);
    expect(rows).toHaveLength(3);
  });
});
