import { describe, expect, it } from 'vitest';
import { change, datasetOf, entry, kfunc, span, state } from '../data/test-dataset.ts';
import type { TreeEvent } from '../data/schema/index.ts';
import { makeAtlas } from '../views/atlas.ts';
import { parseSourceBrowser } from '../views/source-browser.ts';
import { atom } from './atom.ts';
import { feedsOf } from './feeds.ts';
import { allSubsystems, subsystemSlug } from '../views/topics/subsystems.ts';

const releases = ['v6.2', 'v6.3', 'v6.4'].map((id, i) => ({
  ...entry(id),
  date: `2023-0${i + 2}-20`,
}));
const lamp = kfunc({
  spans: [span('v6.2', null)],
  states: [state('v6.2', 'v6.3', { flags: [] }), state('v6.4', null, { flags: ['KF_RCU'] })],
  changes: [
    change('v6.2', 'added'),
    change('v6.4', 'flags', { after: 'v6.3', was: [], now: ['KF_RCU'] }),
  ],
});
const sun = kfunc(
  {
    spans: [span('v6.2', null, 'v6.2', 'v6.3')],
    states: [state('v6.2', 'v6.2', { programTypes: ['BPF_PROG_TYPE_LSM'] })],
    changes: [change('v6.2', 'added'), change('v6.3', 'removed', { after: 'v6.2' })],
  },
  {
    name: 'bpf_sun',
    status: 'removed',
    subsystem: 'BPF [SUNS & STARS]',
    replacedBy: [{ name: 'bpf_lamp_get', release: 'v6.3', evidence: ['same-body'] }],
  },
);

function feedsAt(site: string | null = 'https://kfuncs.example', base = '/') {
  const dataset = datasetOf(releases, [lamp, sun]);
  const stricter: TreeEvent = {
    id: 'trusted-by-default',
    kind: 'trusted-by-default',
    subject: 'KF_TRUSTED_ARGS',
    was: [],
    now: [],
    changed: [],
    stricter: ['bpf_lamp_get'],
  };
  dataset.releaseFiles[1] = { ...dataset.releaseFiles[1]!, events: [stricter] };
  const atlas = makeAtlas(dataset, {
    base,
    browser: parseSourceBrowser('cgit'),
    site: site ?? undefined,
  });
  return feedsOf(atlas);
}
const titles = (feed: { entries: readonly { title: string }[] }) =>
  feed.entries.map(({ title }) => title);

describe('feeds', () => {
  it('tell of a kfunc each release that did something to it, the newest first', () => {
    expect(titles(feedsAt().kfunc(lamp))).toEqual([
      expect.stringMatching(/^bpf_lamp_get: flags changed in v6\.4/),
      expect.stringMatching(/^KF_TRUSTED_ARGS: changed across the tree in v6\.3/),
      'bpf_lamp_get: new in v6.2',
    ]);
    expect(titles(feedsAt().kfunc(sun))).toEqual(['bpf_sun: gone in v6.3', 'bpf_sun: new in v6.2']);
  });

  it('tell of a flag who gains it, and not what else happens to those who have it', () => {
    expect(titles(feedsAt().flag('KF_RCU'))).toEqual([
      expect.stringMatching(/^bpf_lamp_get: flags changed in v6\.4/),
    ]);
    expect(titles(feedsAt().flag('KF_SLEEPABLE'))).toEqual([]);
  });

  it('tell of a program type what happens to all that it may call, before or after', () => {
    expect(titles(feedsAt().program('BPF_PROG_TYPE_LSM'))).toEqual([
      'bpf_sun: gone in v6.3',
      'bpf_sun: new in v6.2',
    ]);
  });

  it('tell of everything once a release, with how much came, changed and went', () => {
    expect(titles(feedsAt().everything())).toEqual([
      'BPF kfuncs in v6.4: 0 added, 0 removed, 1 changed',
      'BPF kfuncs in v6.3: 0 added, 1 removed, 0 changed',
      'BPF kfuncs in v6.2: 2 found',
    ]);
  });

  it('give an entry the same id in each feed, on each site, under each path', () => {
    const [one] = feedsAt().kfunc(lamp).entries;
    const [other] = feedsAt(null, '/sub/').flag('KF_RCU').entries;
    expect(one!.id).toBe('urn:uuid:1966ced7-485a-5ec5-81e3-3e223c0c92dd');
    expect(other!.id).toBe(one!.id);
    expect(feedsAt(null, '/sub/').kfunc(lamp).id).toBe(feedsAt().kfunc(lamp).id);
  });

  it('are dated by their newest entry, and by the oldest release while they have none', () => {
    expect(atom(feedsAt().kfunc(sun))).toContain('<updated>2023-03-20T00:00:00Z</updated>\n');
    expect(atom(feedsAt().flag('KF_SLEEPABLE'))).toContain(
      '<updated>2023-02-20T00:00:00Z</updated>\n',
    );
  });

  it('link from anywhere where the site knows its address, and by paths where it does not', () => {
    const whole = atom(feedsAt('https://kfuncs.example', '/sub/').kfunc(sun));
    expect(whole).toContain('href="https://kfuncs.example/sub/k/bpf_sun.atom"');
    expect(whole).toContain('<a href="https://kfuncs.example/sub/k/bpf_lamp_get/">');
    expect(whole).not.toMatch(/href="(?!https:)/);
    expect(atom(feedsAt(null, '/sub/').kfunc(sun))).toContain('href="/sub/k/bpf_sun.atom"');
  });

  it('say in an entry what took the place of what went', () => {
    expect(atom(feedsAt().kfunc(sun))).toContain('Replaced by <a href=');
  });

  it('take what is no date for the beginning of time', () => {
    const feed = feedsAt().kfunc(sun);
    const text = atom({
      ...feed,
      entries: feed.entries.map((e) => ({ ...e, date: '2023-19-99' })),
    });
    expect(text).toContain('<updated>1970-01-01T00:00:00Z</updated>');
  });
});

describe('addresses of subsystems', () => {
  it('are the words of MAINTAINERS', () => {
    expect(subsystemSlug('BPF [SUNS & STARS]')).toBe('bpf-suns-stars');
    expect(subsystemSlug('漢字')).toBeNull();
    expect(subsystemSlug('../../etc')).toBe('etc');
    expect(subsystemSlug(null)).toBeNull();
  });

  it('are one for names that are written alike', () => {
    const dataset = datasetOf(releases, [
      lamp,
      { ...sun, subsystem: 'Lamps' },
      { ...sun, name: 'bpf_moon', subsystem: null },
    ]);
    const browser = parseSourceBrowser('cgit');
    const atlas = makeAtlas(dataset, { base: '/', browser, site: undefined });
    expect(allSubsystems(atlas)).toEqual([{ slug: 'lamps', name: 'LAMPS' }]);
  });
});
