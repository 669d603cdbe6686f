import { describe, expect, it } from 'vitest';
import type { State } from '../../data/schema/index.ts';
import { entry, kfunc, span, state } from '../../data/test-dataset.ts';
import { nearest, relatedTo } from './related.ts';
import { atlasOf } from '../test-atlas.ts';
import { plain } from '../text.ts';

const releases = ['v6.1', 'v6.2'].map((id) => entry(id));

function made(name: string, more: Partial<State> = {}) {
  return kfunc({ spans: [span('v6.1', null)], states: [state('v6.1', null, more)] }, { name });
}

function prototype(returns: string, ...types: string[]): Pick<State, 'prototype'> {
  const params = types.map((type, i) => ({ name: `p${i}`, type, suffix: null, implicit: false }));
  return { prototype: { kernel: '', bpf: '', returns, params } };
}

const acquire = made('bpf_lamp_acquire', {
  flags: ['KF_ACQUIRE'],
  ...prototype('struct lamp *', 'u32'),
});
const release = made('bpf_lamp_release', {
  flags: ['KF_RELEASE'],
  ...prototype('void', 'u32', 'const struct lamp *'),
});
const hall = made('bpf_hall_release', {
  flags: ['KF_RELEASE'],
  ...prototype('void', 'struct hall *'),
});

function of(name: string, ...records: ReturnType<typeof made>[]) {
  const atlas = atlasOf(releases, records);
  return relatedTo(
    atlas,
    records.find((r) => r.name === name)!,
  ).map((group) => [group.label, group.names]);
}

describe('what is related to a kfunc', () => {
  it('is what releases the reference that it returns, and the other way round', () => {
    const all = [acquire, release, hall];
    expect(of('bpf_lamp_acquire', ...all)[0]).toEqual(['Released by', ['bpf_lamp_release']]);
    expect(of('bpf_lamp_release', ...all)[0]).toEqual([
      'Releases what comes from',
      ['bpf_lamp_acquire'],
    ]);
  });

  it('does not pair what is not flagged so, nor the selftests with the rest', () => {
    const plainOne = made('bpf_lamp_get', { flags: [], ...prototype('struct lamp *') });
    const test = { ...release, lines: release.lines.map((l) => ({ ...l })) };
    test.lines[0]!.states = test.lines[0]!.states.map((s) => ({ ...s, roles: ['test'] }));
    const labels = (name: string, ...records: ReturnType<typeof made>[]) =>
      of(name, ...records).map(([label]) => label);
    expect(labels('bpf_lamp_get', plainOne, release)).not.toContain('Released by');
    expect(labels('bpf_lamp_acquire', acquire, test)).not.toContain('Released by');
  });

  it('is the rest of an iterator, in its order', () => {
    const iterator = ['destroy', 'new', 'next'].map((step) =>
      made(`bpf_iter_lamp_${step}`, { flags: [`KF_ITER_${step.toUpperCase()}`] }),
    );
    expect(of('bpf_iter_lamp_next', ...iterator)[0]).toEqual([
      'Iterator',
      ['bpf_iter_lamp_new', 'bpf_iter_lamp_destroy'],
    ]);
    const other = made('bpf_lamp_new', { flags: [] });
    expect(of('bpf_lamp_new', other, made('bpf_lamp_next')).map(([l]) => l)).not.toContain(
      'Iterator',
    );
  });

  it('is its twin, and its destructor', () => {
    const names = ['bpf_lamp_put', 'bpf_lamp_put_impl', 'bpf_lamp_put___v2', 'bpf_lamp_put_dtor'];
    const groups = of('bpf_lamp_put', ...names.map((name) => made(name)));
    expect(groups.slice(0, 2)).toEqual([
      ['Twins', ['bpf_lamp_put_impl', 'bpf_lamp_put___v2']],
      ['Destructor', ['bpf_lamp_put_dtor']],
    ]);
  });

  it('is the nearest of its set, counted where they are many, and none twice', () => {
    const many = Array.from({ length: 12 }, (_, i) => made(`bpf_lamp_${i}`));
    const atlas = atlasOf(releases, [acquire, release, ...many]);
    const groups = relatedTo(atlas, acquire);
    const ofSet = groups.find((group) => group.label === 'Of the same set')!;
    expect(ofSet.names).toHaveLength(8);
    expect(ofSet.names).not.toContain('bpf_lamp_release');
    expect(plain(ofSet.items[0]!)).toMatch(/, and 4 more of lamp_ids$/);
  });

  it('does not repeat what replaced it', () => {
    const old = { ...made('bpf_lamp_old') };
    old.replacedBy = [{ name: 'bpf_lamp_acquire', release: 'v6.2', evidence: [] }];
    expect(of('bpf_lamp_old', old, acquire).flatMap(([, names]) => names)).toEqual([]);
  });
});

describe('names near to a name', () => {
  it('share its first words, then any, and do without what all have', () => {
    expect(nearest('bpf_lamp_set', ['bpf_other', 'bpf_hall_set', 'bpf_lamp_get'])).toEqual([
      'bpf_lamp_get',
      'bpf_hall_set',
    ]);
  });
});
