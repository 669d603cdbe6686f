import { describe, expect, it } from 'vitest';
import type { KfuncRecord, Param, State } from '../../data/schema/index.ts';
import { change, entry, kfunc, span, state } from '../../data/test-dataset.ts';
import { skeletonOf } from './skeleton.ts';
import { atlasOf } from '../test-atlas.ts';
import { plain } from '../text.ts';

const releases = ['v6.1', 'v6.2', 'v6.3', 'v6.4'].map((id) => entry(id));

/** `int bpf_f(u32 nr, void *p__nullable)` as the dataset has it; `implicit` are cut from what BPF sees. */
function proto(bpf: string, implicit: string[] = []): Pick<State, 'prototype'> {
  const [, returns = '', inner = ''] = /^(.*?)\w+\((.*)\)$/.exec(bpf)!;
  const param = (text: string, isImplicit: boolean): Param => {
    const callback = /^(.*\(\*)(\w+)(\).*)$/.exec(text);
    const [, type = '', name = ''] = /^(.*?)(\w+)$/.exec(text) ?? [];
    const own = callback?.[2] ?? name;
    const suffix = /__(?:nullable|szk?|ign|k|iter|arena)$/.exec(own)?.[0] ?? null;
    const written = callback === null ? type.trim() : `${callback[1]!}${callback[3]!}`;
    return { name: own, type: written, suffix, implicit: isImplicit };
  };
  const texts = inner === 'void' ? [] : inner.split(/, (?![^(]*\))/);
  const params = [...texts.map((t) => param(t, false)), ...implicit.map((t) => param(t, true))];
  return { prototype: { kernel: bpf, bpf, returns: returns.trim(), params } };
}

function twice(was: string, now: string): KfuncRecord {
  return kfunc(
    {
      spans: [span('v6.1', null)],
      states: [state('v6.1', 'v6.2', proto(was)), state('v6.3', null, proto(now))],
      changes: [change('v6.3', 'prototype', { after: 'v6.2', was: [was], now: [now] })],
    },
    { name: 'bpf_f' },
  );
}

const skeleton = (record: KfuncRecord, ...others: KfuncRecord[]) =>
  skeletonOf(atlasOf(releases, [record, ...others]), record);

/** The body of the function, line by line. */
function bodyOf(code: string): string[] {
  const body = code.slice(code.lastIndexOf('\n{\n') + 3, code.lastIndexOf('\n}'));
  return body.split('\n').map((line) => line.trim());
}

function changed(was: string, now: string): { code: string; body: string[]; notes: string[] } {
  const { code, notes } = skeleton(twice(was, now))!;
  return { code, body: bodyOf(code), notes: notes.map(plain) };
}

describe('a skeleton', () => {
  it('is a probe where one declaration serves all kernels', () => {
    const record = kfunc(
      { spans: [span('v6.1', null)], states: [state('v6.1', null, proto('int bpf_f(u32 nr)'))] },
      { name: 'bpf_f' },
    );
    const { code, isFallback, kfuncs } = skeleton(record)!;
    expect([isFallback, kfuncs]).toEqual([false, ['bpf_f']]);
    expect(code).toBe(
      [
        '#include "vmlinux.h"',
        '#include <bpf/bpf_helpers.h>',
        '',
        '/* bpf_f, since v6.1 (or earlier) */',
        'extern int bpf_f(u32 nr) __weak __ksym;',
        '',
        'static __always_inline int compat_bpf_f(u32 nr)',
        '{',
        '\tif (bpf_ksym_exists(bpf_f))',
        '\t\treturn bpf_f(nr);',
        '\treturn -95; /* -EOPNOTSUPP: this kernel does not have it */',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('passes a new parameter to those kernels alone that take it', () => {
    const { code, body } = changed('int bpf_f(u32 nr)', 'int bpf_f(u32 nr, u64 flags)');
    expect(code).toContain('/* bpf_f, since v6.3 */\nextern int bpf_f___v6_3(u32 nr, u64 flags)');
    expect(code).toContain(
      '/* bpf_f, v6.1 (or earlier) to v6.2 */\nextern int bpf_f___v6_1(u32 nr)',
    );
    expect(body).toEqual([
      'if (bpf_ksym_exists(bpf_f___v6_3))',
      'return bpf_f___v6_3(nr, flags);',
      'if (bpf_ksym_exists(bpf_f___v6_1))',
      'return bpf_f___v6_1(nr);',
      'return -95; /* -EOPNOTSUPP: this kernel has none of them */',
    ]);
  });

  it('takes what only older kernels want as well', () => {
    const { code, body } = changed('void bpf_f(u32 nr, int cpu)', 'void bpf_f(u32 nr)');
    expect(code).toContain('void compat_bpf_f(u32 nr, int cpu)');
    expect(body).toEqual([
      'if (bpf_ksym_exists(bpf_f___v6_3))',
      'bpf_f___v6_3(nr);',
      'else if (bpf_ksym_exists(bpf_f___v6_1))',
      'bpf_f___v6_1(nr, cpu);',
    ]);
  });

  it('does not pass a number where a pointer is wanted', () => {
    const { code, body } = changed('int bpf_f(void *at)', 'int bpf_f(u64 at)');
    expect(code).toContain('compat_bpf_f(u64 at, void *at_v6_1)');
    expect(body).toContain('return bpf_f___v6_1(at_v6_1);');
  });

  it('does not pass one struct for another', () => {
    const other = kfunc(
      {
        spans: [span('v6.1', null, 'v6.2', 'v6.3')],
        states: [state('v6.1', 'v6.2', proto('void bpf_old(struct hall *at)'))],
      },
      { name: 'bpf_old', replacedBy: [{ name: 'bpf_f', release: 'v6.3', evidence: ['comment'] }] },
    );
    const record = kfunc(
      {
        spans: [span('v6.3', 'v6.2')],
        states: [state('v6.3', null, proto('void bpf_f(struct lamp *l)'))],
      },
      { name: 'bpf_f', replaces: [{ name: 'bpf_old', release: 'v6.3', evidence: ['comment'] }] },
    );
    const { code } = skeleton(record, other)!;
    expect(code).toMatch(/compat_bpf_f\(struct lamp \*l,\s+struct hall___v6_1 \*at\)/);
    expect(bodyOf(code)).toContain('bpf_old(at);');
  });

  it('defines a struct that no prototype of the newest release has, since libbpf compares kinds', () => {
    const { code } = changed('int bpf_f(struct hall *at)', 'int bpf_f(struct lamp *l, u32 nr)');
    expect(code).toContain('struct hall___v6_1 {};');
    expect(code).toContain('extern int bpf_f___v6_1(struct hall___v6_1 *at) __weak __ksym;');
  });

  it('is one declaration where libbpf takes both for the same, with what the verifier may say', () => {
    const { code, notes } = changed('int bpf_f(u32 nr)', 'int bpf_f(u64 nr)');
    expect(code.match(/^extern/gm)).toHaveLength(1);
    expect(notes.join(' ')).toContain('in v6.3 it takes u64 as nr, not u32.');
  });

  it('passes a renamed parameter on by its place', () => {
    const older = kfunc(
      {
        spans: [span('v6.1', null, 'v6.2', 'v6.3')],
        states: [state('v6.1', 'v6.2', proto('int bpf_old(u64 id)'))],
      },
      { name: 'bpf_old', replacedBy: [{ name: 'bpf_f', release: 'v6.3', evidence: ['wrapper'] }] },
    );
    const newer = kfunc(
      {
        spans: [span('v6.3', 'v6.2')],
        states: [state('v6.3', null, proto('int bpf_f(u64 nr)'))],
      },
      { name: 'bpf_f', replaces: [{ name: 'bpf_old', release: 'v6.3', evidence: ['wrapper'] }] },
    );
    const both = [skeleton(older, newer)!, skeleton(newer, older)!];
    expect(both[0]!.code).toBe(both[1]!.code);
    expect(bodyOf(both[0]!.code)).toContain('return bpf_old(nr);');
    expect(both[0]!.kfuncs).toEqual(['bpf_f', 'bpf_old']);
  });

  it('passes nothing for what the verifier ignores or supplies', () => {
    const older = kfunc(
      {
        spans: [span('v6.1', null, 'v6.2', 'v6.3')],
        states: [state('v6.1', 'v6.2', proto('int bpf_f_impl(u32 nr, void *meta__ign, u64 off)'))],
      },
      {
        name: 'bpf_f_impl',
        replacedBy: [{ name: 'bpf_f', release: 'v6.3', evidence: ['name-pair'] }],
      },
    );
    const newer = kfunc(
      {
        spans: [span('v6.3', 'v6.2')],
        states: [state('v6.3', null, proto('int bpf_f(u32 nr)', ['void *meta', 'u64 off']))],
      },
      { name: 'bpf_f' },
    );
    expect(bodyOf(skeleton(older, newer)!.code)).toContain('return bpf_f_impl(nr, NULL, 0);');
  });

  it('says that an older one returns nothing', () => {
    const { body } = changed('void bpf_f(u32 nr)', 'bool bpf_f(u32 nr)');
    expect(body.slice(2)).toEqual([
      'if (bpf_ksym_exists(bpf_f___v6_1)) {',
      'bpf_f___v6_1(nr);',
      'return true; /* it does not say */',
      '}',
      'return false; /* this kernel has none of them */',
    ]);
  });

  it('returns NULL where a kernel has no way to a pointer', () => {
    const { body } = changed('struct lamp *bpf_f(void)', 'struct lamp *bpf_f(void *ctx)');
    expect(body).toEqual([
      'if (bpf_ksym_exists(bpf_f___v6_3))',
      'return bpf_f___v6_3(ctx);',
      'if (bpf_ksym_exists(bpf_f___v6_1))',
      'return bpf_f___v6_1();',
      'return NULL; /* this kernel has none of them */',
    ]);
  });

  it('casts where only const or void is between two pointers', () => {
    const { body } = changed(
      'int bpf_f(struct lamp *l)',
      'int bpf_f(const struct lamp *l, u32 nr)',
    );
    expect(body).toContain('return bpf_f___v6_1((struct lamp *)l);');
  });

  it('takes a callback whole, and parameters without a name', () => {
    const { code } = changed(
      'int bpf_f(int (*visit)(void *a, int b))',
      'int bpf_f(int (*visit)(void *a, int b), u32 nr)',
    );
    expect(code).toMatch(/compat_bpf_f\(int \(\*visit\)\(void \*a, int b\),\s+u32 nr\)/);
    const unnamed = twice('int bpf_f(u32 nr)', 'int bpf_f(u32 nr)');
    for (const one of unnamed.lines[0]!.states) {
      one.prototype!.bpf = 'int bpf_f(u32)';
      one.prototype!.params = [{ name: '', type: 'u32', suffix: null, implicit: false }];
    }
    expect(skeleton(unnamed)!.code).toContain('compat_bpf_f(u32 arg1)');
  });

  it('serves iterators, whose struct stays the program’s own', () => {
    const record = kfunc(
      {
        spans: [span('v6.1', null)],
        states: [
          state('v6.1', null, proto('int bpf_iter_lamp_new(struct bpf_iter_lamp *it, int n)')),
        ],
      },
      { name: 'bpf_iter_lamp_new' },
    );
    expect(bodyOf(skeleton(record)!.code)).toContain('return bpf_iter_lamp_new(it, n);');
  });

  it('gives a name with three underscores another flavor, or libbpf would cut it', () => {
    const record = kfunc(
      {
        spans: [span('v6.1', null)],
        states: [state('v6.1', null, proto('int bpf_f___v2(u32 nr)'))],
      },
      { name: 'bpf_f___v2' },
    );
    const { code, notes } = skeleton(record)!;
    expect(code).toContain('extern int bpf_f___v2___compat(u32 nr)');
    expect(plain(notes[0]!)).toContain('bpf_f___v2___compat is what finds bpf_f___v2');
  });

  it.each([
    ['a struct that is passed whole', 'int bpf_f(struct lamp l)'],
    ['a struct that is returned whole', 'struct lamp bpf_f(u32 nr)'],
    ['more arguments than registers', 'int bpf_f(u32 a, u32 b, u32 c, u32 d, u32 e, u32 f)'],
  ])('is not made for %s', (_, text) => {
    const record = kfunc(
      { spans: [span('v6.1', null)], states: [state('v6.1', null, proto(text))] },
      { name: 'bpf_f' },
    );
    expect(skeleton(record)).toBeNull();
  });

  it('is not made for what no program calls, nor without a prototype', () => {
    const of = (more: Partial<State>) =>
      skeleton(kfunc({ spans: [span('v6.1', null)], states: [state('v6.1', null, more)] }));
    expect(of({ roles: ['attach-point'] })).toBeNull();
    expect(of({ programTypes: [] })).toBeNull();
    expect(of({ prototype: null })).toBeNull();
  });

  it('ends, whatever replaces whatever', () => {
    const each = (name: string, other: string) => {
      const link = [{ name: other, release: 'v6.1', evidence: [] }];
      return kfunc(
        { spans: [span('v6.1', null)], states: [state('v6.1', null, proto(`int ${name}(void)`))] },
        { name, replaces: link, replacedBy: link },
      );
    };
    const [a, b] = [each('bpf_a', 'bpf_b'), each('bpf_b', 'bpf_a')];
    expect(skeleton(a, b)!.kfuncs).toEqual(['bpf_b', 'bpf_a']);
  });

  it('keeps to the columns of a mail, a quote’s indent left out', () => {
    const long =
      'int bpf_f(struct lamp *lamp, struct hall *from, u64 from_the_number, u64 to_the_number)';
    const { code } = skeleton(twice(long, long.replace(')', ', u32 flags)')))!;
    const widths = code.split('\n').map((line) => line.replaceAll('\t', ' '.repeat(8)).length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(71);
  });
});
