import { describe, expect, test } from 'vitest';
import type { KfuncRecord, State } from '../../src/data/schema/index.ts';
import { datasetOf, entry, kfunc, state } from '../../src/data/test-dataset.ts';
import { readVmlinuxHeader } from '../../src/btf/vmlinux-header.ts';
import { compareHeaders, type HeaderComparison } from './header-differences.ts';

const config = (expr: string) => ({
  expr,
  parts: [{ origin: 'makefile' as const, expr, file: 'M' }],
});

function declared(name: string, params: string, more: Partial<State> = {}): Partial<State> {
  const text = `int ${name}(${params})`;
  const [, type = '', word = ''] = /^(.*?)(\w+)$/.exec(params)!;
  return {
    prototype: {
      kernel: text,
      bpf: text,
      returns: 'int',
      params: [{ name: word, type: type.trim(), suffix: null, implicit: false }],
    },
    flags: [],
    ...more,
  };
}

function record(name: string, ...states: [string, string | null, Partial<State>][]): KfuncRecord {
  return kfunc({ states: states.map((args) => state(...args)) }, { name });
}

/** bpf_dim came, bpf_off went, bpf_get takes u64, bpf_mod needs CONFIG_MOD in both. */
const records = [
  record('bpf_dim', ['v7.1', null, declared('bpf_dim', 'u32 nr')]),
  record(
    'bpf_get',
    ['v7.0', 'v7.0', declared('bpf_get', 'u32 nr')],
    ['v7.1', null, declared('bpf_get', 'u64 nr', { flags: ['KF_FASTCALL'] })],
  ),
  record('bpf_mod', [
    'v7.0',
    null,
    declared('bpf_mod', 'u32 nr', { config: config('CONFIG_MOD') }),
  ]),
  record('bpf_off', ['v7.0', 'v7.0', declared('bpf_off', 'u32 nr')]),
];
const dataset = datasetOf([entry('v7.0'), entry('v7.1')], records);
const line = (text: string) => `extern int ${text} __weak __ksym;\n`;
const OLD = [line('bpf_get(u32 nr)'), line('bpf_off(u32 nr)')];
const NEW = [
  line('bpf_dim(u32 nr)'),
  line('__bpf_fastcall bpf_get(u64 nr)').replace(
    'extern int __bpf_fastcall',
    'extern __bpf_fastcall int',
  ),
];

function compare(
  older: string[],
  newer: string[],
  configs: [string | null, string | null] = [null, 'y'],
): HeaderComparison {
  const [was, now] = [older, newer].map((lines, i) => ({
    release: i === 0 ? 'v7.0' : 'v7.1',
    kfuncs: readVmlinuxHeader(lines.join('')),
    config: new Map(configs[i] == null ? [] : [['CONFIG_MOD', configs[i]]]),
  }));
  return compareHeaders(dataset, was!, now!);
}
const MOD = line('bpf_mod(u32 nr)');

describe('what differs between two headers', () => {
  test('is a change of ours, or comes of the configuration', () => {
    expect(compare(OLD, [...NEW, MOD])).toEqual({
      ours: { added: 1, removed: 1, changed: 1 },
      byConfig: { added: 1, removed: 0, changed: 0 },
      included: { added: 1, removed: 1, changed: 1 },
      left: { added: 0, removed: 0, changed: 0 },
      unexplained: [],
    });
    expect(compare([...OLD, MOD], NEW, ['y', 'm']).byConfig.removed).toBe(1);
  });

  test.each<[string, string[], string[], RegExp]>([
    [
      'comes with no change of ours',
      OLD,
      [...NEW, MOD, line('bpf_new(u32 nr)')],
      /bpf_new: added in theirs/,
    ],
    [
      'goes with no change of ours',
      [...OLD, line('bpf_x(u32 nr)')],
      [...NEW, MOD],
      /bpf_x: removed in theirs/,
    ],
    ['is there though it is configured out', [...OLD, MOD], NEW, /bpf_mod: removed in theirs/],
    ['did not come', OLD, [NEW[1]!, MOD], /bpf_dim: added in ours, not so in v7\.1/],
    [
      'was there before',
      [...OLD, NEW[0]!],
      [...NEW, MOD],
      /bpf_dim: added in ours, in theirs before/,
    ],
    ['did not go', OLD, [...NEW, MOD, OLD[1]!], /bpf_off: removed in ours, in theirs still/],
    ['was never there', [OLD[0]!], [...NEW, MOD], /bpf_off: removed in ours, not so in v7\.0/],
    [
      'did not change',
      OLD,
      [NEW[0]!, OLD[0]!, MOD],
      /bpf_get: ours differs in the prototype,KF_FASTCALL alone/,
    ],
    [
      'changed with no change of ours',
      [...OLD, MOD],
      [...NEW, line('bpf_mod(u64 nr)')],
      /bpf_mod: theirs differs in the prototype/,
    ],
  ])('is unexplained when something %s', (_, older, newer, message) => {
    expect(compare(older, newer).unexplained.join('\n')).toMatch(message);
  });

  test('is no matter of the spelling', () => {
    const [was, now] = [line('bpf_mod(unsigned int nr)'), line('bpf_mod(unsigned nr)')];
    expect(compare([...OLD, was], [...NEW, now], ['y', 'y']).unexplained).toEqual([]);
  });
});
