import { describe, expect, it } from 'vitest';
import { comparePrototypes } from './prototype-change.ts';

/** As a page shows it, with what is marked in braces. */
function shown(was: string, now: string): string[] {
  return comparePrototypes(was, now).map(
    ({ sign, marks }) =>
      `${sign} ${marks.map((m) => (m.isMarked ? `{${m.text}}` : m.text)).join('')}`,
  );
}

describe('two prototypes one over the other', () => {
  it('stands a parameter a line, aligned, and marks what differs in it', () => {
    expect(
      shown(
        'int bpf_lamp_dim(struct lamp *lamp, u32 level)',
        'int bpf_lamp_dim(const struct lamp *lamp, u64 level)',
      ),
    ).toEqual([
      '- int bpf_lamp_dim(struct lamp *lamp,',
      '+ int bpf_lamp_dim({const }struct lamp *lamp,',
      '-                  {u32} level)',
      '+                  {u64} level)',
    ]);
  });

  it('marks nothing of a parameter before one that came last', () => {
    expect(shown('int bpf_on(u32 nr)', 'int bpf_on(u32 nr, u64 flags)')).toEqual([
      '  int bpf_on(u32 nr,',
      '+            {u64 flags})',
    ]);
  });

  it('keeps parameters of one name together when one goes before them', () => {
    expect(
      shown('int bpf_on(void *map, u32 nr, u64 flags)', 'int bpf_on(u32 nr, u64 flags)'),
    ).toEqual([
      '  int bpf_on(',
      '-         {void *map},',
      '          u32 nr,',
      '          u64 flags)',
    ]);
  });

  it('takes a parameter with another name in the same place for the same', () => {
    expect(
      shown('void bpf_on(void *p__map, int nr)', 'void bpf_on(void *p__const_map, int nr)'),
    ).toEqual([
      '- void bpf_on(void *{p__map},',
      '+ void bpf_on(void *{p__const_map},',
      '              int nr)',
    ]);
  });

  it('gives a head that differs, or is wide, lines of its own', () => {
    expect(shown('u32 bpf_size(struct lamp *p)', 'u64 bpf_size(struct lamp *p)')).toEqual([
      '- {u32} bpf_size(',
      '+ {u64} bpf_size(',
      '          struct lamp *p)',
    ]);
    const wide = 'const struct lamp_of_the_hall *bpf_lamp_of_hall';
    expect(shown(`${wide}(void)`, `${wide}(u32 nr)`)).toEqual([
      `  ${wide}(`,
      '-         {void})',
      '+         {u32 nr})',
    ]);
  });

  it('does not take commas of a callback for the end of a parameter', () => {
    const callback = 'bool (*less)(struct a *x, struct a *y)';
    expect(shown(`int f(${callback})`, `int f(${callback}, u64 flags)`)).toEqual([
      `  int f(${callback},`,
      '+       {u64 flags})',
    ]);
  });

  it('shows texts that are no prototypes as they are, with what cannot be seen written out', () => {
    expect(shown('lost', 'found\u202e')).toEqual(['- {lost}', '+ {found‹U+202E›}']);
  });
});
