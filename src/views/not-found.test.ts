import { describe, expect, it } from 'vitest';
import { entry, kfunc } from '../data/test-dataset.ts';
import { notFoundPage } from './not-found.ts';
import { atlasOf } from './test-atlas.ts';
import type { KfuncRecord } from '../data/schema/index.ts';

function page(records: KfuncRecord[]) {
  const { groups } = notFoundPage(atlasOf([entry('v6.1')], records));
  return groups.map(({ title, names }) => [title.text, names.map((n) => n.name.text)]);
}
const named = (...names: string[]) => names.map((name) => kfunc({}, { name }));
const gone = (name: string, ...by: string[]) =>
  kfunc(
    {},
    {
      name,
      status: 'removed',
      replacedBy: by.map((b) => ({ name: b, release: 'v6.1', evidence: ['comment'] })),
    },
  );

describe('the page for what is not there', () => {
  it('groups names by their first two words, then by the first, then together', () => {
    const lamps = ['bpf_lamp_dim', 'bpf_lamp_get', 'bpf_lamp_put'];
    const all = ['tcp_x', ...lamps, 'bpf_throw', 'bpf_wax', 'candle', 'bpf_sun_rise'];
    expect(page(named(...all)).slice(0, 3)).toEqual([
      ['bpf_…', ['bpf_sun_rise', 'bpf_throw', 'bpf_wax']],
      ['bpf_lamp_…', lamps],
      ['Other names', ['candle', 'tcp_x']],
    ]);
  });

  it('has the releases, and leaves out groups with nothing in them', () => {
    expect(page([])).toEqual([
      ['Program types', ['all']],
      ['Releases', ['v6.1']],
    ]);
  });

  it('leads from a renamed kfunc to the one that is there now, by way of others', () => {
    const records = [
      gone('bpf_a', 'bpf_b'),
      gone('bpf_b', 'bpf_c'),
      ...named('bpf_c'),
      gone('bpf_d'),
    ];
    const { groups } = notFoundPage(atlasOf([entry('v6.1')], records));
    expect(groups[0]!.names.map((n) => [n.name.text, n.now?.href])).toEqual([
      ['bpf_a', '/k/bpf_c/'],
      ['bpf_b', '/k/bpf_c/'],
      ['bpf_c', undefined],
      ['bpf_d', undefined],
    ]);
  });

  it('does not go round in circles', () => {
    const records = [gone('bpf_a', 'bpf_b'), gone('bpf_b', 'bpf_a'), gone('bpf_z', 'bpf_z')];
    const { groups } = notFoundPage(atlasOf([entry('v6.1')], records));
    expect(groups[0]!.names.map((n) => n.now?.text)).toEqual(['bpf_b', 'bpf_a', undefined]);
  });
});
