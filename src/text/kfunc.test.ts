import { expect, it } from 'vitest';
import { kfuncText } from './kfunc.ts';
import { entry, kfunc, span, state } from '../data/test-dataset.ts';
import { proseHash } from '../data/prose.ts';
import { atlasOf } from '../views/test-atlas.ts';

const releases = ['v6.1', 'v6.2', 'v6.3'].map((id) => entry(id));
const words = 'bpf_lamp_get() - light a lamp\n@nr: which one\n';
const hash = proseHash(words);

function textOf(kind: 'kernel-doc' | 'comment', prose: string): string {
  const record = kfunc({
    spans: [span('v6.2', 'v6.1')],
    states: [state('v6.2', null, { doc: { kind, hash } })],
  });
  const atlas = atlasOf(releases, [record], new Map([[hash, prose]]));
  return kfuncText(atlas, record, () => undefined);
}

it('has the sections of the page', () => {
  const headings = textOf('kernel-doc', words).match(/^.+(?=\n[-=]{3,}$)/gm);
  expect(headings).toEqual([
    'bpf_lamp_get: BPF kfunc',
    'Documentation',
    'Stability',
    'Declare and probe',
    'Release by release',
    'Cite',
  ]);
});

it('shows the kernel’s words as they stand, once', () => {
  const text = textOf('kernel-doc', words);
  expect(text).toContain('As of v6.3: kernel-doc.\n\n  bpf_lamp_get() - light a lamp\n');
  expect(text.split('light a lamp')).toHaveLength(2);
});

it('does not show a comment that is about something else', () => {
  expect(textOf('comment', '---- lamps, and what hangs from them ----')).not.toContain(
    'hangs from',
  );
});

it('has a declaration to copy', () => {
  expect(textOf('kernel-doc', words)).toContain(
    '    extern struct lamp *bpf_lamp_get(u32 nr) __weak __ksym;\n',
  );
});
