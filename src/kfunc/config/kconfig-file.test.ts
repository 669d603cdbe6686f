import { expect, it } from 'vitest';
import { entryOf, readKconfigFile } from './kconfig-file.ts';

/** Types of the symbols that a file gives one. */
function typesIn(text: string) {
  const entries = readKconfigFile(text).entries.map(entryOf);
  return new Map(entries.flatMap(({ symbol, type }) => (type === null ? [] : [[symbol, type]])));
}

/** What each symbol of a file needs; alternatives are joined by `|`. */
function needsIn(...lines: string[]) {
  const entries = readKconfigFile(lines.join('\n')).entries.map(entryOf);
  return Object.fromEntries(entries.map(({ symbol, needs }) => [symbol, needs]));
}

it('reads the type of each symbol that is declared', () => {
  const types = typesIn(
    [
      'menu "Gadgets"',
      'config GADGET',
      '\ttristate "Gadget support"',
      '\tdepends on NET',
      'menuconfig GADGET_BPF',
      '\tbool',
      'config GADGET_AUTO',
      '\tdef_bool y',
      'config GADGET_SIZE',
      '\tint "Size"',
      'config GADGET_BASE',
      '\thex',
      'config GADGET_NAME',
      '\tstring "Name"',
      'config GADGET_OLD',
      '\tdef_tristate m',
      'endmenu',
    ].join('\n'),
  );
  expect(Object.fromEntries(types)).toEqual({
    GADGET: 'tristate',
    GADGET_BPF: 'bool',
    GADGET_AUTO: 'bool',
    GADGET_SIZE: 'int',
    GADGET_BASE: 'hex',
    GADGET_NAME: 'string',
    GADGET_OLD: 'tristate',
  });
});

it('does not take words of a help text for declarations', () => {
  const types = typesIn(
    [
      'config GADGET',
      '\ttristate "Gadget"',
      '\thelp',
      '\t  Say y, and',
      '\t  config OTHER',
      '',
      '\t    bool is what it is.',
      'config REAL',
      '\tbool',
    ].join('\n'),
  );
  expect([...types]).toEqual([
    ['GADGET', 'tristate'],
    ['REAL', 'bool'],
  ]);
});

it('does not give the type of a choice to the symbol before it', () => {
  const types = typesIn('config A\n\tdepends on B\nchoice\n\tbool "Which"\nendchoice\n');
  expect(types.size).toBe(0);
});

it('does not stumble over a file without sense', () => {
  expect(typesIn('config\n\tbool\nhelp\n\0\uFFFD config X\n  tristate').size).toBe(0);
});

it('reads what a symbol depends on and what it selects', () => {
  expect(
    needsIn(
      'config GADGET',
      '\tbool "Gadget"',
      '\tdepends on NET && (BPF_SYSCALL && CGROUPS) # both',
      '\tdepends on KPROBES || \\',
      '\t\tUPROBES',
      '\tselect BPF',
      '\tselect CRYPTO if NET',
      '\timply LOGGING',
    ),
  ).toEqual({
    GADGET: ['NET', 'BPF_SYSCALL', 'CGROUPS', 'KPROBES|UPROBES', 'BPF'],
  });
});

it('takes no need from what is negated, compared, or one of several that are not plain', () => {
  expect(
    needsIn(
      'config A',
      '\tdepends on !B && C=y && D!=n && m',
      '\tdepends on (E || !F) && $(cc-option,-g)',
      '\tdepends on (G',
    ),
  ).toEqual({ A: [] });
});

it('knows the if and the menu around an entry, and where they end', () => {
  expect(
    needsIn(
      'if NET',
      'menu "Gadgets"',
      '\tdepends on GADGETS',
      'config A',
      '\tbool',
      'endmenu',
      'choice',
      '\tdepends on OTHER',
      'endchoice',
      'config B',
      '\tbool',
      'endif',
      'config C',
      '\tbool',
    ),
  ).toEqual({ A: ['NET', 'GADGETS'], B: ['NET'], C: [] });
});

it('tells which files are read, and under what', () => {
  const text =
    'source "init/Kconfig"\nif NET\nosource "net/Kconfig"\norsource "lamp/Kconfig"\nendif\n';
  expect(readKconfigFile(text).sources).toEqual([
    { path: 'init/Kconfig', isRelative: false, needs: [] },
    { path: 'net/Kconfig', isRelative: false, needs: ['NET'] },
    { path: 'lamp/Kconfig', isRelative: true, needs: ['NET'] },
  ]);
});
