import { describe, expect, it } from 'vitest';
import { document, fact, heading, item, markdown, verbatim } from './form.ts';

describe('the parts of a plain text', () => {
  it('sets a label beside what it says, and further lines below that', () => {
    expect(fact('Flags', ['lamp '.repeat(14).trim(), 'one more'])).toBe(`\
Flags           lamp lamp lamp lamp lamp lamp lamp lamp lamp lamp lamp lamp
                lamp lamp
                one more`);
  });

  it('sets it below the label when a word has no room beside it', () => {
    const path = `tools/${'lamp/'.repeat(11)}lamp.c:7`;
    expect(fact('Source', [path])).toBe(`Source\n  ${path}`);
    expect(fact('A label that is long', ['x'])).toBe('A label that is long\n  x');
  });

  it('makes one line of words that come in several', () => {
    expect(item('two\nlines\n\n- and no item')).toBe('- two lines - and no item');
    expect(fact('Flags', ['a\nFlags b'])).toBe('Flags           a Flags b');
  });

  it('underlines a title as far as it goes', () => {
    expect(heading('Lamps')).toBe('Lamps\n-----');
    expect(heading('漢字', '=')).toBe('漢字\n====');
  });

  it('leaves lines as they are, with blanks for tabs', () => {
    expect(verbatim('int  x;\n\treturn\tx;  \n\n}', '  ')).toBe(
      '  int  x;\n          return  x;\n\n  }',
    );
  });

  it('breaks only lines that are too wide, at their own indent', () => {
    const words = 'lamp '.repeat(16).trim();
    expect(verbatim(`a\n  ${words}\nb`, '')).toBe(
      `a\n  ${'lamp '.repeat(14).trim()}\n  lamp lamp\nb`,
    );
  });

  it('breaks the lines of Markdown anew, and keeps its items apart', () => {
    expect(markdown('Of **lamps**\nand suns:\n\n- one\n  and more\n- two\n')).toBe(
      'Of **lamps** and suns:\n\n- one and more\n\n- two',
    );
  });

  it('leaves out what there is nothing to say of', () => {
    expect(document(['a', null, '', 'b'])).toBe('a\n\nb\n');
  });
});
