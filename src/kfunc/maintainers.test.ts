import { describe, expect, it } from 'vitest';
import { parseMaintainers, subsystemOf } from './maintainers.ts';

const TEXT = `
List of maintainers
===================

\tF: *Files* and directories wildcard patterns.
\t   F:\tdrivers/wrong/

GADGET CORE
M:\tA Person <a@example.org>
F:\tdrivers/gadget/
X:\tdrivers/gadget/legacy/

GADGET [FRONT]
F:\tdrivers/gadget/*
F:\tdrivers/gadget/front.c

GADGET ITERATORS
F:\tdrivers/gadget/*iter.c
F:\tdrivers/gadget/lib/**/*iter*

GADGET [POWER]
F:\tdrivers/gadget/power/
F:\tdrivers/gadget/other/
F:\tdrivers/gadget/more/

SLEEP
F:\tdrivers/gadget/power/
F:\tkernel/sleep?.[ch]
F:\tkernel/doze

WIDGETS BY NAME
N:\twidget[^a-z]
N:\t(x+x+)+y

THE REST
F:\t*
F:\t*/
`;

const { value: maintainers, diagnostics } = parseMaintainers(TEXT);
const of = (path: string): string | null => subsystemOf(maintainers, path);

describe('subsystemOf', () => {
  it('gives what is below a directory to it', () => {
    expect(of('drivers/gadget/lib/deep/f.c')).toBe('GADGET CORE');
  });

  it('does not give to dir/* what is further below', () => {
    expect(of('drivers/gadget/f.c')).toBe('GADGET [FRONT]');
    expect(of('drivers/gadget/lib/f.c')).toBe('GADGET CORE');
  });

  it('prefers a file to a pattern, and a pattern to a directory', () => {
    expect(of('drivers/gadget/front.c')).toBe('GADGET [FRONT]');
    expect(of('drivers/gadget/task_iter.c')).toBe('GADGET ITERATORS');
    expect(of('drivers/gadget/lib/a/b/my_iter_x.c')).toBe('GADGET ITERATORS');
  });

  it('leaves out what an entry excludes', () => {
    expect(of('drivers/gadget/legacy/deep/f.c')).toBeNull();
  });

  it('prefers of two entries for one directory the one that is named after it', () => {
    expect(of('drivers/gadget/power/f.c')).toBe('GADGET [POWER]');
  });

  it('reads ? and classes as get_maintainer.pl does', () => {
    expect(of('kernel/sleep1.c')).toBe('SLEEP');
    expect(of('kernel/sleep12.c')).toBeNull();
    expect(of('kernel/sleep1.S')).toBeNull();
  });

  it('takes a directory without its slash for one', () => {
    expect(of('kernel/doze/deep/f.c')).toBe('SLEEP');
  });

  it('uses expressions on the name only where no path fits', () => {
    expect(of('lib/widget_core.c')).toBe('WIDGETS BY NAME');
    expect(of('drivers/gadget/widget_core.c')).toBe('GADGET [FRONT]');
    expect(of('lib/widgets.c')).toBeNull();
  });

  it('never answers THE REST', () => {
    expect(of('Kbuild')).toBeNull();
    expect(of('lib/string.c')).toBeNull();
  });
});

describe('parseMaintainers', () => {
  it('does not run an expression that could take for ever', () => {
    expect(diagnostics.map((d) => d.code)).toEqual(['unused-pattern']);
    const start = performance.now();
    expect(of(`lib/${'x'.repeat(300)}`)).toBeNull();
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('takes such an expression as it is written', () => {
    expect(of('lib/(x+x+)+y.c')).toBe('WIDGETS BY NAME');
  });

  it('does not match many stars for ever', () => {
    const { value } = parseMaintainers(`STARS\nF:\tlib/${'*a'.repeat(200)}b\n`);
    const start = performance.now();
    expect(subsystemOf(value, `lib/${'a'.repeat(2000)}`)).toBeNull();
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('does not read the description of the tags as an entry', () => {
    expect(of('drivers/wrong/f.c')).toBeNull();
  });

  it('gives nothing for a file without entries', () => {
    const { value } = parseMaintainers('\0\uFFFD F: x\n\n[[[\nF:\t[z-a]\nF:\t[\nF:\n');
    expect(subsystemOf(value, 'lib/f.c')).toBeNull();
  });
});
