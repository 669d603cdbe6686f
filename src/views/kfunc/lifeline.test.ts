import { describe, expect, it } from 'vitest';
import type { KfuncRecord } from '../../data/schema/index.ts';
import { change, entry, kfunc, span, state } from '../../data/test-dataset.ts';
import { sampleDataset } from '../../../tests/sample-dataset.ts';
import { makeAtlas } from '../atlas.ts';
import { extent, type Room } from './lifeline-labels.ts';
import { type Lifeline, lifelineOf, lifelineWords } from './lifeline.ts';
import { parseSourceBrowser } from '../source-browser.ts';
import { atlasOf } from '../test-atlas.ts';

const every = ['v6.1', 'v6.2', 'v6.3', 'v6.4', 'v6.5'].map((id) => entry(id));
const few = ['v5.10', 'v6.1', 'v6.12', 'v7.2', 'v7.3'].map((id) => entry(id));
/** Where five releases stand. */
const x = [4, 27, 50, 73, 96];

const shape = ({ bars, marks }: Lifeline) => ({
  bars: bars.map((b) => `${b.kind} ${b.from}-${b.to}`),
  marks: marks.map((m) => `${m.kind} ${m.x}`),
});
const draw = (releases: typeof every, record: KfuncRecord) =>
  lifelineOf(atlasOf(releases, [record]), record)!;

describe('a lifeline', () => {
  it('goes on past the newest release while the kfunc is there', () => {
    const record = kfunc({
      spans: [span('v6.2', 'v6.1')],
      states: [state('v6.2', null)],
      changes: [change('v6.2', 'added', { after: 'v6.1' })],
    });
    const life = draw(every, record);
    expect(shape(life)).toEqual({ bars: ['there 27-96'], marks: ['added 27'] });
    expect(life.goesOn).toEqual({ x: 96, isDeprecated: false });
    expect(life.marks[0]!.href).toBe('#v6.2');
  });

  it('ends at the release that lacks it', () => {
    const record = kfunc({
      spans: [span('v6.2', 'v6.1', 'v6.3', 'v6.4')],
      states: [state('v6.2', 'v6.3')],
      changes: [
        change('v6.2', 'added', { after: 'v6.1' }),
        change('v6.4', 'removed', { after: 'v6.3' }),
      ],
    });
    const life = draw(every, record);
    expect(shape(life)).toEqual({ bars: ['there 27-73'], marks: ['added 27', 'removed 73'] });
    expect(life.goesOn).toBeNull();
  });

  it('does not draw as sure what lies between releases that were read', () => {
    const record = kfunc({
      spans: [span('v6.12', 'v6.1', 'v6.12', 'v7.2')],
      states: [state('v6.12', 'v6.12')],
      changes: [
        change('v6.12', 'added', { after: 'v6.1' }),
        change('v7.2', 'removed', { after: 'v6.12' }),
      ],
    });
    const life = draw(few, record);
    expect(shape(life).bars).toEqual([`maybe ${x[1]}-${x[3]}`]);
    expect(life.axis.map((a) => a.kind)).toEqual(['gap', 'read']);
  });

  it('may have begun before the oldest release', () => {
    const record = kfunc({ spans: [span('v5.10', null)], states: [state('v5.10', null)] });
    expect(shape(draw(few, record)).bars).toEqual(['maybe 0-4', 'there 4-96']);
  });

  it('says of a change where it may have been made', () => {
    const record = kfunc({
      spans: [span('v6.1', 'v5.10')],
      states: [state('v6.1', 'v6.12'), state('v7.2', null, { flags: ['KF_SLEEPABLE'] })],
      changes: [
        change('v7.2', 'flags', { after: 'v6.12', was: ['KF_ACQUIRE'], now: ['KF_SLEEPABLE'] }),
        change('v7.3', 'doc', { after: 'v7.2' }),
      ],
    });
    expect(draw(few, record).marks.map((m) => [m.kind, m.after])).toEqual([
      ['breaks', x[2]],
      ['doc', null],
    ]);
  });

  it('is hatched from its deprecation on', () => {
    const deprecation = [
      { kind: 'comment' as const, hash: null, file: 'a.c', promised: null, instead: null },
    ];
    const record = kfunc({
      spans: [span('v6.1', null)],
      states: [state('v6.1', 'v6.3'), state('v6.4', null, { deprecation })],
      changes: [change('v6.4', 'deprecated', { after: 'v6.3', now: ['a comment'] })],
    });
    const life = draw(every, record);
    expect(shape(life)).toEqual({
      bars: ['maybe 0-4', 'there 4-73', 'deprecated 73-96'],
      marks: ['deprecated 73'],
    });
    expect(life.goesOn!.isDeprecated).toBe(true);
  });

  it('has one mark a release, the gravest', () => {
    const record = kfunc({
      spans: [span('v6.1', null)],
      states: [state('v6.1', 'v6.2'), state('v6.3', null, { programTypes: ['BPF_PROG_TYPE_LSM'] })],
      changes: [
        change('v6.3', 'doc', { after: 'v6.2' }),
        change('v6.3', 'programTypes', {
          after: 'v6.2',
          was: ['BPF_PROG_TYPE_XDP'],
          now: ['BPF_PROG_TYPE_LSM'],
        }),
      ],
    });
    expect(shape(draw(every, record)).marks).toEqual(['breaks 50']);
  });

  it('begins with a new name and ends with an old one', () => {
    const renamed = change('v6.3', 'renamed', {
      after: 'v6.2',
      was: ['bpf_lamp_get'],
      now: ['bpf_lamp_take'],
    });
    const older = kfunc({
      spans: [span('v6.1', null, 'v6.2', 'v6.3')],
      states: [state('v6.1', 'v6.2')],
      changes: [renamed],
    });
    const newer = kfunc(
      { spans: [span('v6.3', 'v6.2')], states: [state('v6.3', null)], changes: [renamed] },
      { name: 'bpf_lamp_take' },
    );
    const atlas = atlasOf(every, [older, newer]);
    expect(lifelineOf(atlas, older)!.marks.map((m) => m.kind)).toEqual(['removed']);
    expect(lifelineOf(atlas, newer)!.marks.map((m) => m.kind)).toEqual(['added']);
  });

  it('is told in words too', () => {
    const record = kfunc({
      spans: [span('v6.2', 'v6.1', 'v6.4', 'v6.5')],
      states: [state('v6.2', 'v6.4')],
      changes: [
        change('v6.2', 'added', { after: 'v6.1' }),
        change('v6.3', 'doc', { after: 'v6.2' }),
        change('v6.4', 'doc', { after: 'v6.3' }),
        change('v6.5', 'removed', { after: 'v6.4' }),
      ],
    });
    expect(lifelineWords(draw(every, record))).toBe(
      'came v6.2; documentation v6.3, v6.4; gone v6.5',
    );
  });

  it('is none of what no mainline release has', () => {
    const record = kfunc({
      id: 'mine',
      spans: [span('mine', null)],
      states: [state('mine', null)],
    });
    expect(lifelineOf(atlasOf([...every, entry('mine', 'mine')], [record]), record)).toBeNull();
  });
});

describe('the lifelines of forty-five releases', () => {
  const dataset = sampleDataset({ releases: 45, kfuncs: 150 });
  const browser = parseSourceBrowser('cgit');
  const atlas = makeAtlas(dataset, { base: '/', browser, site: undefined });
  const lives = dataset.kfuncs.flatMap((record) => lifelineOf(atlas, record) ?? []);

  it.each([
    [280, ['phone']],
    [640, ['phone', 'wide']],
    [1080, ['phone', 'wide', 'widest']],
  ] as [number, Room[]][])('have no labels that touch at %i pixels', (px, rooms) => {
    for (const { labels } of lives) {
      const places = labels.filter((l) => rooms.includes(l.room)).map((l) => extent(l, px));
      expect(places.length).toBeGreaterThan(2);
      places.forEach(([from, to], i) => {
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThanOrEqual(px);
        expect(from - (places[i - 1]?.[1] ?? -9)).toBeGreaterThanOrEqual(6);
      });
    }
  });

  it('keep marks of one lane apart on a phone', () => {
    for (const { marks } of lives) {
      for (const lane of [0, 1]) {
        const xs = marks.filter((m) => m.lane === lane).map((m) => (m.x / 100) * 280);
        xs.slice(1).forEach((one, i) => {
          expect(one - xs[i]!).toBeGreaterThan(10);
        });
      }
    }
  });

  it('name the newest release and what ended a life', () => {
    for (const { labels, marks, ticks } of lives) {
      const always = labels.filter((l) => l.room === 'phone').map((l) => l.text);
      expect(always).toContain(ticks.at(-1)!.id);
      const end = marks.findLast((m) => m.kind === 'removed');
      if (end !== undefined && end.x < 70) expect(always).toContain(end.release);
    }
  });
});
