import { describe, expect, it } from 'vitest';
import { change, entry, kfunc, state } from '../../data/test-dataset.ts';
import type { Atlas } from '../atlas.ts';
import { diffPage } from './diff.ts';
import { atlasOf } from '../test-atlas.ts';
import { plain } from '../text.ts';

const releases = [entry('v6.2'), entry('v6.12=v6.12.107'), entry('v7.2')];

function pageOf(atlas: Atlas) {
  return diffPage(atlas, { from: atlas.release('v6.2'), to: atlas.release('v7.2') });
}

const prototype = (name: string, params: string) => ({
  prototype: {
    kernel: `int ${name}(${params})`,
    bpf: `int ${name}(${params})`,
    returns: 'int',
    params: params.split(', ').map((param) => ({
      name: param.split(' ').at(-1)!,
      type: param.split(' ').slice(0, -1).join(' '),
      suffix: null,
      implicit: false,
    })),
  },
});

const dim = kfunc(
  {
    states: [
      state('v6.2', 'v6.12', prototype('bpf_dim', 'u32 nr')),
      state('v7.2', null, {
        ...prototype('bpf_dim', 'u32 nr, u64 flags'),
        doc: { kind: 'comment', hash: 'x' },
      }),
    ],
  },
  { name: 'bpf_dim' },
);
const off = kfunc({ states: [state('v6.2', 'v6.2')] }, { name: 'bpf_off' });
const renaming = change('v7.2', 'renamed', { was: ['bpf_old'], now: ['bpf_new'] });
const older = kfunc({ states: [state('v6.2', 'v6.12')], changes: [renaming] }, { name: 'bpf_old' });
const newer = kfunc({ states: [state('v7.2', null)], changes: [renaming] }, { name: 'bpf_new' });
const fresh = kfunc(
  { states: [state('v7.2', null, { roles: ['kfunc', 'test'] })] },
  { name: 'bpf_fresh_test' },
);

describe('the page of two releases', () => {
  const page = pageOf(atlasOf(releases, [dim, fresh, newer, off, older]));

  it('tells first what breaks, each with what it means, linked to the release that has it', () => {
    const [breaks, ...others] = page.grave;
    expect(others).toEqual([]);
    expect(
      breaks?.rows.map(({ names, text }) => [plain(names), names[0]!.href, plain(text)]),
    ).toEqual([
      ['bpf_off', '/k/bpf_off/#v6.2', 'is gone'],
      ['bpf_old', '/k/bpf_old/#v6.2', 'is now bpf_new'],
      ['bpf_dim', '/k/bpf_dim/#v7.2', 'takes one more argument, flags'],
    ]);
  });

  it('names its sections with their sizes, those alone that have something to tell', () => {
    expect(page.contents.map(({ title }) => title)).toEqual([
      'Breaks programs (3)',
      'Added (1)',
      'Removed (1)',
      'Renamed (1)',
      'Prototype (1)',
      'Documentation (1)',
    ]);
  });

  it('says how much differs, and which tag stands for a release', () => {
    expect(plain(page.lead)).toBe(
      'What a BPF program meets that moves from v6.2 to v7.2: of the kfuncs it may call, 1 added, ' +
        '1 removed, 1 renamed, 1 changed. 3 of these break programs that call them.',
    );
    const atlas = atlasOf(releases, [dim]);
    const between = diffPage(atlas, { from: atlas.release('v6.2'), to: atlas.release('v6.12') });
    expect([page.readFrom, between.readFrom]).toEqual(['', 'v6.12 read from v6.12.107.']);
  });

  it('leads to the words of a changed documentation on the page of the kfunc', () => {
    const [doc] = page.after;
    expect(doc?.rows.map(({ names, text }) => [names[0]!.href, plain(text)])).toEqual([
      ['/k/bpf_dim/#history', 'written'],
    ]);
  });

  it('keeps the selftests’ own apart from what is of use', () => {
    expect(page.added.groups.map(({ subsystem }) => subsystem)).toEqual([
      'For the kernel’s selftests',
    ]);
  });

  it('has nothing to tell where nothing differs', () => {
    const same = pageOf(atlasOf(releases, [kfunc({ states: [state('v6.2', null)] })]));
    expect(same.contents).toEqual([]);
  });

  it('tells a change of the whole tree that may break programs before those of kfuncs', () => {
    const quiet = kfunc(
      {
        states: [
          state('v6.2', null, { flags: [], ...prototype('bpf_quiet', 'struct lamp * lamp') }),
        ],
      },
      { name: 'bpf_quiet' },
    );
    const atlas = atlasOf(releases, [quiet]);
    atlas.file('v6.2').flags = [
      { name: 'KF_TRUSTED_ARGS', bit: 4, meaning: null, file: 'include/linux/btf.h', line: 9 },
    ];
    for (const id of ['v6.12', 'v7.2']) atlas.file(id).flags = [];
    const { grave, events } = pageOf(atlas);
    expect(events).toEqual([]);
    expect(
      grave.map(({ id, events: told }) => [id, told.map(({ subject }) => subject.text)]),
    ).toEqual([['may-break', ['KF_TRUSTED_ARGS']]]);
    expect(grave[0]!.events[0]!.touched.map(({ title, names }) => [title, plain(names)])).toEqual([
      ['Stricter, with no difference in their text (1)', 'bpf_quiet'],
    ]);
  });
});
