import { describe, expect, it } from 'vitest';
import { facetOf, passes, readFilter, facets, valuesOf } from './facets.ts';
import { readQuery } from './query.ts';
import { entries } from './testing.ts';

const values = valuesOf(entries);
const read = (text: string) => {
  const { words, filters, problems } = readQuery(text, values);
  return { words, filters: filters.map((f) => [f.key, ...f.values]), problems };
};
const kept = (text: string) => {
  const { filters } = readQuery(text, values);
  return entries.kfuncs.filter((k) => passes(k, filters)).map((k) => k.name);
};

describe('a query', () => {
  it('is words and filters, in any order', () => {
    expect(read('acquire since:6.8 flag:KF_RCU lamp prog:xdp')).toEqual({
      words: ['acquire', 'lamp'],
      filters: [
        ['since', 'v6.8'],
        ['flag', 'KF_RCU'],
        ['prog', 'XDP'],
      ],
      problems: [],
    });
  });

  it('takes values as people write them', () => {
    const asked = 'since:v6.8 FLAG:rcu program:BPF_PROG_TYPE_XDP suffix:sz is:gone prog:tc';
    expect(read(asked).filters).toEqual([
      ['since', 'v6.8'],
      ['flag', 'KF_RCU'],
      ['prog', 'XDP'],
      ['suffix', '__sz'],
      ['status', 'removed'],
      ['prog', 'SCHED_CLS'],
    ]);
  });

  it('takes the beginning of a value for all that begin so', () => {
    expect(read('flag:kf_re').filters).toEqual([['flag', 'KF_RELEASE', 'KF_RET_NULL']]);
  });

  it('takes any part of a subsystem or a file', () => {
    expect(read('subsystem:oil file:lamp.c').filters).toEqual([
      ['subsystem', 'LAMPS [OIL]'],
      ['file', 'kernel/lamp.c'],
    ]);
  });

  it('takes a value with spaces in quotes, closed or not', () => {
    const filter = [['subsystem', 'LAMPS [OIL]']];
    expect(read('subsystem:"LAMPS [OIL]"').filters).toEqual(filter);
    expect(read('subsystem:"lamps [o').filters).toEqual(filter);
  });

  it('takes a run of releases, open at either end', () => {
    expect(read('since:6.6..6.8').filters).toEqual([['since', 'v6.6', 'v6.8']]);
    expect(read('since:6.8..').filters).toEqual([['since', 'v6.8', 'v6.12']]);
    expect(read('since:..v6.6').filters).toEqual([['since', 'v6.1', 'v6.6']]);
  });

  it.each([
    [
      'since:6.7',
      ['v6.8'],
      'v6.7 was not read: what came after v6.6, by v6.8 is taken for its own.',
    ],
    ['since:v5.9', ['v6.1'], 'v5.9 was not read: what came by v6.1 is taken for its own.'],
    [
      'since:6.2..6.8',
      ['v6.6', 'v6.8'],
      'v6.2 was not read: what came after v6.1, by v6.6 is taken for its own.',
    ],
  ])(
    'takes the release of %s, which was not read, for the next one, and says so',
    (text, ids, said) => {
      expect(read(text)).toEqual({ words: [], filters: [['since', ...ids]], problems: [said] });
    },
  );

  it('says which filter there is not, and leaves it out', () => {
    expect(read('colour:red lamp')).toEqual({
      words: ['lamp'],
      filters: [],
      problems: [
        'There is no filter “colour:”, so it is left out: try since:, flag:, prog:, suffix:, subsystem:, file:, status: or kind:.',
      ],
    });
  });

  it.each([
    [
      'flag:KF_FOO',
      'No flag is called “KF_FOO”, so it is left out: try KF_ACQUIRE, KF_RCU, KF_RELEASE or KF_RET_NULL.',
    ],
    [
      'since:7.9',
      'No release that was read is called “7.9”, so it is left out: try v6.1, v6.6, v6.8 or v6.12.',
    ],
    [
      'since:6.8..7.9',
      'No release that was read is called “6.8..7.9”, so it is left out: try v6.1, v6.6, v6.8 or v6.12.',
    ],
    ['flag:', 'flag: wants a value, such as KF_ACQUIRE, KF_RCU, KF_RELEASE or KF_RET_NULL.'],
  ])('says of %s what is wrong with it', (text, problem) => {
    expect(read(text)).toEqual({ words: [], filters: [], problems: [problem] });
  });

  it('does not take a scope of C++ for a filter', () => {
    expect(read('std::lamp')).toEqual({ words: ['std', 'lamp'], filters: [], problems: [] });
  });

  it('does not take what every object has for a filter', () => {
    expect(facetOf('constructor')).toBeUndefined();
    expect(facetOf('__proto__')).toBeUndefined();
  });

  it('reads whatever is typed', () => {
    for (const text of [
      '"',
      ':',
      '::',
      'flag:"',
      '\u0000',
      '\ud800',
      '('.repeat(999),
      'a:'.repeat(200),
    ]) {
      expect(Array.isArray(read(text).problems)).toBe(true);
    }
  });
});

describe('filters', () => {
  it('all hold', () => {
    expect(kept('flag:KF_ACQUIRE since:6.8')).toEqual(['bpf_lamp_acquire_any']);
  });

  it('ask for both of two flags', () => {
    expect(kept('flag:KF_ACQUIRE flag:KF_RET_NULL')).toEqual(['bpf_lamp_acquire']);
  });

  it('ask for either of two releases', () => {
    expect(kept('since:6.6 since:6.8')).toEqual([
      'bpf_lamp_acquire_any',
      'bpf_oil_fill',
      'bpf_wick_trim',
    ]);
  });

  it('keep for a program type what every type may call', () => {
    expect(kept('prog:sched_cls')).toEqual(['bpf_lamp_release', 'lamp_test']);
    expect(kept('prog:all')).toEqual(['lamp_test']);
  });

  it('of a facet without values name none', () => {
    const empty = valuesOf({ kfuncs: [], topics: [], releases: [] });
    expect(readFilter(facets.flag, 'x', empty)).toEqual({
      problem: 'No flag is called “x”, so it is left out: try none here.',
    });
  });
});
