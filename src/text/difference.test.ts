import { describe, expect, test } from 'vitest';
import { change, datasetOf, entry, kfunc, state } from '../data/test-dataset.ts';
import type { KfuncRecord, ReleaseFile, State } from '../data/schema/index.ts';
import { differenceOf } from '../diff/difference.ts';
import type { Difference } from '../diff/types.ts';
import { differenceMarkdown } from './difference-markdown.ts';
import { differenceText } from './difference.ts';
import { columnsOf } from './wrap.ts';

const releases = [entry('v7.0=v7.0.9'), entry('v7.1')];

function record(name: string, was: Partial<State> | null, now: Partial<State> | null): KfuncRecord {
  const states = [
    ...(was === null ? [] : [state('v7.0', 'v7.0', { flags: [], ...was })]),
    ...(now === null ? [] : [state('v7.1', null, { flags: [], ...now })]),
  ];
  return kfunc({ states }, { name });
}

function between(records: KfuncRecord[], more: Partial<ReleaseFile>[] = []): Difference {
  const dataset = datasetOf(releases, records);
  dataset.releaseFiles.forEach((file, i) => Object.assign(file, more[i]));
  return differenceOf(dataset, 'v7.0', 'v7.1');
}

const flag = (name: string) => ({
  name,
  bit: 0,
  meaning: null,
  file: 'include/linux/btf.h',
  line: 1,
});
const proto = (bpf: string): Partial<State> => ({
  prototype: { kernel: bpf, bpf, returns: 'int', params: [] },
});

describe('a difference as plain text', () => {
  test('tells together those of which the same is to say', () => {
    const names = ['bpf_a', 'bpf_b', 'bpf_c'];
    const text = differenceText(
      between(names.map((name) => record(name, {}, { flags: ['KF_PERFMON'] }))),
    );
    expect(text).toBe(`\
BPF kfuncs from v7.0 to v7.1 (v7.0 read from v7.0.9): 3 changed.

Breaks programs that load on v7.0:

  bpf_a, bpf_b, bpf_c
    each wants CAP_PERFMON of whoever loads the program (+KF_PERFMON)
`);
  });

  test('tells a rename as one thing, and what replaces what is gone', () => {
    const renamed = { was: ['bpf_old'], now: ['bpf_new'] };
    const old = record('bpf_old', {}, null);
    old.lines[0]!.changes.push(change('v7.1', 'renamed', renamed));
    const gone = ['bpf_gone', 'bpf_gone_too'].map((name) => record(name, {}, null));
    for (const { replacedBy } of gone) {
      replacedBy.push({ name: 'bpf_stay', release: 'v7.1', evidence: ['comment'] });
    }
    const text = differenceText(
      between([...gone, record('bpf_new', null, {}), old, record('bpf_stay', {}, {})]),
    );
    expect(text).toContain(
      '\n  bpf_gone, bpf_gone_too\n    each is gone\n    each has bpf_stay in its place\n',
    );
    expect(text).toContain('\n  bpf_old -> bpf_new\n    has another name\n');
    expect(text).not.toContain('New');
  });

  test('tells a tree-wide change once, with those that it makes stricter and take a pointer', () => {
    const pointer = { params: [{ name: 'p', type: 'void *', suffix: null, implicit: false }] };
    const takes = { prototype: { kernel: 'x', bpf: 'x', returns: 'int', ...pointer } };
    const none = { prototype: { kernel: 'x', bpf: 'x', returns: 'int', params: [] } };
    const text = differenceText(
      between(
        [
          record('bpf_had', { ...takes, flags: ['KF_TRUSTED_ARGS'] }, takes),
          record('bpf_none', takes, takes),
          record('bpf_void', none, none),
        ],
        [{ flags: [flag('KF_TRUSTED_ARGS'), flag('KF_RCU')] }, { flags: [flag('KF_RCU')] }],
      ),
    );
    expect(text).toContain('the same kfuncs.\n\nMay break programs that load on v7.0:\n\n');
    expect(text).toContain('\n  KF_TRUSTED_ARGS is gone: ');
    expect(text).toContain('\n    stricter without a word changed, 1: bpf_none\n');
    expect(text).not.toContain('bpf_had');
  });

  test('puts what only the selftests have, and what only words changed in, at the end', () => {
    const doc = (hash: string): Partial<State> => ({ doc: { kind: 'comment', hash } });
    const text = differenceText(
      between([
        record('bpf_test', null, { roles: ['test'] }),
        record('bpf_told', doc('a'), doc('b')),
      ]),
    );
    expect(text).toMatch(
      /Documented in other words:\n\n {2}bpf_told\n\nIn the modules of the kernel's selftests:\n\n {2}added: bpf_test\n$/,
    );
  });

  test('groups what is new by subsystem', () => {
    const [a, b] = [record('bpf_a', null, proto('int bpf_a(void)')), record('bpf_b', null, {})];
    b.subsystem = 'TORCHES';
    expect(differenceText(between([a, b]))).toContain(
      '\nNew:\n\n  LAMPS:\n    int bpf_a(void)\n        from XDP\n\n  TORCHES:\n',
    );
  });

  test('has lines that no mail program or git takes for its own, whatever the kernel says', () => {
    const evil = '--- a\n+++ b\ndiff --git a/x b/x\n@@ -1 +1 @@\nFrom 0123 \u202eevil';
    const difference = between([
      record('bpf_a', proto('int bpf_a(int x)'), proto(`int bpf_a(${evil} ${'y'.repeat(90)})`)),
      record('bpf_b', null, {
        ...proto(`void bpf_b(${evil})`),
        config: { expr: evil, parts: [] },
        programTypes: [`BPF_PROG_TYPE_X\n${evil}`],
      }),
    ]);
    const text = differenceText(difference, {
      diff: null,
      kfunc: (n) => `https://example.org/k/${n}/`,
    });
    expect(text).not.toMatch(/^(---|\+\+\+|diff|@@|From|Index:|>)/m);
    expect(text).not.toMatch(/[\p{Cf}\p{Cc}](?<!\n)/u);
    for (const line of text.split('\n')) {
      expect(line).toBe(line.trimEnd());
      expect(columnsOf(line)).toBeLessThanOrEqual(75);
    }
  });

  test('leaves an address whole, however long it is', () => {
    const address = `https://example.org/${'lamps/'.repeat(20)}`;
    const text = differenceText(between([record('bpf_a', {}, null)]), {
      diff: `${address}diff/`,
      kfunc: () => address,
    });
    expect(text.endsWith(`\n\n${address}diff/\n[1] ${address}\n`)).toBe(true);
  });
});

describe('a difference as Markdown', () => {
  test('makes no mark-up of the words of the kernel', () => {
    const evil = '</details><script>`x` [a](b) *c* | # @d';
    const text = differenceMarkdown(
      between([record('bpf_b', null, { config: { expr: evil, parts: [] } })]),
    );
    expect(text).toContain(
      'needs \\</details\\>\\<script\\>\\`x\\` \\[a\\](b) \\*c\\* \\| \\# \\@d',
    );
  });

  test('ends no code early', () => {
    const text = differenceMarkdown(
      between([record('bpf_b', null, proto('int bpf_b(`` x ``` y)'))]),
    );
    expect(text).toContain('```` int bpf_b(`` x ``` y) ````');
  });

  test('links the kfuncs that break when it is told where', () => {
    const text = differenceMarkdown(between([record('bpf_a', {}, null)]), {
      diff: 'https://example.org/d/',
      kfunc: (name) => `https://example.org/k/${name}/`,
    });
    expect(text).toContain('- [`bpf_a`](https://example.org/k/bpf_a/)\n  - is gone');
    expect(text.endsWith('\n\n<https://example.org/d/>\n')).toBe(true);
  });

  test('says so when nothing differs', () => {
    expect(differenceMarkdown(between([]))).toBe(
      'BPF kfuncs from v7.0 to v7.1 (v7.0 read from v7.0.9): no difference.\n',
    );
  });
});
