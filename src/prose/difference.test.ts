import { describe, expect, it } from 'vitest';
import { renderDifference } from './difference.ts';
import type { ProseText } from './words.ts';

const doc = (text: string): ProseText => ({ text, kind: 'kernel-doc' });
const plain = (text: string): ProseText => ({ text, kind: 'comment' });

/** `-old-` and `+new+`, a line a block. */
function told(was: ProseText, now: ProseText): string[] | null {
  const html = renderDifference(was, now);
  return (
    html
      ?.replace(/^<div class="words">|<\/div>$/g, '')
      .replace(/<\/?del>/g, '-')
      .replace(/<\/?ins>/g, '+')
      .split(/<\/?p>/)
      .filter((line) => line !== '') ?? null
  );
}

describe('two versions of a comment', () => {
  it('differ in words, which are told one beside the other', () => {
    expect(told(plain('Takes a lamp.'), plain('Takes an old lamp.'))).toEqual([
      'Takes -a- +an old+ lamp.',
    ]);
  });

  it('do not differ where they are wrapped anew', () => {
    expect(
      told(plain('Takes a lamp\nand lights it.'), plain('Takes a\nlamp and lights\nit.')),
    ).toBe(null);
    const list = 'bpf_f() - x\n\n- a lamp\n- another lamp, which is old';
    const wrapped = 'bpf_f() - x\n\n- a\n  lamp\n- another lamp, which\n  is old';
    expect(told(doc(list), doc(wrapped))).toBe(null);
  });

  it('do not differ in indentation and blank lines', () => {
    const aligned = 'bpf_f() - x\n@nr:     number\n          of it\n\n\nReturn:  one';
    const flush = 'bpf_f() - x\n@nr: number\n of it\n\nReturn: one';
    expect(told(doc(aligned), doc(flush))).toBe(null);
  });

  it('keep names, numbers and calls whole', () => {
    expect(told(plain('See bpf_lamp_get().'), plain('See bpf_lamp_put().'))).toEqual([
      'See -bpf_lamp_get()- +bpf_lamp_put()+.',
    ]);
    expect(told(doc('f - x\n@nr__k: a'), doc('f - x\n@nr: a'))).toEqual([
      'f - x',
      '-@nr__k- +@nr+: a',
    ]);
  });

  it('tell punctuation without the word before it', () => {
    expect(told(plain('It burns.'), plain('It burns!'))).toEqual(['It burns-.-+!+']);
  });

  it('tell words between two changes with them, where they are few', () => {
    expect(told(plain('old of old lamps'), plain('new of new lamps'))).toEqual([
      '-old of old- +new of new+ lamps',
    ]);
  });

  it('tell a block that came as a block', () => {
    const was = 'bpf_f() - x\n@a: one\n\nIt burns.';
    const now = 'bpf_f() - x\n@a: one\n@b: two\n\nIt burns.\n\nReturn: 0';
    expect(told(doc(was), doc(now))).toEqual([
      'bpf_f() - x',
      '@a: one',
      '+@b: two+',
      'It burns.',
      '+Return: 0+',
    ]);
  });

  it('tell lines of code as lines', () => {
    const code = (last: string) => `It::\n\n    a();\n    ${last}\n`;
    expect(told(plain(code('b();')), plain(code('c();')))).toEqual([
      'It::',
      'a();',
      '-b()- +c()+;',
    ]);
  });

  it('leave out what is far from a change, and say so', () => {
    const far = (n: number) => Array.from({ length: n }, (_, i) => `w${i}`).join(' ');
    const text = (word: string) => `${far(40)} ${word} ${far(40)}\n\n${far(20)}\n\nEnd ${word}`;
    expect(told(plain(text('old')), plain(text('new')))).toEqual([
      `… ${far(40).split(' ').slice(-12).join(' ')} -old- +new+ ${far(12)} …`,
      `… ${far(20).split(' ').slice(-11).join(' ')}`,
      'End -old- +new+',
    ]);
  });

  it('say once that blocks between two changes are left out', () => {
    const block = Array.from({ length: 30 }, (_, i) => `w${i}.`).join('\n\n');
    const lines = told(plain(`Old.\n\n${block}\n\nOld.`), plain(`New.\n\n${block}\n\nNew.`))!;
    expect(lines.filter((line) => line.includes('…'))).toEqual(['…']);
    expect([lines[0], lines.at(-1)]).toEqual(['-Old- +New+.', '-Old- +New+.']);
  });

  it('tell everything where nothing is left', () => {
    expect(told(plain('One.'), doc('bpf_f() - two'))).toEqual(['-One.- +bpf_f() - two+']);
  });

  it('are shown whole, one after the other, where they differ in thousands of words', () => {
    const words = (letter: string) =>
      Array.from({ length: 2000 }, (_, i) => `${letter}${i}`).join(' ');
    const html = renderDifference(plain(words('a')), plain(words('b')))!;
    expect(html.match(/<del>|<ins>/g)).toEqual(['<del>', '<ins>']);
  });

  it('have no mark-up of their own', () => {
    expect(renderDifference(plain('<b>x</b>'), plain('<i>x</i>'))).toBe(
      '<div class="words"><p>&#x3C;<del>b</del><ins>i</ins>>x&#x3C;/<del>b</del><ins>i</ins>></p></div>',
    );
  });
});
