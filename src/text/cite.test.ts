import { describe, expect, it } from 'vitest';
import { change, datasetOf, entry, kfunc, span, state } from '../data/test-dataset.ts';
import type { Change } from '../data/schema/index.ts';
import { type Atlas, makeAtlas } from '../views/atlas.ts';
import { parseSourceBrowser } from '../views/source-browser.ts';
import { citeKfunc } from './cite.ts';

const releases = ['v6.2', 'v6.3', 'v6.4'].map((id) => entry(id));

function atlasAt(site: string | undefined, base: string, ...changes: Change[]): Atlas {
  const lamp = kfunc({
    spans: [span('v6.3', 'v6.2')],
    states: [state('v6.3', 'v6.3', { flags: [] }), state('v6.4', null)],
    changes: [change('v6.3', 'added', { after: 'v6.2' }), ...changes],
  });
  const dataset = datasetOf(releases, [lamp]);
  return makeAtlas(dataset, { base, browser: parseSourceBrowser('cgit'), site });
}

const gained = change('v6.4', 'flags', { after: 'v6.3', was: [], now: ['KF_ACQUIRE'] });
const commit = {
  hash: '0123456789abcdef0123456789abcdef01234567',
  subject: 'bpf: Let whoever asks for a lamp hold it for as long as the night goes on',
  date: '2023-04-01',
  author: 'A. Lamplighter',
  links: ['https://lore.example/bpf/lamp@example/', 'javascript:alert(1)'],
};
const textOf = (atlas: Atlas) => citeKfunc(atlas, atlas.dataset.kfuncs[0]!).text;

describe('the citation of a kfunc', () => {
  it('tells its life, its prototype, its flags and what changed last, with the address below', () => {
    expect(textOf(atlasAt('https://kfuncs.example', '/', gained))).toBe(`\
bpf_lamp_get() [1], a BPF kfunc. Since v6.3. Still there in v6.4.

    struct lamp *bpf_lamp_get(u32 nr)

Flags as of v6.4: KF_ACQUIRE

Last changed in v6.4. Flags: gained KF_ACQUIRE

[1] https://kfuncs.example/k/bpf_lamp_get/
`);
  });

  it('names a known commit as the kernel does, on lines that nothing wraps', () => {
    const atlas = atlasAt('https://kfuncs.example', '/', { ...gained, commit });
    const known = `0123456789ab ("${commit.subject}")`;
    expect(textOf(atlas).split('\n').slice(-8)).toEqual([
      `commit ${known}`,
      '[2]',
      '',
      `Fixes: ${known}`,
      '',
      '[1] https://kfuncs.example/k/bpf_lamp_get/',
      '[2] https://lore.example/bpf/lamp@example/',
      '',
    ]);
  });

  it('names a commit once that made several changes', () => {
    const other = change('v6.4', 'programTypes', { now: ['BPF_PROG_TYPE_XDP'], commit });
    const text = textOf(atlasAt(undefined, '/', { ...gained, commit }, other));
    expect(text.match(/^Fixes: /gm)).toHaveLength(1);
    expect(text).toContain('Flags: gained KF_ACQUIRE; Program types: gained XDP');
  });

  it('shows the prototype of before when that is what changed', () => {
    const [was, now] = ['void bpf_lamp_get(void)', 'struct lamp *bpf_lamp_get(u32 nr)'];
    const text = textOf(
      atlasAt(undefined, '/', change('v6.4', 'prototype', { was: [was], now: [now] })),
    );
    expect(text).toContain(`Last changed in v6.4. Prototype\nbefore:\n    ${was}\n`);
  });

  it('gives the path alone, and says whose, where the site does not know its address', () => {
    const { dataset, ...atlas } = atlasAt(undefined, '/sub/');
    const { address, isWhole, text } = citeKfunc({ dataset, ...atlas }, dataset.kfuncs[0]!);
    expect([address, isWhole]).toEqual(['/sub/k/bpf_lamp_get/', false]);
    expect(text).toMatch(/\n\[1\] kfunc-atlas, \/sub\/k\/bpf_lamp_get\/\n$/);
  });

  it('puts the site and the path under it together', () => {
    const atlas = atlasAt('https://kfuncs.example', '/sub/');
    expect(citeKfunc(atlas, atlas.dataset.kfuncs[0]!).address).toBe(
      'https://kfuncs.example/sub/k/bpf_lamp_get/',
    );
  });
});
