import { describe, expect, it } from 'vitest';
import { pack, unpack } from './entry.ts';
import { entries, kfuncEntry, searchIn } from './testing.ts';

const search = searchIn();
const names = (text: string) => search(text).results.map(({ entry }) => entry.name);

describe('a search', () => {
  it('puts the very name first, then what it begins', () => {
    expect(names('bpf_lamp_acquire').slice(0, 2)).toEqual([
      'bpf_lamp_acquire',
      'bpf_lamp_acquire_any',
    ]);
  });

  it('finds the end of a name, and the beginning of one', () => {
    expect(names('lamp_acq')).toEqual(['bpf_lamp_acquire', 'bpf_lamp_acquire_any']);
    expect(names('wick_trim')).toEqual(['bpf_wick_trim']);
  });

  it('finds parts in any order', () => {
    expect(names('acquire lamp').slice(0, 2).sort()).toEqual([
      'bpf_lamp_acquire',
      'bpf_lamp_acquire_any',
    ]);
  });

  it('finds letters within a part', () => {
    expect(names('icktri')).toEqual([]);
    expect(names('ick')).toEqual(['bpf_wick_trim']);
  });

  it('leads from an old name to what took its place, and says so', () => {
    const { results } = search('bpf_oil_pour');
    expect(results.map(({ entry, formerly }) => [entry.name, formerly])).toEqual([
      ['bpf_oil_pour', null],
      ['bpf_oil_fill', 'bpf_oil_pour'],
    ]);
  });

  it('finds flags, program types, releases and guides', () => {
    expect(names('kf_rcu')[0]).toBe('KF_RCU');
    expect(names('rcu')[0]).toBe('KF_RCU');
    expect(names('xdp')[0]).toBe('XDP');
    expect(names('6.8')).toEqual(['v6.8']);
    expect(names('what lamp')[0]).toBe('What a lamp is');
  });

  it('finds types and words of the documentation', () => {
    expect(names('struct lamp').length).toBe(entries.kfuncs.length);
    expect(names('brightness').length).toBe(entries.kfuncs.length);
  });

  it('puts what is there before what is deprecated, gone or a test', () => {
    expect(names('brightness').slice(-3)).toEqual(['bpf_wick_trim', 'bpf_oil_pour', 'lamp_test']);
  });

  it('leaves topics out where there is a filter', () => {
    expect(names('lamp status:there kind:kfunc').includes('What a lamp is')).toBe(false);
  });

  it('gives all that pass where there are filters alone', () => {
    expect(names('flag:KF_ACQUIRE')).toEqual(['bpf_lamp_acquire', 'bpf_lamp_acquire_any']);
  });

  it('gives what is alike where nothing is called so, and says so', () => {
    expect(names('bpf_lamp_aquire')[0]).toBe('bpf_lamp_acquire');
    expect(search('bpf_lamp_aquire').isNear).toBe(true);
    expect(search('bpf_lamp_acquire').isNear).toBe(false);
  });

  it('gives nothing for nothing, and for a filter that is not understood', () => {
    expect(search('  ')).toEqual({ results: [], problems: [], isNear: false });
    expect(search('flag:KF_FOO').results).toEqual([]);
    expect(search('flag:KF_FOO').problems.length).toBe(1);
  });

  it('finds names that mean something to JavaScript', () => {
    const kfuncs = ['constructor', '__proto__', 'toString'].map((name) => kfuncEntry(name));
    const found = searchIn({ kfuncs, topics: [], releases: [] });
    for (const { name } of kfuncs) expect(found(name).results[0]?.entry.name).toBe(name);
  });
});

describe('entries in a file', () => {
  it('are the same when they are read', () => {
    expect(unpack(JSON.parse(JSON.stringify(pack(entries))) as ReturnType<typeof pack>)).toEqual(
      entries,
    );
  });

  it('hold what many share once', () => {
    const text = JSON.stringify(pack(entries));
    expect(text.split('LAMPS [OIL]').length).toBe(2);
  });
});
