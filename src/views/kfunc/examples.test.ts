import { describe, expect, it } from 'vitest';
import type { Example } from '../../data/schema/index.ts';
import { entry, kfunc, span, state } from '../../data/test-dataset.ts';
import { documentHref, viewExamples } from './examples.ts';
import { kfuncPage } from './page.ts';
import { atlasOf } from '../test-atlas.ts';
import { plain } from '../text.ts';

const at = { file: 'Documentation/bpf/lamps.rst', anchor: 'using-lamps', title: 'aa' };
const directive: Example = { ...at, line: 12, kind: 'kernel-doc', hash: null };
const call: Example = { ...at, line: 20, kind: 'code', hash: 'bb' };
const prose = new Map([
  ['aa', 'Lamps\n2.1 Using lamps'],
  ['bb', 'lamp = bpf_lamp_get(1);\nif (!lamp)\n\treturn 0;'],
]);
const record = kfunc({ spans: [span('v6.2', 'v6.1')], states: [state('v6.2', null)] });
const releases = ['v6.1', 'v6.2', 'v6.3'].map((id) => entry(id));

/** The atlas of releases whose documents show the kfunc as `examples` says. */
function atlasWith(
  examples: Record<string, Example[]>,
  words: Map<string, string> | null = prose,
  ids = releases,
): ReturnType<typeof atlasOf> {
  const atlas = atlasOf(ids, [record], words);
  for (const [id, list] of Object.entries(examples)) {
    atlas.file(id).examples = { [record.name]: list };
  }
  return atlas;
}

describe('what a page tells of the kernel’s documents', () => {
  it('is the section that prints the kernel-doc, and the code that calls the kfunc', () => {
    const view = viewExamples(atlasWith({ 'v6.3': [directive, call] }), record)!;
    expect(plain(view.of)).toBe('As of v6.3.');
    expect(view.listed.map(plain)).toEqual([
      'Lamps: 2.1 Using lamps prints its kernel-doc: Documentation/bpf/lamps.rst:12',
    ]);
    expect(view.calls.map(({ caption }) => plain(caption))).toEqual([
      'Lamps: 2.1 Using lamps calls it: Documentation/bpf/lamps.rst:20',
    ]);
    expect(view.calls[0]!.code!.map(({ text }) => text).join('')).toBe(prose.get('bb'));
    expect(view.calls[0]!.code).toContainEqual({ text: 'return', kind: 'keyword' });
    expect(view.lacksProse).toBe(false);
  });

  it('leads to the page of that release, and to the line of the source', () => {
    const { calls } = viewExamples(atlasWith({ 'v6.2': [call] }), record)!;
    expect(calls[0]!.caption.map(({ href }) => href)).toEqual([
      'https://www.kernel.org/doc/html/v6.2/bpf/lamps.html#using-lamps',
      undefined,
      'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/Documentation/bpf/lamps.rst?h=v6.2#n20',
    ]);
  });

  it('is of the newest release that has any, one that is out before a preview', () => {
    const of = (examples: Record<string, Example[]>, ids = releases) =>
      plain(viewExamples(atlasWith(examples, prose, ids), record)!.of);
    expect(of({ 'v6.1': [call], 'v6.2': [call], 'v6.3': [] })).toBe('As of v6.2.');
    const withMore = [...releases, entry('v6.4-rc1'), entry('mine', 'mine')];
    expect(of({ 'v6.1': [call], 'v6.4-rc1': [call], mine: [call] }, withMore)).toBe('As of v6.1.');
    expect(of({ 'v6.4-rc1': [call], mine: [call] }, withMore)).toBe('As of v6.4-rc1.');
    expect(of({ mine: [call] }, withMore)).toBe('As of mine.');
  });

  it('is nothing where no document shows the kfunc', () => {
    expect(viewExamples(atlasWith({}), record)).toBeNull();
    const strange = kfunc({}, { name: 'constructor' });
    expect(viewExamples(atlasOf(releases, [strange]), strange)).toBeNull();
    expect(kfuncPage(atlasWith({}), record).examples).toBeNull();
  });

  it('is links alone, and a word on how to get the rest, without the kernel’s words', () => {
    const atlas = atlasWith({ 'v6.3': [directive, call] }, null);
    const view = viewExamples(atlas, record)!;
    expect(view.listed.map(plain)).toEqual([
      'Documentation/bpf/lamps.rst prints its kernel-doc: Documentation/bpf/lamps.rst:12',
    ]);
    expect(view.calls.map(({ code, caption }) => [code, caption[0]!.href])).toEqual([
      [null, 'https://www.kernel.org/doc/html/v6.3/bpf/lamps.html#using-lamps'],
    ]);
    expect(view.lacksProse).toBe(true);
    expect(kfuncPage(atlas, record).lacksProse).toBe(true);
  });
});

describe('documentHref()', () => {
  it('keeps what a path or an anchor holds from changing the address', () => {
    const file = 'Documentation/bpf/a b?#"<.rst';
    expect(documentHref(entry('v6.3'), file, '"><script>')).toBe(
      'https://www.kernel.org/doc/html/v6.3/bpf/a%20b%3F%23%22%3C.html#%22%3E%3Cscript%3E',
    );
  });

  it.each([
    ['a preview', entry('v6.4-rc1'), 'Documentation/bpf/lamps.rst'],
    ['a stable release', entry('v6.3.1', '6.3.y'), 'Documentation/bpf/lamps.rst'],
    ['a tree that is called like a release', entry('v6.3', 'mine'), 'Documentation/bpf/lamps.rst'],
    ['what is no document', entry('v6.3'), 'javascript:alert(1)'],
  ])('has no page for %s', (_, release, file) => {
    expect(documentHref(release, file, null)).toBeNull();
  });
});
