import { describe, expect, it } from 'vitest';
import { change, entry, kfunc, state } from '../../data/test-dataset.ts';
import type { KfuncRecord, State } from '../../data/schema/index.ts';
import { makeAtlas } from '../atlas.ts';
import { viewDoc } from './doc.ts';
import { kfuncPage } from './page.ts';
import { parseSourceBrowser } from '../source-browser.ts';
import { atlasOf } from '../test-atlas.ts';
import { plain } from '../text.ts';

const releases = [entry('v6.2'), entry('v6.3'), entry('v6.4=v6.4.16')];
const flag = { name: 'KF_ACQUIRE', bit: 0, meaning: null, file: 'include/linux/btf.h', line: 3 };
const gone = kfunc({ states: [state('v6.2', 'v6.2')] }, { name: 'bpf_lamp_lit' });

const doc = (kind: State['doc']['kind'], hash: string | null = 'h') => ({ kind, hash });

/** What bpf_lamp_get has above it in v6.4, `text` being the words. */
function shown(kind: State['doc']['kind'], text: string) {
  const record = kfunc({ states: [state('v6.2', null, { doc: doc(kind) })] });
  const atlas = atlasOf(releases, [record, gone], new Map([['h', text]]), { flags: [flag] });
  return viewDoc(atlas, 'bpf_lamp_get', 'v6.4', doc(kind), 'param-');
}

describe('the words above a kfunc', () => {
  it('are rendered, and named for what they are', () => {
    const view = shown('kernel-doc', 'bpf_lamp_get() - take a lamp');
    expect([plain(view.says), view.html]).toEqual([
      'kernel-doc',
      '<p class="purpose">take a lamp</p>',
    ]);
  });

  it('are said to be from a comment where they are', () => {
    const view = shown('comment', 'Takes a lamp.');
    expect([plain(view.says), view.html]).toEqual([
      'from a comment, not kernel-doc',
      '<p>Takes a lamp.</p>',
    ]);
  });

  it('are not shown where the comment is about something else', () => {
    const view = shown('comment', 'The next two functions are for tests.');
    expect([plain(view.says), view.html, view.isLacking]).toEqual([
      'none; the comment above it is about something else',
      null,
      false,
    ]);
  });

  it('are told from kernel-doc where they have its mark alone', () => {
    const view = shown('kernel-doc', 'Takes a lamp from the shelf, and so on.');
    expect(plain(view.says)).toBe('from a comment marked as kernel-doc, which it is not');
    expect(view.html).toBe('<p>Takes a lamp from the shelf, and so on.</p>');
  });

  it('say so where they were written for another function', () => {
    const view = shown('kernel-doc', 'bpf_lamp_lit() - look at a lamp');
    expect(plain(view.says)).toBe('kernel-doc, written for bpf_lamp_lit');
    expect(view.says.at(-1)!.href).toBe('/k/bpf_lamp_lit/');
    const other = shown('kernel-doc', 'lamp_\u202elit() - look at a lamp');
    expect(plain(other.says)).not.toContain('\u202e');
  });

  it('are none where nothing stands there', () => {
    const atlas = atlasOf(releases, [gone]);
    const view = viewDoc(atlas, 'f', 'v6.4', doc('none', null), 'param-');
    expect([plain(view.says), view.html, view.isLacking]).toEqual(['none', null, false]);
  });

  it('are known to lack where the dataset holds facts alone', () => {
    const atlas = atlasOf(releases, [gone]);
    const view = viewDoc(atlas, 'f', 'v6.4', doc('kernel-doc'), 'param-');
    expect([plain(view.says), view.html, view.isLacking]).toEqual(['kernel-doc, h', null, true]);
  });
});

describe('a name in the words', () => {
  const html = (words: string) => shown('kernel-doc', `bpf_lamp_get() - x\n\n${words}`).html;

  it('leads to a kfunc, one that is gone too', () => {
    expect(html('See bpf_lamp_lit().')).toContain('href="/k/bpf_lamp_lit/"');
  });

  it('leads to the index of names at the tag that was read', () => {
    expect(html('See lamp_alloc() and &struct lamp.')).toMatch(
      /"https:\/\/elixir\.bootlin\.com\/linux\/v6\.4\.16\/A\/ident\/lamp_alloc".*\/v6\.4\.16\/A\/ident\/lamp"/,
    );
  });

  it('leads to a flag that has a page, and no other', () => {
    expect(html('It is %KF_ACQUIRE and KF_SHINE.')).toContain(
      '<a href="/flags/KF_ACQUIRE/"><code>KF_ACQUIRE</code></a> and KF_SHINE',
    );
  });

  it('leads nowhere in a tree of the user’s own, where only the kernel’s tags are', () => {
    const own = [entry('my-tree=origin/topic', 'my-tree')];
    const prose = new Map([['h', 'bpf_lamp_get() - see lamp_alloc()']]);
    const atlas = atlasOf(own, [gone], prose);
    const view = viewDoc(atlas, 'bpf_lamp_get', 'my-tree', doc('kernel-doc'), 'param-');
    expect(view.html).toContain('<code>lamp_alloc()</code>');
    expect(view.html).not.toContain('href');
  });

  it('leads where --identifiers says', () => {
    const { dataset } = atlasOf(releases, [gone], new Map([['h', 'f() - see lamp_alloc()']]));
    const browser = parseSourceBrowser('cgit', 'https://x.example/{tag}/{name}');
    const atlas = makeAtlas(dataset, { base: '/', browser, site: undefined });
    expect(viewDoc(atlas, 'f', 'v6.3', doc('kernel-doc'), 'param-').html).toContain(
      'href="https://x.example/v6.3/lamp_alloc"',
    );
  });
});

describe('the page of a kfunc', () => {
  const words = new Map([
    ['old', 'bpf_lamp_get() - take a lamp\n@nr: its number'],
    ['new', 'bpf_lamp_get() - take a lit lamp\n@nr: its number, see @nr'],
    ['off', 'The next two functions are for tests.'],
  ]);
  const record = (was: State['doc'], now: State['doc'], hashes: [string[], string[]]) =>
    kfunc({
      states: [state('v6.2', 'v6.3', { doc: was }), state('v6.4', null, { doc: now })],
      changes: [
        change('v6.2', 'added'),
        change('v6.4', 'doc', { after: 'v6.3', was: hashes[0], now: hashes[1] }),
      ],
    });
  const page = (r: KfuncRecord, prose: Map<string, string> | null = words) =>
    kfuncPage(atlasOf(releases, [r], prose), r);
  const reworded = record(doc('kernel-doc', 'old'), doc('kernel-doc', 'new'), [['old'], ['new']]);

  it('has the newest words at its head, and older ones at their state, with ids of their own', () => {
    const { doc: newest, lines } = page(reworded);
    expect(newest!.html).toContain('<dt id="param-nr">');
    expect(newest!.html).toContain('href="#param-nr"');
    const [now, was] = lines[0]!.states;
    expect([now!.doc.html, plain(now!.doc.says)]).toEqual([
      null,
      'kernel-doc, the same words as in v6.4',
    ]);
    expect(was!.doc.html).toContain('<dt id="state-v6.3-param-nr">');
  });

  it('tells word by word what changed, beside the release in which it did', () => {
    const { history } = page(reworded);
    expect(history.map((row) => row.words !== null)).toEqual([true, false]);
    expect(history[0]!.words).toContain('take a <ins>lit</ins> lamp');
    expect(history[0]!.changes[0]!.kind).toBe('doc');
  });

  it('does not tell differences from a comment that is about something else', () => {
    const other = record(doc('comment', 'off'), doc('kernel-doc', 'new'), [['off'], ['new']]);
    expect(page(other).history[0]!.words).toBeNull();
  });

  it('does not tell differences where words came or went as a whole', () => {
    const written = record(doc('none', null), doc('kernel-doc', 'new'), [[], ['new']]);
    expect(page(written).history[0]!.words).toBeNull();
  });

  it('has no documentation in a dataset of facts alone, and says so', () => {
    const bare = page(reworded, null);
    expect([bare.doc, bare.lacksProse, bare.history[0]!.words]).toEqual([null, true, null]);
  });
});
