import { beforeAll, describe, expect, test } from 'vitest';
import { renderDifference } from '../../src/prose/index.ts';
import { atlasOf, kernels, type Atlas } from './atlas.ts';
import { kfuncFile } from './c.ts';

/** The comment above a kfunc in one release, and in the next. */
const comments: Record<string, [was: string[], now: string[]]> = {
  wrapped: [
    [
      '/**',
      ' * bpf_wrapped - look after a lamp',
      ' *',
      ' * It burns until',
      ' * the oil is used up.',
      ' */',
    ],
    [
      '/**',
      ' * bpf_wrapped - look after',
      ' *   a lamp',
      ' *',
      ' * It burns until the oil',
      ' * is used up.',
      ' */',
    ],
  ],
  spaced: [
    ['/**', ' * bpf_spaced - look after a lamp', ' * @a: the lamp', ' * Return: a lamp', ' */'],
    [
      '/**',
      ' * bpf_spaced - look after a lamp',
      ' * @a:\tthe lamp',
      ' *',
      ' *',
      ' * Return:   a lamp',
      ' */',
    ],
  ],
  margin: [
    ['/* Looks after a lamp,', ' * bpf_margin does.', ' */'],
    ['/*', ' *   Looks after a lamp,', '     bpf_margin does.', ' **/'],
  ],
  slashes: [
    ['/* Looks after a lamp, bpf_slashes does. */'],
    ['// Looks after a lamp,', '// bpf_slashes does.'],
  ],
  listed: [
    [
      '/**',
      ' * bpf_listed - look after a lamp',
      ' *',
      ' * - by day, when',
      ' *   it is off',
      ' * - by night',
      ' */',
    ],
    [
      '/**',
      ' * bpf_listed - look after a lamp',
      ' *',
      ' *  - by day,',
      ' *    when it is off',
      ' *',
      ' *  - by night',
      ' */',
    ],
  ],
  marked: [
    ['/*', ' * bpf_marked - look after a lamp', ' */'],
    ['/**', ' * bpf_marked - look after a lamp', ' */'],
  ],
  reworded: [
    ['/**', ' * bpf_reworded - look after a lamp', ' */'],
    ['/**', ' * bpf_reworded - look after an old', ' * lamp', ' */'],
  ],
  swapped: [
    ['/**', ' * bpf_swapped - x', ' *', ' * - by day', ' * - by night', ' */'],
    ['/**', ' * bpf_swapped - x', ' *', ' * - by night', ' * - by day', ' */'],
  ],
  written: [[], ['/**', ' * bpf_written - look after a lamp', ' */']],
  gone: [['/**', ' * bpf_gone - look after a lamp', ' */'], []],
};

let atlas: Atlas;
beforeAll(async () => {
  const file = (side: 0 | 1) =>
    kfuncFile(
      'lamp',
      ['XDP'],
      Object.entries(comments).map(([name, sides]) => ({
        name: `bpf_${name}`,
        comment: sides[side],
      })),
    );
  atlas = await atlasOf(
    kernels({
      'v7.1': { 'kernel/bpf/helpers.c': file(0) },
      'v7.2': { 'kernel/bpf/helpers.c': file(1) },
    }),
  );
});

const words = (hash: string | undefined) => atlas.dataset.prose!.get(hash ?? '')!;

describe('the words above a kfunc', () => {
  test.each(['wrapped', 'spaced', 'margin', 'slashes', 'listed', 'marked'])(
    'are the same when they are only %s anew',
    (name) => {
      expect(atlas.facts(`bpf_${name}`, 'v7.1').doc.hash).not.toBeNull();
      expect(atlas.kinds(`bpf_${name}`)).toEqual(['v7.1 added']);
    },
  );

  test.each(['reworded', 'swapped', 'written', 'gone'])('are a change when they are %s', (name) => {
    expect(atlas.kinds(`bpf_${name}`)).toEqual(['v7.1 added', 'v7.2 doc']);
  });

  test('are told by what changed in them', () => {
    const { was, now } = atlas.line('bpf_reworded').changes[1]!;
    expect(
      renderDifference(
        { text: words(was[0]), kind: 'kernel-doc' },
        { text: words(now[0]), kind: 'kernel-doc' },
      ),
    ).toBe(
      '<div class="words"><p>bpf_reworded - look after <del>a</del> <ins>an old</ins> lamp</p></div>',
    );
  });
});
